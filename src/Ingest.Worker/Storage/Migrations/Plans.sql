alter table ingest.sources
  add column fresh_for interval,
  add column body_bytes double precision not null default 0,
  add column body_news double precision not null default 0,
  add column vain_bodies integer not null default 0;
comment on column ingest.sources.fresh_for is 'How long the last answer was to be used by its caching headers; null for no time.';
comment on column ingest.sources.body_bytes is 'Bytes of bodies that the server sent: a sum that fades with each body.';
comment on column ingest.sources.body_news is 'Entries that were new in these bodies: a sum that fades with each body.';
comment on column ingest.sources.vain_bodies is 'Bodies without news since the server last answered 304.';

-- News was spread into the hours beside its own and the time watched was not: spread now, as it is from here on.
update ingest.sources s set hours_by_hour = (
  select array_agg((0.6 * s.hours_by_hour[i + 1] + 0.2 * s.hours_by_hour[(i + 1) % 24 + 1] + 0.2 * s.hours_by_hour[(i + 23) % 24 + 1])::real order by i) from generate_series(0, 23) i)
where cardinality(hours_by_hour) = 24;
