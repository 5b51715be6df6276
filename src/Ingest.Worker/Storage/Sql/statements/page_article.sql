-- An article by its number, with where each part of it came from.
select a.id, a.url, s.name as source, a.published_on, a.published_at, a.modified_at, a.date_source, a.title, a.title_source, a.headline, a.description, a.body,
       a.body_source, a.authors, a.language, a.word_count, a.categories, a.page_state, a.page_error, a.first_seen_at, a.updated_at, a.revision, a.gone_at,
       a.gone_reason, a.retracted_at, a.retraction, a.story_id
from ingest.articles a left join ingest.sources s on s.id = a.source_id where a.id = $1
