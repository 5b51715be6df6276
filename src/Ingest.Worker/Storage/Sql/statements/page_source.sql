-- A source by its name.
select s.id, s.name, s.url, s.configured_url, s.state, s.title, s.site_url, s.language, s.tags, s.full_text, s.schedule, s.time_zone, s.poll_interval,
       s.next_poll_at, s.next_poll_reason, s.adaptive_interval, s.asked_interval, s.failure_weight, s.last_polled_at, s.last_success_at, s.last_news_at,
       s.last_status, s.last_error, s.news_gap, s.news_by_hour, s.hours_by_hour, s.news_by_day, s.hours_by_day, s.validator_trust, p.name as parent,
       case when s.state <> 'active' then s.state
            when s.last_polled_at is null then 'new'
            when s.last_error is null then 'healthy'
            when s.last_success_at > $2 - interval '1 day' then 'shaky'
            else 'failing' end as health
from ingest.sources s left join ingest.sources p on p.id = s.parent_id where s.name = $1
