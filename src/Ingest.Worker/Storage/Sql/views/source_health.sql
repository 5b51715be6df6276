create or replace view ingest.source_health as
  select s.name, s.url, s.state, s.last_polled_at, s.last_success_at, s.last_news_at, s.next_poll_at, s.next_poll_reason, s.last_status, s.last_error, s.failure_weight,
         d.fetches as fetches_24h, d.failures as failures_24h, d.entries as entries_24h, d.median_ms as median_ms_24h,
         (select count(*) from ingest.page_queue q where q.source_id = s.id and q.state = 'waiting') as pages_waiting,
         ingest.health_of(s, coalesce(cardinality(r.kinds) > 0, false), now()) as health,
         s.usual_gap, s.silent_from, coalesce(r.kinds, '{}') as drifts, s.interval_ceiling is not null as misses_entries
  from ingest.sources s
  left join ingest.source_drift r on r.source_id = s.id
  left join lateral (
    select count(*) as fetches, count(*) filter (where f.outcome = 'failed') as failures, coalesce(sum(f.entries_new), 0) as entries,
           percentile_cont(0.5) within group (order by f.duration_ms) as median_ms
    from ingest.fetches f
    where f.source_id = s.id and f.id >= ingest.fetch_id(now() - interval '1 day') and f.started_at > now() - interval '1 day') d on true;
comment on view ingest.source_health is 'How each source is doing: one row a source, with its last day.';
comment on column ingest.source_health.name is 'Name of the source.';
comment on column ingest.source_health.url is 'What is polled.';
comment on column ingest.source_health.state is 'active, paused, disabled or gone.';
comment on column ingest.source_health.last_polled_at is 'When it was last asked.';
comment on column ingest.source_health.last_success_at is 'When it last answered usably, 304 included.';
comment on column ingest.source_health.last_news_at is 'When a poll last brought a new or changed entry.';
comment on column ingest.source_health.next_poll_at is 'When it is due.';
comment on column ingest.source_health.next_poll_reason is 'Why it is due then, in words.';
comment on column ingest.source_health.last_status is 'HTTP status of the last poll; 0 when no answer came.';
comment on column ingest.source_health.last_error is 'Why the last poll failed; null when it did not.';
comment on column ingest.source_health.failure_weight is 'Weight of the failures since the last success.';
comment on column ingest.source_health.fetches_24h is 'Fetches of the last 24 hours, pages included.';
comment on column ingest.source_health.failures_24h is 'Failed ones among them.';
comment on column ingest.source_health.entries_24h is 'New entries that they brought.';
comment on column ingest.source_health.median_ms_24h is 'Their median duration in milliseconds.';
comment on column ingest.source_health.pages_waiting is 'Pages of its entries still to be fetched.';
comment on column ingest.source_health.health is 'healthy, shaky (fails now, answered within a day), failing, silent (no news for longer than it leaves gaps by itself), drifting (its articles are no longer what they were), missing_entries (entries came and went between polls lately), new, or the state when it is not active.';
comment on column ingest.source_health.usual_gap is 'Mean time between two pieces of its news, in active time; null before any.';
comment on column ingest.source_health.silent_from is 'From then on it is silent if nothing new is there by then; null while too little is known.';
comment on column ingest.source_health.drifts is 'In what its articles are no longer what they were: empty, short, undated, repeated or rejected; mostly none.';
comment on column ingest.source_health.misses_entries is 'Whether entries came and went between two polls lately.';
