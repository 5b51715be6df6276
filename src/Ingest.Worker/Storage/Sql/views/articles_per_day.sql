create or replace view ingest.articles_per_day as
  select a.published_on, s.name as source, count(*) as articles, sum(a.word_count) as words,
         count(*) filter (where a.body <> '') as with_body, count(*) filter (where a.date_source = 'first_seen') as undated
  from ingest.articles a
  left join ingest.sources s on s.id = a.source_id
  group by a.published_on, s.name;
comment on view ingest.articles_per_day is 'Articles by day and source. Ask for a range of days.';
comment on column ingest.articles_per_day.published_on is 'The publisher''s own calendar day; the day first seen for undated articles.';
comment on column ingest.articles_per_day.source is 'Name of the source that showed them first; null for imported ones.';
comment on column ingest.articles_per_day.articles is 'How many articles.';
comment on column ingest.articles_per_day.words is 'Words of their bodies.';
comment on column ingest.articles_per_day.with_body is 'How many of them have a body.';
comment on column ingest.articles_per_day.undated is 'How many of them stated no date.';
