-- What is wrong now, seen from here: a service that is down says nothing, and only who waits for it hears that.
--   select * from @schema@.alarms();

-- What is expected of events, and since when. The end of this script fills it.
create table if not exists @schema@._expected (
  event       text        primary key,
  table_name  text        not null,
  column_name text        not null,
  is_shared   boolean     not null,
  at_least    bigint      not null,
  per         text        not null check (per in ('minute', 'hour', 'day')),
  since       timestamptz not null default now()
);
comment on table @schema@._expected is 'How many of an event there are at the least; fewer are an alarm. Written by eventc.';
create index if not exists _dead_letter_at on @schema@._dead_letter using brin (at);
grant select on @schema@._expected to @reader@;

-- Fewer of an event than are expected in the minute, hour or day that ended so long ago: what is younger may be on its way.
-- Only the partitions of that time are read, and no more rows than it takes to have enough.
create or replace function @schema@._too_few(settled interval)
returns table (about text, since timestamptz, says text)
language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
as $$
declare
  expected @schema@._expected;
  counted regclass;
  last timestamptz := now() - settled;
  first timestamptz;
  found bigint;
  latest timestamptz;
begin
  for expected in select * from @schema@._expected loop
    counted := to_regclass(format('%I.%I', '@schema@', expected.table_name));
    first := last - ('1 ' || expected.per)::interval;
    -- What is expected for less than a whole period cannot be too few yet.
    continue when counted is null or expected.since > first;
    execute format(
      'select count(*), max(at) from (select %1$I as at from %2$s where %1$I >= $1 and %1$I < $2%3$s limit $3) as enough',
      expected.column_name, counted, case when expected.is_shared then ' and event = $4' end
    ) into found, latest using first, last, expected.at_least, expected.event;
    if found < expected.at_least then
      about := expected.event;
      since := coalesce(latest, first);
      says := format(
        '%s in the %s up to %s UTC, and at least %s are expected: does anybody do what it reports, and does the code run that emits it?',
        found, expected.per, to_char(last, 'YYYY-MM-DD HH24:MI'), expected.at_least
      );
      return next;
    end if;
  end loop;
end
$$;

-- The newest heartbeat of each emitter that has been heard of in this time.
create or replace function @schema@._heard(lately interval)
returns table (
  producer uuid, who text, at timestamptz, due interval, has_stopped boolean, sinks jsonb
)
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select distinct on (h.producer)
           h.producer, @schema@._who(h.service, h.host, h.producer), h.at, least(h.every, 1e9)::float8 * interval '1 millisecond',
           h.state = 'stopped', h.sinks
      from @schema@._heartbeat h
     where h.at >= now() - lately
     order by h.producer, h.at desc, h.sequence desc;
end
$$;

-- How people call an emitter: `checkout on web-3, 019445f2-b0d3-7234-bc36-867756c93a81`.
create or replace function @schema@._who(service text, host text, producer uuid)
returns text
language sql immutable set search_path = pg_catalog, pg_temp
return concat_ws(', ', nullif(concat_ws(' on ', service, host), ''), producer);

-- By how much the counters of emitters have grown in this time, those that have: of each since it was started, as a restart
-- begins at nothing.
create or replace function @schema@._grown(lately interval)
returns table (counter text, about text, since timestamptz, by numeric, last_error text)
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    with counted as (
      select h.producer, h.started_at, h.sequence, h.at, c.counter, c.value, c.error,
             @schema@._who(h.service, h.host, h.producer) || coalesce(': sink ' || c.sink, '') as about
        from @schema@._heartbeat h
        cross join lateral (
          values ('dropped', null::text, h.dropped::numeric, null::text),
                 ('lost', null, h.log_lost + h.log_damaged, h.log_error),
                 ('disk', null, h.log_errors::numeric, h.log_error),
                 ('full', null, h.log_full::numeric, h.log_error)
          union all
          select v.counter, s.name, v.value, s.last_error
            from jsonb_to_recordset(h.sinks)
              as s (name text, missed numeric, retries numeric, dead numeric, last_error text)
            cross join lateral (values ('missed', s.missed), ('retries', s.retries), ('dead', s.dead)) as v (counter, value)
        ) as c (counter, sink, value, error)
       where h.at >= now() - lately
    ), compared as (
      select *, first_value(value) over (partition by c.producer, c.started_at, c.counter, c.about order by c.sequence) as before
        from counted c
    )
    select c.counter, c.about, min(c.at) filter (where c.value > c.before), max(c.value - c.before),
           (array_agg(c.error order by c.sequence desc) filter (where c.error is not null))[1]
      from compared c
     group by c.producer, c.started_at, c.counter, c.about
    having max(c.value - c.before) > 0;
end
$$;

