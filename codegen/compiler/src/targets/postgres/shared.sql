-- Writers and people call the functions below, but only the owner of the tables changes anything else: those for writers
-- run with the rights of their owner, under a search path of their own.

-- Not `if not exists`: that asks for the right to create schemas where there is nothing to create.
do $$
begin
  if to_regnamespace('@schema@') is null then
    create schema @schema@;
  end if;
end
$$;

-- Roles belong to the whole cluster; they hold rights and do not log in. Give them to those who do:
--   grant @writer@ to your_service; grant @reader@ to your_analyst;
do $$
begin
  if to_regrole('@writer@') is null then
    create role @writer@ nologin;
  end if;
  if to_regrole('@reader@') is null then
    create role @reader@ nologin;
  end if;
exception
  -- Somebody else makes them at this moment.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'the roles @writer@ and @reader@ are missing, and % may not create them', current_user
      using hint = 'let an administrator run `create role @writer@ nologin; create role @reader@ nologin;`';
end
$$;

grant usage on schema @schema@ to @writer@, @reader@;

-- How each table is cut into partitions. The scripts of the streams fill it, and the functions below go by it.
create table if not exists @schema@._partitioning (
  table_name  text     not null,
  level       smallint not null,
  method      text     not null check (method in ('hour', 'day', 'month', 'year', 'hash', 'list')),
  column_name text     not null,
  buckets     integer,
  known       text[],
  retain      interval,
  primary key (table_name, level)
);
comment on table @schema@._partitioning is 'How each table is cut into partitions, from the outside in; written by eventc.';
grant select on @schema@._partitioning to @reader@;

-- How far each service is, written in the transaction of its rows: so each of them is stored once. A producer is the log of a
-- service on one disk, and a position a place in it.
create table if not exists @schema@._delivery (
  producer   uuid        not null,
  sink       text        not null,
  position   bigint      not null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (producer, sink)
) with (fillfactor = 50);
comment on table @schema@._delivery is 'How far the log of each service is stored here; written by eventc with the rows.';
grant select, insert, update on @schema@._delivery to @writer@;
grant select on @schema@._delivery to @reader@;

-- Events that no table takes, with the reason and as they were. Nothing reads them by itself: what is mended is inserted by hand.
create table if not exists @schema@._dead_letter (
  producer uuid        not null,
  position bigint      not null,
  event    text        not null,
  sqlstate text,
  reason   text        not null,
  record   text        not null,
  at       timestamptz not null default clock_timestamp(),
  primary key (producer, position)
);
comment on table @schema@._dead_letter is 'Events that no table takes, with the reason and as they were; written by eventc.';
grant insert on @schema@._dead_letter to @writer@;
grant select on @schema@._dead_letter to @reader@;

-- Whether a table is the one that the script around the call was written for: one that is another must be migrated.
create or replace procedure @schema@._expect(table_name text, fingerprint text)
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  found regclass := to_regclass(format('%I.%I', '@schema@', table_name));
  described text := obj_description(found, 'pg_class');
begin
  if found is not null and right(described, 33) is distinct from ':' || fingerprint then
    raise exception 'the table % is of another version of the schema', found
      using hint = 'run `eventc postgres migrate`: it brings the table up and keeps its rows';
  end if;
end
$$;

-- An index of block ranges on the column of the time; one that is there already locks nothing.
create or replace procedure @schema@._index_time(table_name text, column_name text)
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  indexed regclass := format('%I.%I', '@schema@', table_name)::regclass;
begin
  if not exists (
    select from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_am m on m.oid = c.relam and m.amname = 'brin'
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = indexed and a.attname = column_name
  ) then
    execute format('create index on %s using brin (%I) with (pages_per_range = 32)', indexed, column_name);
  end if;
end
$$;

-- The partitions that one level of a table has between two times: what their names end in, and their bounds. Ranges are of
-- UTC, whatever the session's time zone is.
create or replace function @schema@._parts(
  level @schema@._partitioning, is_date boolean, first timestamp, last timestamp, known jsonb
)
returns table (suffix text, bounds text)
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  step interval;
  digits text;
  bound text := case when is_date then 'YYYY-MM-DD' else 'YYYY-MM-DD HH24:MI:SS"+00"' end;
