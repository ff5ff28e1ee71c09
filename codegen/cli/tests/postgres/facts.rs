//! What a schema of a database is, asked in other words than the command asks.

use std::collections::BTreeSet;

use crate::shop::Shop;

const FACTS: &str = "
with own as (select * from pg_class where relnamespace = '\"@\"'::regnamespace)
select 'column', c.relname, a.attname, a.atttypid::regtype, a.atttypmod, a.attnotnull, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
  from own c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relkind in ('r', 'p', 'v') and not c.relispartition;
with own as (select * from pg_class where relnamespace = '\"@\"'::regnamespace)
select 'part', c.relname, a.attname, a.attnotnull
  from own c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relispartition and c.relkind in ('r', 'p');
with own as (select * from pg_class where relnamespace = '\"@\"'::regnamespace)
select 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated from pg_constraint k join own c on c.oid = k.conrelid;
with own as (select * from pg_class where relnamespace = '\"@\"'::regnamespace)
select 'relation', c.relname, c.relkind, obj_description(c.oid), pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
       (select array_agg(a::text order by a::text) from unnest(c.relacl) a), case when relkind = 'v' then pg_get_viewdef(c.oid) end
  from own c where c.relkind in ('r', 'p', 'v');
select 'index', tablename, regexp_replace(indexdef, '\\S+_idx\\S*', '') from pg_indexes where schemaname = '@';
select 'cut', * from \"@\"._partitioning;
select 'schema', obj_description('\"@\"'::regnamespace), nspacl from pg_namespace where nspname = '@';
select 'function', proname, md5(replace(prosrc, '@', 'shop')), proacl from pg_proc where pronamespace = '\"@\"'::regnamespace;
";

/// One for each line.
pub(crate) fn facts(shop: &Shop) -> BTreeSet<String> {
    let text = shop.nameless(&shop.sql(&FACTS.replace("select '", "select E'\\x01' || '")));
    // Fingerprints are facts, so they are compared before they are left out.
    let prints = shop.sql(
        "select c.relname, right(obj_description(c.oid), 32) from pg_class c where relnamespace = '\"@\"'::regnamespace and relkind in ('p', 'r') and not relispartition",
    );
    let facts = text.split('\u{1}').map(str::trim).map(str::to_owned);
    let facts = facts.chain(prints.lines().map(str::to_owned));
    facts.filter(|fact| !fact.is_empty()).collect()
}

/// What a migrated database has that a new one has not; the other way round there is nothing.
pub(crate) fn left_over(migrated: &Shop, files: &[(&str, &str)]) -> Vec<String> {
    let new = Shop::new("new", files).unwrap();
    let (migrated, new) = (facts(migrated), facts(&new));
    let missing: Vec<_> = new.difference(&migrated).collect();
    assert!(missing.is_empty(), "{missing:#?}\n{migrated:#?}");
    migrated.difference(&new).cloned().collect()
}
