-- The articles of keys ($1), locked for writing, all in one order; with the content hashes of their latest earlier versions.
select a.article_key, a.id, a.source_id, a.page_state, a.story_id, a.doubtful_changes,
  case when a.revision > 1 then array(select r.content_hash from ingest.article_revisions r where r.article_id = a.id and r.kind = 'revised' order by r.id desc limit 10) else '{}' end,
  {article_columns}
from ingest.articles a where a.article_key = any($1) order by a.article_key for update of a
