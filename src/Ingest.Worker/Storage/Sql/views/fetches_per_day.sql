create or replace view ingest.fetches_per_day as
  select x.day, x.source_id, x.kind, x.status, sum(x.fetches)::bigint as fetches, sum(x.attempts)::bigint as attempts, sum(x.bytes)::bigint as bytes
  from (select (f.started_at at time zone 'UTC')::date as day, f.source_id, f.kind, f.status, count(*) as fetches, sum(f.attempts) as attempts, sum(f.bytes) as bytes
        from ingest.fetches f group by 1, 2, 3, 4
        union all
        select c.day, c.source_id, c.kind, c.status, c.fetches, c.attempts, c.bytes from ingest.fetch_counts c) x
  group by x.day, x.source_id, x.kind, x.status;
comment on view ingest.fetches_per_day is 'All fetches by day, source, kind and status: those of the ledger''s rows, and those of older days that only counts are left of.';
comment on column ingest.fetches_per_day.day is 'The day (UTC).';
comment on column ingest.fetches_per_day.source_id is 'The source that they were made for; null for none.';
comment on column ingest.fetches_per_day.kind is 'As in fetches.';
comment on column ingest.fetches_per_day.status is 'HTTP status; 0 when no answer came.';
comment on column ingest.fetches_per_day.fetches is 'How many there were.';
comment on column ingest.fetches_per_day.attempts is 'Requests made, retries included.';
comment on column ingest.fetches_per_day.bytes is 'Bytes of the bodies on the wire.';
