-- Sources of some slots ($1) that are due by a time ($2), the longest due first; those that are gone too, rarely. $3 in all, $4 of a slot; not those of hosts ($5).
select
  s.id, s.name, s.url, s.configured_url, s.parent_id, s.depth, s.state, s.slot, s.full_text, s.schedule, s.time_zone, s.poll_interval, s.tags,
  s.title, s.site_url, s.language, s.etag, s.last_modified, s.validators_url, s.body_hash, s.next_poll_at, s.next_poll_reason, s.adaptive_interval,
  s.asked_interval, s.skip_hours, s.skip_days, s.failure_weight, s.last_polled_at, s.last_success_at, s.last_news_at, s.last_status, s.last_error,
  s.created_at, s.updated_at, s.last_full_at, s.validator_trust, s.validator_trust_at, s.moved_to, s.moved_seen, s.moved_since,
  s.interval_ceiling, s.news_gap, s.newest_entry_at, s.silent_since, s.news_by_hour, s.news_by_day, s.hours_by_hour, s.hours_by_day,
  s.fresh_for, s.body_bytes, s.body_news, s.vain_bodies, s.guess_at,
  s.silent_from, s.gaps_seen, s.usual_gap, s.longest_gap
from unnest($1) as slots(slot) cross join lateral (
  select d.* from ingest.sources d
  where d.state in ('active', 'gone') and d.slot = slots.slot and d.next_poll_at <= $2 and split_part(d.url, '/', 3) <> all($5)
  order by d.next_poll_at limit $4) s
order by s.next_poll_at limit $3
