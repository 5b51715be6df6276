-- Who did the work of the last hour.
select coalesce(node, '?') as node, count(*) as fetches, max(started_at) as last
from ingest.fetches where id >= ingest.fetch_id($1 - interval '1 hour') group by 1 order by 2 desc, 1 limit 20
