-- Sources that answer, and all the same are not what they were: silent, drifting, or losing entries between two polls; those first that changed last.
select s.name, s.health, s.last_news_at, s.usual_gap, s.drifts, coalesce(s.since, s.last_news_at) as since
from (
  select s.name, s.last_news_at, s.usual_gap, d.kinds as drifts, ingest.health_of(s, coalesce(cardinality(d.kinds) > 0, false), $1) as health,
         case when s.silent_from <= s.last_success_at then s.silent_from else d.since end as since
  from ingest.sources s left join ingest.source_drift d on d.source_id = s.id
  where s.state = 'active' and (s.silent_from <= s.last_success_at or d.kinds <> '{}' or s.interval_ceiling is not null)) s
where s.health in ('silent', 'drifting', 'missing_entries')
order by array_position(array['silent', 'drifting', 'missing_entries'], s.health), since desc nulls last, s.name limit 15
