create or replace view ingest.dated_articles as
  select a.id, a.published_on, a.url, s.name as source, a.language, a.date_source,
         ingest.dated_text(a.published_on, a.url, a.title, a.headline, a.description, a.body) as text
  from ingest.articles a
  left join ingest.sources s on s.id = a.source_id;
comment on view ingest.dated_articles is 'Every article as dated-article text.';
comment on column ingest.dated_articles.id is 'Number of the article.';
comment on column ingest.dated_articles.published_on is 'The publisher''s own calendar day; the day first seen (UTC) when date_source is first_seen.';
comment on column ingest.dated_articles.url is 'Canonical URL as published.';
comment on column ingest.dated_articles.source is 'Name of the source that showed it first; null for an imported article.';
comment on column ingest.dated_articles.language is 'BCP 47 tag, stated or detected.';
comment on column ingest.dated_articles.date_source is 'Where the date came from.';
comment on column ingest.dated_articles.text is 'The record: header, title, headline, description and body, each followed by a blank line.';
