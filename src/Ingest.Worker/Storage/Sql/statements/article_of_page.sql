select
  a.url, a.published_on, a.published_at, a.modified_at, a.date_source, a.title, a.title_source, a.headline, a.description,
  a.body, a.body_source, a.authors, a.language, a.image_url, a.categories, a.enclosures, a.live_blog
from ingest.articles a where a.article_key = $1
