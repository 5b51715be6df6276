-- How far those who follow the log of changes are behind, and which open transaction holds them up: that of the lowest number, in whatever database of the server. Counted up to $1 changes.
with snapshot as materialized (
  select pg_snapshot_xmin(pg_current_snapshot()) as horizon
), progress as materialized (
  select scope, xid, change_id from ingest.search_progress
), held as (
  select count(*) as changes from (select from ingest.article_changes c where c.xid >= (select horizon from snapshot) limit $1) counted
), unindexed as (
  select count(*) as changes
  from (select from ingest.article_changes c
        where (c.xid, c.id) > ((select xid from progress), (select change_id from progress)) and c.xid < (select horizon from snapshot)
          and (select scope from progress) <> 'Off'
        limit $1) counted
), first_held as (
  -- Changes have no time, their articles have. What was removed has none any more.
  select a.updated_at from (select c.article_id from ingest.article_changes c where c.xid >= (select horizon from snapshot) order by c.xid, c.id limit 1) c
  join ingest.articles a on a.id = c.article_id
), holder as (
  select a.pid, null::text as prepared, a.datname as database, a.usename as role, a.application_name as application, a.xact_start as began
  from pg_stat_activity a, snapshot s where a.backend_xid = s.horizon::xid
  union all
  select null, p.gid, p.database, p.owner, null, p.prepared from pg_prepared_xacts p, snapshot s where p.transaction = s.horizon::xid
)
select s.horizon, held.changes, unindexed.changes, greatest((select updated_at from first_held), h.began) as since,
       h.pid, h.prepared, h.database::text, h.role::text, nullif(h.application, ''), h.began
from snapshot s cross join held cross join unindexed left join (select * from holder limit 1) h on true