begin
  if level.method = 'hash' then
    return query
      select '_h' || n, format('for values with (modulus %s, remainder %s)', level.buckets, n)
        from generate_series(0, level.buckets - 1) as n;
  elsif level.method = 'list' then
    -- A value stands in the name if it can; else a part of its hash does.
    return query
      select '_' || case when v ~ '^[a-z0-9_]{1,20}$' then v else left(md5(v), 8) end, format('for values in (%L)', v)
        from (select unnest(level.known) as v union select known ->> level.column_name) as listed
       where v is not null;
  else
    step := ('1 ' || level.method)::interval;
    digits := case level.method
      when 'hour' then 'YYYYMMDDHH24' when 'day' then 'YYYYMMDD' when 'month' then 'YYYYMM' else 'YYYY'
    end;
    return query
      select '_' || to_char(t, digits),
             format('for values from (%L) to (%L)', to_char(t, bound), to_char(t + step, bound))
        from generate_series(date_trunc(level.method, first), last, step) as t;
  end if;
end
$$;

-- Makes partitions of one level that are missing, and those below them, until there are `at_most` new ones; says how many
-- it made. With `dry` it makes none and says how many are missing, and of one that is missing counts nothing below.
--
-- A partition is made beside its table and then attached: that takes a lock which no writer waits for, and which waits
-- for no writer. `create table … partition of` would wait for every open transaction, and all writers behind it.
create or replace function @schema@._ensure(
  parent regclass, stem text, levels @schema@._partitioning[], first timestamp, last timestamp, known jsonb, dry boolean,
  at_most integer default 2147483647
)
returns integer
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  level @schema@._partitioning := levels[1];
  below @schema@._partitioning[] := levels[2:];
  is_date boolean := exists (
    select from pg_attribute
     where attrelid = parent and attname = level.column_name and atttypid = 'date'::regtype
  );
  made integer := 0;
  part record;
  name text;
  child regclass;
  cut text;
begin
  if cardinality(levels) = 0 then
    return 0;
  end if;
  if cardinality(below) > 0 then
    cut := format(
      ' partition by %s (%I)',
      case when below[1].method in ('hash', 'list') then below[1].method else 'range' end,
      below[1].column_name
    );
  end if;
  for part in select * from @schema@._parts(level, is_date, first, last, known) loop
    exit when made >= at_most;
    name := stem || part.suffix;
    -- Not by `to_regclass`, which does not see what another session made while this one waited for it.
    child := (select oid from pg_class where relname = name and relnamespace = '@schema@'::regnamespace);
    if child is null then
      made := made + 1;
      continue when dry;
      execute format(
        'create table %I.%I (like %s including defaults including constraints including storage)%s',
        '@schema@', name, parent, cut
      );
      child := format('%I.%I', '@schema@', name)::regclass;
      execute format('alter table %s attach partition %s %s', parent, child, part.bounds);
    elsif not exists (select from pg_inherits where inhrelid = child and inhparent = parent) then
      raise exception 'the name % is taken: the partition of % cannot be made', child, parent
        using hint = 'rename or drop what has this name';
    end if;
    continue when level.method = 'list';
    made := made + @schema@._ensure(child, name, below, first, last, known, dry, at_most - made);
  end loop;
  -- Of the values, this call may not know all that have partitions.
  if level.method = 'list' and cardinality(below) > 0 then
    for child, name in
      select c.oid::regclass, c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent
    loop
      exit when made >= at_most;
      made := made + @schema@._ensure(child, name, below, first, last, known, dry, at_most - made);
    end loop;
  end if;
  return made;
end
$$;

-- Makes the partitions that rows between two times need, at most 200 of them, and says how many that were: call it until
-- there were none. Each holds locks until the transaction ends, and a server has a few thousand of them for everybody.
--
-- It goes by the clock and not by the rows that are there, so that the first event after a long silence has a place.
--
-- `only_table` names one table. `known` gives values by the names of their columns, for tables that are cut by a value
-- that the schema does not list: {"tenant_id": "019445f2-b0d3-7234-bc36-867756c93a81"}.
create or replace function @schema@.ensure_partitions(
  first timestamptz default now(),
  last timestamptz default now() + interval '7 days',
  only_table text default null,
  known jsonb default '{}'
)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' set timezone = 'UTC'
as $$
declare
  from_utc timestamp := first at time zone 'UTC';
  to_utc timestamp := last at time zone 'UTC';
  most constant integer := 200;
  made integer := 0;
  part record;
