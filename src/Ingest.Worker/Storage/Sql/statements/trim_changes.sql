-- Trims the log of changes up to where it was at a day ($1), some changes ($2) at a time: what a later one of these overtook, and all of articles that were removed.
-- The row of trims is the lock. What the search index has not taken yet stays.
with past as (
  select xid, change_id from ingest.change_trims for update
), horizon as (
  select d.xid, d.change_id from (select xid, change_id from ingest.change_days where day <= $1 order by day desc limit 1) d, ingest.search_progress p
  where p.scope = 'Off' or (p.xid, p.change_id) >= (d.xid, d.change_id)
), step as materialized (
  select c.xid, c.id, c.article_id, c.kind from ingest.article_changes c
  where (c.xid, c.id) > ((select xid from past), (select change_id from past)) and (c.xid, c.id) <= ((select xid from horizon), (select change_id from horizon))
  order by c.xid, c.id limit $2
), step_end as materialized (
  select xid, id from step order by xid desc, id desc limit 1
), latest as (
  select distinct on (article_id) article_id, xid, id, kind from step order by article_id, xid desc, id desc
), trimmed as (
  delete from ingest.article_changes c using latest l
  where (c.xid, c.id) <= ((select xid from step_end), (select id from step_end)) and c.article_id = l.article_id
    and ((c.xid, c.id) < (l.xid, l.id) or l.kind = 'removed')
  returning 1
), moved as (
  update ingest.change_trims t set xid = e.xid, change_id = e.id, times = t.times + 1 from step_end e
)
select (select count(*) from step)::int, (select count(*) from trimmed)::int
