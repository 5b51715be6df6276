-- The worker does not own the ledger, and only owners may make and drop its tables.
create or replace function ingest.settle_fetches(day date, today date, full_days integer) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, ingest, pg_temp set lock_timeout = '1s' as $$
declare
  low constant uuid := ingest.fetch_id(day::timestamp at time zone 'UTC');
  high constant uuid := ingest.fetch_id((day + 1)::timestamp at time zone 'UTC');
  -- The table's name says whether it has all lines of its day, or those that tell of something.
  whole constant text := 'fetches_' || to_char(day, 'YYYYMMDD');
  told constant text := whole || '_told';
  is_past constant boolean := day <= today - full_days;
  quiet constant text := $quiet$(source_id is not null and failure is null and entries_new + entries_changed + entries_rejected = 0
    and redirects is null and opt_outs is null and tdm_policy is null
    and (outcome = 'not_modified' and kind in ('feed', 'page', 'robots') or outcome = 'fetched' and kind in ('feed', 'robots')))$quiet$;
  count_text constant text := $count$
    with steps as (
      select source_id, kind, status, 1 + ceil(2 * ln(greatest(duration_ms, 1)::double precision) / ln(2::double precision))::integer as step,
             count(*)::integer as n, sum(attempts)::integer as attempts, sum(bytes)::bigint as bytes
      from ingest.%I where id >= $1 and id < $2 and %s group by 1, 2, 3, 4
    ), counts as (
      select source_id, kind, status, sum(n) as fetches, sum(attempts) as attempts, sum(bytes) as bytes, max(step) as last, array_agg(step) as steps, array_agg(n) as ns
      from steps group by 1, 2, 3
    )
    insert into ingest.fetch_counts as c (source_id, day, kind, status, fetches, attempts, bytes, durations)
    select x.source_id, $3, x.kind, x.status, x.fetches, x.attempts, x.bytes,
           array(select coalesce(s.n, 0) from generate_series(1, x.last) g left join unnest(x.steps, x.ns) as s(step, n) on s.step = g order by g)
    from counts x
    on conflict (source_id, day, kind, status) do update
      set fetches = c.fetches + excluded.fetches, attempts = c.attempts + excluded.attempts, bytes = c.bytes + excluded.bytes,
          durations = array(select coalesce(d.a, 0) + coalesce(d.b, 0) from unnest(c.durations, excluded.durations) with ordinality as d(a, b, step) order by d.step)
    $count$;
  has_before boolean := false;
begin
  if to_regclass('ingest.fetches_before') is not null then
    select exists (select from ingest.fetches_before f where f.id >= low and f.id < high) into has_before;
  end if;

  if to_regclass('ingest.' || whole) is null and to_regclass('ingest.' || told) is null then
    if day < today and not has_before and not exists (select from ingest.fetches_other f where f.id >= low and f.id < high) then return null; end if;
    execute format('create table ingest.%I (like ingest.fetches including all)', whole);
    execute format('comment on table ingest.%I is %L', whole, 'The ledger of ' || day || '.');
    -- Nobody may add to what is moved.
    lock table ingest.fetches_other in access exclusive mode;
    execute format('with moved as (delete from ingest.fetches_other where id >= $1 and id < $2 returning *) insert into ingest.%I select * from moved', whole) using low, high;
    execute format('alter table ingest.fetches attach partition ingest.%I for values from (%L) to (%L)', whole, low, high);
    return 'made';
  end if;

  if has_before then
    if is_past then execute format(count_text, 'fetches_before', quiet) using low, high, day; end if;
    execute format('with moved as (delete from ingest.fetches_before where id >= $1 and id < $2 returning *)
      insert into ingest.fetches select * from moved where not ($3 and %s) on conflict (id) do nothing', quiet) using low, high, is_past;
    return 'moved';
  end if;

  if is_past and to_regclass('ingest.' || whole) is not null then
    -- Nobody adds to a day that is long past; else it would be lost.
    execute format('lock table ingest.%I in share mode', whole);
    execute format(count_text, whole, quiet) using low, high, day;
    execute format('create table ingest.%I (like ingest.fetches including all)', told);
    execute format('comment on table ingest.%I is %L', told, 'The ledger of ' || day || ', without fetches that told of nothing.');
    execute format('insert into ingest.%I select * from ingest.%I where not %s', told, whole, quiet);
    -- Only now is anybody kept from reading or writing, and the transaction ends with it.
    execute format('drop table ingest.%I', whole);
    execute format('alter table ingest.fetches attach partition ingest.%I for values from (%L) to (%L)', told, low, high);
    return 'counted';
  end if;
  return null;
end $$;
comment on function ingest.settle_fetches(date, date, integer) is
  'Takes the ledger''s table of a day one step further, and says which: made, moved (lines of before the ledger had tables by day) or counted (what told of nothing, once the day is older than so many days); null when it is as it should be. The worker calls it each hour.';

do $$
begin
  revoke execute on function ingest.settle_fetches(date, date, integer) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.settle_fetches(date, date, integer) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.settle_fetches(date, date, integer) to ingest_worker; end if;
end $$;