begin
  if not coalesce(first <= last and first >= now() - interval '400 days' and last <= now() + interval '400 days', false) then
    raise exception 'partitions are made for times within 400 days of now, and not from % to %', first, last
      using errcode = 'invalid_parameter_value',
            hint = 'a row outside is most likely of a clock that is wrong';
  end if;
  for part in
    select table_name, to_regclass(format('%I.%I', '@schema@', table_name)) as parent,
           array_agg(p order by level) as levels
      from @schema@._partitioning p
     where only_table is null or table_name = only_table
     group by table_name
     order by table_name
  loop
    exit when made >= most;
    continue when part.parent is null
      or @schema@._ensure(part.parent, part.table_name, part.levels, from_utc, to_utc, known, true) = 0;
    -- One at a time; who comes second finds them made.
    perform pg_advisory_xact_lock(hashtextextended('@schema@.' || part.table_name, 0));
    made := made + @schema@._ensure(part.parent, part.table_name, part.levels, from_utc, to_utc, known, false, most - made);
  end loop;
  if only_table is not null and not found then
    raise exception 'no table % is cut into partitions', only_table using errcode = 'undefined_table';
  end if;
  return made;
end
$$;

-- The partitions whose rows are all older than what the schema says to retain.
create or replace function @schema@.expired()
returns table (table_name text, partition_name text, ended timestamptz)
language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
begin atomic
  select p.table_name, c.relname::text, b.ended
    from @schema@._partitioning p
    cross join lateral pg_partition_tree(to_regclass(format('%I.%I', '@schema@', p.table_name))) t
    join pg_class c on c.oid = t.relid
    cross join lateral (
      -- A date is the start of its day in UTC, and so is a time without one.
      select substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']*)''\)')::timestamptz as ended
    ) b
   where p.retain is not null
     and p.method not in ('hash', 'list')
     and t.level = p.level
     and b.ended <= now() - p.retain
   order by p.table_name, b.ended, c.relname;
end;

-- Drops partitions that are expired, at most 200 of them: call it until none was dropped. A table that somebody reads is
-- left for the next call: dropping waits for readers, and everybody would wait behind it.
create or replace function @schema@.drop_expired(only_table text default null)
returns table (partition_name text, outcome text)
language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '3s' set timezone = 'UTC'
as $$
declare
  part record;
  in_use text[] := '{}';
  dropped integer := 0;
begin
  for part in select * from @schema@.expired() as e where only_table is null or e.table_name = only_table loop
    continue when part.table_name = any (in_use);
    exit when dropped = 200;
    partition_name := part.partition_name;
    begin
      execute format('drop table %I.%I', '@schema@', part.partition_name);
      dropped := dropped + 1;
      outcome := 'dropped';
    exception when lock_not_available then
      in_use := in_use || part.table_name;
      outcome := 'in use: left for the next call';
    end;
    return next;
  end loop;
end
$$;

-- Makes all partitions that the time ahead needs, in as many transactions as it takes.
create or replace procedure @schema@.prepare(ahead interval default '7 days', only_table text default null)
language plpgsql
as $$
begin
  while @schema@.ensure_partitions(last => now() + ahead, only_table => only_table) > 0 loop
    commit;
  end loop;
end
$$;

-- What a day needs: partitions ahead, expired ones gone, and statistics of the tables as a whole, which autovacuum never
-- takes of a table that is cut. For cron:  psql -c 'call @schema@.maintain()'
create or replace procedure @schema@.maintain(ahead interval default '14 days')
language plpgsql
as $$
declare
  name text;
begin
  call @schema@.prepare(ahead);
  while exists (select from @schema@.drop_expired() where outcome = 'dropped') loop
    commit;
  end loop;
  for name in select distinct table_name from @schema@._partitioning loop
    execute format('analyze %I.%I', '@schema@', name);
    commit;
  end loop;
end
$$;

revoke all on all routines in schema @schema@ from public;
grant execute on function @schema@.ensure_partitions to @writer@;
grant execute on function @schema@.expired to @reader@;
