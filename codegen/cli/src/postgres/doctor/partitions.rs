//! Whether rows find a partition, and whether partitions are still to be there. It goes by the catalog of the schema and the
//! catalogs of the server, which everybody may read, and not by the functions, which not everybody may call.

use ::postgres::types::ToSql;
use ::postgres::{Error, Transaction};
use eventc_compiler::Json;
use eventc_compiler::postgres::{Database, Ident, Literal, Method, Table};

use super::access::problem;
use super::finding::{Finding, Severity};

/// For so many days there must be partitions: it is Friday, and somebody looks on Monday.
const DAYS: i32 = 3;

/// For so many days an expired partition may stay: whoever drops them does that once a day.
const GRACE: i32 = 2;

pub(super) fn examine(
    transaction: &mut Transaction<'_>,
    database: &Database,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let asked = Asked::of(database);
    times(transaction, database, &asked, findings)?;
    values(transaction, database, &asked, findings)?;
    defaults(transaction, database, &asked, findings)?;
    expired(transaction, database, &asked, findings)?;
    analyzed(transaction, database, &asked, findings)
}

/// The levels of all tables, as arrays of the same length.
#[derive(Default)]
struct Asked {
    schema: String,
    tables: Vec<String>,
    levels: Vec<i32>,
    methods: Vec<&'static str>,
    buckets: Vec<i32>,
    known: Vec<String>,
    retain: Vec<i64>,
}

impl Asked {
    fn of(database: &Database) -> Self {
        let mut asked = Self {
            schema: database.schema.clone(),
            ..Self::default()
        };
        for table in database.tables() {
            asked.add(table);
        }
        asked
    }

    fn add(&mut self, table: &Table) {
        for (level, depth) in table.levels.iter().zip(1..) {
            let (method, buckets, known) = match &level.method {
                Method::Range(unit) => (unit.name(), 0, &[][..]),
                Method::Hash(buckets) => ("hash", i32::try_from(*buckets).unwrap_or(0), &[][..]),
                Method::List(known) => ("list", 0, known.as_slice()),
            };
            let known = known.iter().cloned().map(Json::String).collect();
            let retain = table.retain.and_then(|seconds| i64::try_from(seconds).ok());
            self.tables.push(table.name.clone());
            self.levels.push(depth);
            self.methods.push(method);
            self.buckets.push(buckets);
            self.known.push(Json::Array(known).to_string());
            self.retain.push(retain.unwrap_or(-1));
        }
    }

    /// The parameters of `PARENTS`.
    fn parameters(&self) -> [&(dyn ToSql + Sync); 7] {
        [
            &self.schema,
            &self.tables,
            &self.levels,
            &self.methods,
            &self.buckets,
            &self.known,
            &self.retain,
        ]
    }

    fn query(
        &self,
        transaction: &mut Transaction<'_>,
        sql: &str,
    ) -> Result<Vec<::postgres::Row>, Error> {
        transaction.query(&format!("{PARENTS}{sql}"), &self.parameters())
    }
}

/// What is cut at each level, and what it is cut into.
const PARENTS: &str = "
with asked as (
  select * from unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::text[], $7::bigint[])
                  as asked (table_name, level, method, buckets, known, retain)
), parents as (
  select a.*, t.relid
    from asked a
    join pg_class c on c.relname = a.table_name and c.relkind = 'p'
     and c.relnamespace = (select oid from pg_namespace where nspname = $1::text)
    cross join lateral pg_partition_tree(c.oid) t
    join pg_class p on p.oid = t.relid and p.relkind = 'p'
   where t.level = a.level - 1
), parts as (
  select i.inhparent as parent, c.oid, c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
   where i.inhparent in (select relid from parents) and not coalesce(i.inhdetachpending, false)
)";

/// Periods from now on that have no partition. The session's time zone is UTC, and so are bounds.
fn times(
    transaction: &mut Transaction<'_>,
    database: &Database,
    asked: &Asked,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let sql = format!(
        "
select p.table_name, count(*), min(t)::text, max(t)::text, min(t) <= now()::timestamp
  from parents p
  cross join lateral generate_series(
    date_trunc(case when p.method in ('hash', 'list') then 'year' else p.method end, now()::timestamp),
    now()::timestamp + interval '{DAYS} days',
    ('1 ' || case when p.method in ('hash', 'list') then 'year' else p.method end)::interval
  ) as t
 where p.method not in ('hash', 'list')
   and not exists (
     select from parts b
      where b.parent = p.relid
        and coalesce(substring(b.bound from 'FROM \\(''([^'']*)''\\)'), '-infinity')::timestamp <= t
        and coalesce(substring(b.bound from 'TO \\(''([^'']*)''\\)'), 'infinity')::timestamp > t
        and b.bound <> 'DEFAULT'
   )
 group by p.table_name order by p.table_name"
    );
    for row in asked.query(transaction, &sql)? {
        let (table, count): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        let (first, last): (String, String) = (row.try_get(2)?, row.try_get(3)?);
        let what = format!("{count} partitions are missing, from {first} to {last} (UTC)");
        let finding = match row.try_get(4)? {
            true => problem(
                "partition_missing_now",
                &table,
                format!("rows of this moment have no partition: {what}"),
                "each of them is refused at this moment (23514 `no partition of relation found for row`)",
                ensure(database, &table),
            ),
            false => problem(
                "partitions_missing",
                &table,
                what,
                "from then on each row is refused (23514); whoever makes them (`maintain()` by cron, `eventc postgres partitions ensure`, a writer) has not run",
                ensure(database, &table),
            ),
        };
        findings.push(finding);
    }
    Ok(())
}

