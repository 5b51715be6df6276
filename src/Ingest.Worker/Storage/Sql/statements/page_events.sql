-- What happened to sources lately: moved, gone, recovered and the like.
select e.at, e.kind, e.detail, s.name
from (select * from ingest.source_events order by id desc limit 15) e join ingest.sources s on s.id = e.source_id order by e.id desc
