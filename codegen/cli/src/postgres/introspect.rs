//! Reads a schema of a database: the same questions for one that is live and for one that is only wished for.

use ::postgres::types::Oid;
use ::postgres::{Error, GenericClient, Row};
use eventc_compiler::postgres::{Database, Ident};

use super::snapshot::{
    Check, Column, Level, Live, May, Owner, SchemaFacts, Snapshot, Surroundings, Table, View,
};

/// What is there. It only reads, and needs no more than to be connected.
pub(super) fn live(
    transaction: &mut impl GenericClient,
    database: &Database,
) -> Result<Live, Error> {
    let (writer, reader) = (database.writer(), database.reader());
    let row = transaction.query_one(AROUND, &[&database.schema, &writer, &reader])?;
    let around = Surroundings {
        user: row.try_get(0)?,
        may_create: row.try_get(1)?,
        may_create_roles: row.try_get(2)?,
        may_compare: row.try_get(3)?,
        writer_exists: row.try_get(4)?,
        reader_exists: row.try_get(5)?,
        schema: None,
    };
    let Some(namespace) = row.try_get::<_, Option<Oid>>(6)? else {
        let snapshot = Snapshot::default();
        return Ok(Live { around, snapshot });
    };
    let row = transaction.query_one(
        SCHEMA,
        &[&namespace, &around.user, &database.schema, &writer, &reader],
    )?;
    let schema = SchemaFacts {
        owner: Owner {
            name: row.try_get(0)?,
            is_me: row.try_get(1)?,
        },
        comment: row.try_get(2)?,
        writer_uses: row.try_get(3)?,
        reader_uses: row.try_get(4)?,
        writer_ensures: row.try_get(5)?,
        writer_delivers: row.try_get(6)?,
    };
    // Names of its own relations are then said without their schema, as they are of what is wished for.
    let path = format!("set local search_path to {}", Ident(&database.schema));
    transaction.batch_execute(&path)?;
    let snapshot = snapshot(transaction, namespace, database)?;
    Ok(Live {
        around: Surroundings {
            schema: Some(schema),
            ..around
        },
        snapshot,
    })
}

/// The relations of a schema.
pub(super) fn snapshot(
    transaction: &mut impl GenericClient,
    namespace: Oid,
    database: &Database,
) -> Result<Snapshot, Error> {
    let mut snapshot = Snapshot::default();
    let roles = (database.writer(), database.reader());
    for row in transaction.query(RELATIONS, &[&namespace, &roles.0, &roles.1])? {
        relation(&mut snapshot, &row)?;
    }
    for row in transaction.query(COLUMNS, &[&namespace])? {
        column(&mut snapshot, &row)?;
    }
    for row in transaction.query(CONSTRAINTS, &[&namespace])? {
        constraint(&mut snapshot, &row)?;
    }
    for row in transaction.query(INDEXES, &[&namespace])? {
        if let Some(table) = snapshot.tables.get_mut(row.try_get::<_, &str>(0)?) {
            table.indexed.insert(row.try_get(1)?);
        }
    }
    for row in transaction.query(DEPENDENTS, &[&namespace])? {
        if let Some(view) = snapshot.views.get_mut(row.try_get::<_, &str>(0)?) {
            view.dependents.push(row.try_get(1)?);
        }
    }
    levels(transaction, namespace, database, &mut snapshot)?;
    Ok(snapshot)
}

fn relation(snapshot: &mut Snapshot, row: &Row) -> Result<(), Error> {
    let name = row.try_get(0)?;
    let kind: String = row.try_get(1)?;
    let owner = Owner {
        name: row.try_get(2)?,
        is_me: row.try_get(3)?,
    };
    let comment = row.try_get(4)?;
    let may = May {
        writer_inserts: row.try_get(6)?,
        reader_selects: row.try_get(7)?,
    };
    if kind == "v" {
        let view = View {
            owner,
            comment,
            may,
            definition: row.try_get(8)?,
            ..View::default()
        };
        snapshot.views.insert(name, view);
    } else {
        let table = Table {
            kind,
            owner,
            comment,
            may,
            partition_key: row.try_get(5)?,
            ..Table::default()
        };
        snapshot.tables.insert(name, table);
    }
    Ok(())
}

fn column(snapshot: &mut Snapshot, row: &Row) -> Result<(), Error> {
    let relation: &str = row.try_get(0)?;
    let column = Column {
        name: row.try_get(1)?,
        ty: row.try_get(2)?,
        not_null: row.try_get(3)?,
        default: row.try_get(4)?,
        comment: row.try_get(5)?,
    };
    if let Some(table) = snapshot.tables.get_mut(relation) {
        table.columns.push(column);
    } else if let Some(view) = snapshot.views.get_mut(relation) {
        view.columns.push(column);
    }
    Ok(())
}

fn constraint(snapshot: &mut Snapshot, row: &Row) -> Result<(), Error> {
    let Some(table) = snapshot.tables.get_mut(row.try_get::<_, &str>(0)?) else {
        return Ok(());
    };
    let columns = row.try_get(5)?;
    if row.try_get::<_, &str>(1)? == "p" {
        table.primary_key = columns;
        return Ok(());
    }
    let definition: &str = row.try_get(3)?;
    let definition = definition.strip_suffix(" NOT VALID").unwrap_or(definition);
    let check = Check {
        definition: definition.to_owned(),
        validated: row.try_get(4)?,
        columns,
    };
    table.checks.insert(row.try_get(2)?, check);
    Ok(())
}

