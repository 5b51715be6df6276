-- Takes the next changes ($1 of them) into the search index: with the bodies of articles, or without ($2).
-- The row of progress is the lock: whoever else would index waits, and then finds less to do. It is asked for apart: joined, the index of changes is read from its beginning.
with progress as (
  select xid, change_id from ingest.search_progress for update
), batch as materialized (
  select c.xid, c.id, c.article_id, c.kind
  from ingest.article_changes c
  where (c.xid, c.id) > ((select xid from progress), (select change_id from progress)) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by c.xid, c.id limit $1
), indexed as (
  insert into ingest.article_search as s (article_id, published_on, document)
  select a.id, a.published_on, ingest.search_document(a.published_on, a.language, a.title, a.headline, a.description, a.body, $2)
  from ingest.articles a
  where a.id in (select article_id from batch where kind <> 'removed')
  order by a.id
  on conflict (article_id) do update set published_on = excluded.published_on, document = excluded.document where s.document is distinct from excluded.document
), healed as (
  delete from ingest.refusals where work = 'search' and article_id in (select article_id from batch)
), moved as (
  update ingest.search_progress set xid = b.xid, change_id = b.id, indexed_at = now()
  from (select xid, id from batch order by xid desc, id desc limit 1) b
)
select count(*)::int from batch
