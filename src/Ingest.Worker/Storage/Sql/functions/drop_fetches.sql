-- The worker does not own the ledger, and only owners may drop its tables.
create or replace function ingest.drop_fetches(before date) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, ingest, pg_temp set lock_timeout = '1s' as $$
declare
  part text;
  lines bigint;
  dropped bigint := 0;
  low constant uuid := ingest.fetch_id(before::timestamp at time zone 'UTC');
begin
  if to_regclass('ingest.fetches_before') is not null then
    -- What is left has the time of a clock that was ahead, or is past its own.
    insert into ingest.fetches select * from ingest.fetches_before f where f.id >= low on conflict (id) do nothing;
    drop table ingest.fetches_before;
  end if;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'ingest.fetches'::regclass and c.relname ~ '^fetches_[0-9]{8}(_told)?$' and substr(c.relname, 9, 8) < to_char(before, 'YYYYMMDD')
    order by 1
  loop
    execute format('select count(*) from ingest.%I', part) into lines;
    execute format('drop table ingest.%I', part);
    dropped := dropped + lines;
  end loop;
  delete from ingest.fetches_other f where f.id < low;
  get diagnostics lines = row_count;
  return dropped + lines;
end $$;
comment on function ingest.drop_fetches(date) is 'Drops the ledger''s tables of the days before one, and deletes what has no table; how many lines there were is returned. The worker calls it each hour, when settle_fetches has nothing left to do.';

do $$
begin
  revoke execute on function ingest.drop_fetches(date) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.drop_fetches(date) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.drop_fetches(date) to ingest_worker; end if;
end $$;