/// What `_partitioning` says, if it is there and may be read.
fn levels(
    transaction: &mut impl GenericClient,
    namespace: Oid,
    database: &Database,
    snapshot: &mut Snapshot,
) -> Result<(), Error> {
    let readable: bool = transaction
        .query_one(LEVELS_ARE_READABLE, &[&namespace])?
        .try_get(0)?;
    if !readable {
        return Ok(());
    }
    for table in snapshot.tables.values_mut() {
        table.levels = Some(Vec::new());
    }
    let rows = LEVELS.replace("@schema@", &Ident(&database.schema).to_string());
    for row in transaction.query(&rows, &[])? {
        let level = Level {
            method: row.try_get(1)?,
            column: row.try_get(2)?,
            buckets: row.try_get(3)?,
            known: row.try_get(4)?,
            retain: row.try_get(5)?,
        };
        if let Some(table) = snapshot.tables.get_mut(row.try_get::<_, &str>(0)?) {
            table.levels.get_or_insert_default().push(level);
        }
    }
    Ok(())
}

const AROUND: &str = "
select current_user::text,
       has_database_privilege(current_database(), 'CREATE'),
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user),
       has_database_privilege(current_database(), 'TEMP'),
       exists (select from pg_roles where rolname = $2::text),
       exists (select from pg_roles where rolname = $3::text),
       (select oid from pg_namespace where nspname = $1::text)";

const SCHEMA: &str = "
select pg_get_userbyid(n.nspowner)::text,
       pg_has_role($2::text::name, n.nspowner, 'USAGE'),
       coalesce(obj_description(n.oid, 'pg_namespace'), ''),
       coalesce(has_schema_privilege((select oid from pg_roles where rolname = $4::text), n.oid, 'USAGE'), false),
       coalesce(has_schema_privilege((select oid from pg_roles where rolname = $5::text), n.oid, 'USAGE'), false),
       (select coalesce(has_function_privilege((select oid from pg_roles where rolname = $4::text), p.oid, 'EXECUTE'), false)
          from pg_proc p where p.pronamespace = n.oid and p.proname = 'ensure_partitions' limit 1),
       (select bool_and(coalesce(has_table_privilege((select oid from pg_roles where rolname = $4::text), c.oid, may), false))
          from pg_class c join (values ('_delivery', 'SELECT'), ('_delivery', 'INSERT'), ('_delivery', 'UPDATE'), ('_dead_letter', 'INSERT')) as needed (name, may)
            on c.relname = needed.name
         where c.relnamespace = n.oid
        having count(*) = 4)
  from pg_namespace n
 where n.oid = $1 and n.nspname = $3::text";

const RELATIONS: &str = "
select c.relname::text, c.relkind::text, pg_get_userbyid(c.relowner)::text, pg_has_role(c.relowner, 'USAGE'),
       coalesce(obj_description(c.oid, 'pg_class'), ''),
       coalesce(pg_get_partkeydef(c.oid), ''),
       coalesce(has_table_privilege((select oid from pg_roles where rolname = $2::text), c.oid, 'INSERT'), false),
       coalesce(has_table_privilege((select oid from pg_roles where rolname = $3::text), c.oid, 'SELECT'), false),
       case when c.relkind = 'v' then pg_get_viewdef(c.oid) end
  from pg_class c
 where c.relnamespace = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not c.relispartition";

const COLUMNS: &str = "
select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), coalesce(col_description(c.oid, a.attnum), '')
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relnamespace = $1 and c.relkind in ('r', 'p', 'v', 'f') and not c.relispartition
 order by c.relname, a.attnum";

const CONSTRAINTS: &str = "
select c.relname::text, k.contype::text, k.conname::text, pg_get_constraintdef(k.oid), k.convalidated,
       array(
         select a.attname::text
           from unnest(k.conkey) with ordinality as key (number, place)
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number
          order by key.place
       )
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
 where c.relnamespace = $1 and not c.relispartition and k.contype in ('c', 'p')";

const INDEXES: &str = "
select c.relname::text, a.attname::text
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  join pg_class x on x.oid = i.indexrelid
  join pg_am m on m.oid = x.relam and m.amname = 'brin'
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
 where c.relnamespace = $1 and not c.relispartition";

const DEPENDENTS: &str = "
select distinct c.relname::text, r.ev_class::regclass::text
  from pg_class c
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.classid = 'pg_rewrite'::regclass
  join pg_rewrite r on r.oid = d.objid and r.ev_class <> c.oid
 where c.relnamespace = $1 and c.relkind = 'v'
 order by 1, 2";

const LEVELS_ARE_READABLE: &str = "
select coalesce(bool_or(has_table_privilege(c.oid, 'SELECT') and has_schema_privilege(c.relnamespace, 'USAGE')), false)
  from pg_class c where c.relnamespace = $1 and c.relname = '_partitioning'";

const LEVELS: &str = "
select table_name, method, column_name, buckets, known, retain::text
  from @schema@._partitioning order by table_name, level";