/// Buckets and values that have no partition.
fn values(
    transaction: &mut Transaction<'_>,
    database: &Database,
    asked: &Asked,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let sql = "
select p.table_name, string_agg(distinct lost.name, ', ')
  from parents p
  cross join lateral (
    select format('bucket %s of %s', n, p.relid::regclass) as name
      from generate_series(0, case when p.method = 'hash' then p.buckets - 1 else -1 end) as n
     where not exists (
       select from parts b where b.parent = p.relid and b.bound like '%remainder ' || n || ')'
     )
    union all
    select format('%L in %s', v, p.relid::regclass)
      from jsonb_array_elements_text(p.known::jsonb) as v
     where p.method = 'list' and not exists (
       select from parts b where b.parent = p.relid and position(quote_literal(v) in b.bound) > 0
     )
  ) lost
 group by p.table_name order by p.table_name";
    for row in asked.query(transaction, sql)? {
        let (table, lost): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        findings.push(problem(
            "partitions_missing",
            &table,
            format!("there is no partition for {lost}"),
            "each row that belongs there is refused (23514 `no partition of relation found for row`)",
            ensure(database, &table),
        ));
    }
    Ok(())
}

fn ensure(database: &Database, table: &str) -> String {
    format!(
        "call {}.prepare(only_table => {}); or: eventc postgres partitions ensure",
        Ident(&database.schema),
        Literal(table)
    )
}

/// Partitions that take whatever has none.
fn defaults(
    transaction: &mut Transaction<'_>,
    database: &Database,
    asked: &Asked,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let sql = "
select distinct p.table_name, b.name, q.relname::text, has_table_privilege(b.oid, 'SELECT') and has_schema_privilege(q.relnamespace, 'USAGE')
  from parents p join parts b on b.parent = p.relid join pg_class q on q.oid = p.relid
 where b.bound = 'DEFAULT' order by 1, 2";
    for row in asked.query(transaction, sql)? {
        let (table, part, parent): (String, String, String) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let (name, parent) = (database.qualified(&part), database.qualified(&parent));
        let has_rows = match row.try_get(3)? {
            true => {
                let sql = format!("select exists (select from {name})");
                transaction.query_one(&sql, &[])?.try_get(0)?
            }
            false => false,
        };
        let finding = if has_rows {
            problem(
                "default_partition_rows",
                &table,
                format!("the DEFAULT partition `{part}` holds rows that belong in no other"),
                "they are of a time or a value that nobody expected; once there is a partition for it, none can be made",
                format!(
                    "look at them: select * from {name}; then, in one transaction: alter table {parent} detach partition {name}; make the partitions; insert into {parent} select * from {name};"
                ),
            )
        } else {
            problem(
                "default_partition",
                &table,
                format!("somebody added the DEFAULT partition `{part}`"),
                "it takes rows with a wrong time in silence, each new partition locks it, and no partition can be taken out while others write",
                format!("alter table {parent} detach partition {name}; drop table {name};"),
            )
        };
        findings.push(finding);
    }
    Ok(())
}

/// Partitions that should be gone.
fn expired(
    transaction: &mut Transaction<'_>,
    database: &Database,
    asked: &Asked,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let sql = format!(
        "
select p.table_name, count(*), min(b.name)
  from parents p join parts b on b.parent = p.relid
 where p.retain >= 0 and p.method not in ('hash', 'list') and b.bound <> 'DEFAULT'
   and substring(b.bound from 'TO \\(''([^'']*)''\\)')::timestamp
       <= now()::timestamp - p.retain * interval '1 second' - interval '{GRACE} days'
 group by p.table_name order by p.table_name"
    );
    for row in asked.query(transaction, &sql)? {
        let (table, count, oldest): (String, i64, String) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let more = match count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        findings.push(problem(
            "retention_overdue",
            &table,
            format!("`{oldest}`{more} is kept longer than `retain` says"),
            "data that was promised to be gone is still there, and costs space",
            format!(
                "eventc postgres partitions drop; select * from {}.expired() lists them",
                Ident(&database.schema)
            ),
        ));
    }
    Ok(())
}

/// Tables with rows of whose whole nobody has taken statistics: autovacuum never does where they are cut.
fn analyzed(
    transaction: &mut Transaction<'_>,
    database: &Database,
    asked: &Asked,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let sql = "
select p.table_name
  from parents p join pg_class c on c.oid = p.relid
 where p.level = 1 and c.reltuples < 0
   and (select sum(pg_relation_size(t.relid)) from pg_partition_tree(p.relid) t where t.isleaf) > 1000000
 order by 1";
    for row in asked.query(transaction, sql)? {
        let table: String = row.try_get(0)?;
        let finding = problem(
            "never_analyzed",
            &table,
            "there are no statistics of the table as a whole".to_owned(),
            "the planner guesses how many rows a query finds, and joins badly",
            format!(
                "analyze {}; or every day, with all else: call {}.maintain();",
                database.qualified(&table),
                Ident(&database.schema)
            ),
        );
        findings.push(Finding {
            severity: Severity::Note,
            ..finding
        });
    }
    Ok(())
}
