-- The last fetches for a source.
select f.started_at, f.kind, coalesce(f.url, s.url) as url, f.status, f.outcome, f.failure, f.duration_ms, f.entries_new, f.entries_changed, f.entries_known
from ingest.sources s join ingest.fetches f on f.source_id = s.id where s.name = $1 order by f.id desc limit 15
