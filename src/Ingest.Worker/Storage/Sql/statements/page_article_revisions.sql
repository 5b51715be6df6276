-- The versions that an article had before, the newest first.
select revision, kind, title, description, body, valid_from, valid_to, changed_fields, changed_words
from ingest.article_revisions where article_id = $1 order by id desc limit 10
