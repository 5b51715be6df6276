-- The last day by hours: what was fetched, and what it brought.
select date_bin('1 hour', started_at, '2000-01-01 00:00+00') as hour, count(*) as fetches, count(*) filter (where outcome = 'failed') as failed,
       coalesce(sum(entries_new), 0)::bigint as entries
from ingest.fetches where id >= ingest.fetch_id($1 - interval '24 hours') group by 1 order by 1
