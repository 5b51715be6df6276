-- The newest articles of a source, with the beginning of their texts.
select id, published_on, title, left(body, 300) as text, word_count, page_state, date_source, body_source
from ingest.articles where source_id = (select id from ingest.sources where name = $1) order by id desc limit 15