-- Tables whose partitions end soon, and when: after that, nothing has a place there.
create or replace function @schema@._ending(soon interval)
returns table (about text, since timestamptz, says text)
language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
begin atomic
  select e.table_name, coalesce(e.ended - soon, now()),
         coalesce(
           format('its partitions end at %s UTC', to_char(e.ended, 'YYYY-MM-DD HH24:MI')), 'it has no partition'
         ) || ': after that no row has a place. Run `call @schema@.maintain()`, and look why cron does not'
    from (
      select b.table_name, min(b.ended) filter (where not b.is_empty) as ended
        from (
          select p.table_name, t.relid, count(c.oid) = 0 as is_empty,
                 max(substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']*)''\)')::timestamptz) as ended
            from @schema@._partitioning p
            cross join lateral pg_partition_tree(to_regclass(format('%I.%I', '@schema@', p.table_name))) t
            left join pg_inherits i on i.inhparent = t.relid
            left join pg_class c on c.oid = i.inhrelid
           where p.method not in ('hash', 'list') and t.level = p.level - 1
           group by p.table_name, t.relid
        ) as b
       group by b.table_name
      having bool_or(b.is_empty or b.ended < now() + soon)
    ) as e;
end;

-- What is wrong now, one row for each thing. One cause is seen by several alarms, so that one of them may fail.
--
--   settled       how old events are before they are counted
--   silent_after  how long after its last heartbeat an emitter is silent; never before three of them are due
--   late_after    how long events may wait for a sink
--   lately        how far back counters and dead letters are looked at
--   tried         so many failures of a sink in that time are none yet
--   soon          how long before the last partition ends that is said
--   forgotten     an emitter that has been silent for so long is no more
create or replace function @schema@.alarms(
  settled interval default '2 minutes',
  silent_after interval default '3 minutes',
  late_after interval default '10 minutes',
  lately interval default '1 hour',
  tried integer default 5,
  soon interval default '2 days',
  forgotten interval default '1 day'
)
returns table (alarm text, about text, since timestamptz, says text)
language plpgsql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC'
as $$
begin
  return query
    with heard as materialized (select * from @schema@._heard(forgotten)),
         grown as materialized (select * from @schema@._grown(lately))
    select 'too_few', a.about, a.since, a.says from @schema@._too_few(settled) a
  union all
    select 'silent', h.who, h.at,
           'its last heartbeat did not say that it stops: does the process run, and does it reach this database? What it has not delivered is in its spool'
      from heard h
     where not h.has_stopped and h.at < now() - greatest(silent_after, 3 * h.due)
  union all
    select 'dropping', g.about, g.since, case g.counter
             when 'dropped' then format('%s events were dropped before they were on disk: is the disk full or slow? `health()` has them by name and reason', g.by)
             when 'lost' then format('events are lost that were on their way, at least %s', g.by)
             else format('%s events never get to this sink: it is so far behind that the log has no room. Mend it, or give the log more `log_bytes`', g.by)
           end || coalesce(': ' || g.last_error, '')
      from grown g
     where g.counter in ('dropped', 'lost', 'missed')
  union all
    select 'errors', g.about, g.since, case g.counter
             when 'disk' then format('the disk of its spool failed %s times: look at it', g.by)
             when 'full' then format('events waited %s times as the log has all the bytes it may have: a sink is far behind', g.by)
             else format('failed %s times and is tried again: look at its store', g.by)
           end || coalesce(': ' || g.last_error, '')
      from grown g
     where g.counter in ('disk', 'full') or g.counter = 'retries' and g.by >= tried
  union all
    select 'lag', h.who || ': sink ' || s.name, h.at - s.age,
           format('an event has waited for %s, and %s wait on disk: is its store down or too slow?',
             s.age, pg_size_pretty(s.lag_bytes))
             || coalesce(' Its last error: ' || s.last_error, '')
      from heard h
      cross join lateral (
        -- A clock that is wrong makes ages that no interval holds.
        select r.name, least(coalesce(r.oldest_undelivered, 0), 1e9) * interval '1 second' as age, r.lag_bytes, r.last_error
          from jsonb_to_recordset(h.sinks) as r (name text, oldest_undelivered float8, lag_bytes numeric, last_error text)
      ) as s
     where s.age > late_after
  union all
    select 'lag', h.who || ': sink ' || d.sink, d.updated_at,
           'nothing of it has come in here since, and its heartbeats should: look at `last_error` of this sink in `health()`'
      from heard h
      join @schema@._delivery d on d.producer = h.producer
     where not h.has_stopped and d.updated_at < now() - greatest(late_after, 3 * h.due)
  union all
    select 'dead_letters', coalesce(d.event, 'events that cannot be read'), min(d.at),
           format('%s refused, the last as: %s. They are in @schema@._dead_letter',
             count(*), (array_agg(concat_ws(' ', d.sqlstate, d.reason) order by d.at desc))[1])
      from @schema@._dead_letter d
     where d.at >= now() - lately
     group by d.event
  union all
    select 'dead_letters', g.about, g.since,
           format('%s refused by this sink; they are in its `.dead.jsonl` in the spool', g.by) || coalesce(': ' || g.last_error, '')
      from grown g
     where g.counter = 'dead'
  union all
    select 'partitions', a.about, a.since, a.says from @schema@._ending(soon) a
   order by 1, 2, 3;
end
$$;

revoke all on function
  @schema@.alarms, @schema@._too_few, @schema@._heard, @schema@._who, @schema@._grown, @schema@._ending from public;
grant execute on function
  @schema@.alarms, @schema@._too_few, @schema@._heard, @schema@._who, @schema@._grown, @schema@._ending to @reader@;
