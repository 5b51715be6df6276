-- The last fetches for a source.
select started_at, kind, url, status, outcome, failure, duration_ms, entries_new, entries_changed, entries_known
from ingest.fetches where source_id = (select id from ingest.sources where name = $1) order by id desc limit 15
