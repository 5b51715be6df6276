-- What happened to a source.
select at, kind, detail from ingest.source_events where source_id = (select id from ingest.sources where name = $1) order by id desc limit 15
