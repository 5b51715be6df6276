-- Pages of a source that are no articles, or that were given up.
select url, state, last_error, queued_at from ingest.page_queue
where source_id = (select id from ingest.sources where name = $1) and state <> 'waiting' order by queued_at desc limit 15
