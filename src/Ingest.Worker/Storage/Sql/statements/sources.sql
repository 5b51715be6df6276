-- Sources by name: those of the configuration only ($1), and active ones only ($2): of these names, of all where there is none; null for all states.
select
  s.id, s.name, s.url, s.configured_url, s.parent_id, s.depth, s.state, s.slot, s.full_text, s.schedule, s.time_zone, s.poll_interval, s.tags,
  s.title, s.site_url, s.language, s.etag, s.last_modified, s.validators_url, s.body_hash, s.next_poll_at, s.next_poll_reason, s.adaptive_interval,
  s.asked_interval, s.skip_hours, s.skip_days, s.failure_weight, s.last_polled_at, s.last_success_at, s.last_news_at, s.last_status, s.last_error,
  s.created_at, s.updated_at, s.last_full_at, s.validator_trust, s.validator_trust_at, s.moved_to, s.moved_seen, s.moved_since,
  s.interval_ceiling, s.news_gap, s.newest_entry_at, s.silent_since, s.news_by_hour, s.news_by_day, s.hours_by_hour, s.hours_by_day,
  s.fresh_for, s.body_bytes, s.body_news, s.vain_bodies, s.guess_at,
  s.silent_from, s.gaps_seen, s.usual_gap, s.longest_gap
from ingest.sources s
where (s.parent_id is null or not $1) and ($2 is null or s.state = 'active' and (cardinality($2) = 0 or s.name = any($2)))
order by s.name
