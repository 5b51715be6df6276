-- A source by its name.
select s.id, s.name, s.url, s.configured_url, s.state, s.title, s.site_url, s.language, s.tags, s.full_text, s.schedule, s.time_zone, s.poll_interval,
       s.next_poll_at, s.next_poll_reason, s.adaptive_interval, s.asked_interval, s.failure_weight, s.last_polled_at, s.last_success_at, s.last_news_at,
       s.last_status, s.last_error, s.news_gap, s.news_by_hour, s.hours_by_hour, s.news_by_day, s.hours_by_day, s.validator_trust, p.name as parent,
       s.silent_from, s.usual_gap, s.longest_gap, s.interval_ceiling, d.kinds as drifts, d.since as drifts_since, d.usual_words,
       ingest.health_of(s, coalesce(cardinality(d.kinds) > 0, false), $2) as health
from ingest.sources s left join ingest.sources p on p.id = s.parent_id left join ingest.source_drift d on d.source_id = s.id where s.name = $1
