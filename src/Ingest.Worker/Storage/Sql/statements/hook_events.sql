-- The next events of sources ($2 of them, after the cursor $1): those of transactions that are over, so that none can appear behind the cursor.
select e.epoch || '.' || v.xid || '.' || v.id, v.id, v.kind, v.at, v.detail, s.name, s.url, s.tags
from ingest.change_epoch e
cross join lateral (
  select o.* from ingest.source_events o
  where o.xid is not null and (o.xid, o.id) > (split_part($1, '.', 2)::xid8, split_part($1, '.', 3)::bigint) and o.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by o.xid, o.id limit $2) v
join ingest.sources s on s.id = v.source_id
where e.epoch = split_part($1, '.', 1)
order by v.xid, v.id
