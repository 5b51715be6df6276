-- Why pages of the last day are no articles, or could not be had.
select coalesce(case when cause = 'Rejected' then failure end, cause, '?') as reason, count(*) as pages
from ingest.fetches where id >= ingest.fetch_id($1 - interval '24 hours') and kind = 'page' and failure is not null
group by 1 order by 2 desc, 1 limit 12
