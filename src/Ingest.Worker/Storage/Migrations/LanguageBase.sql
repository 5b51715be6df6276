alter table ingest.articles add column language_base text;
-- Another index finds what is to be filled in.
drop index if exists ingest.ix_articles_unfilled;
comment on column ingest.articles.language_base is 'Language of language without script and region, in lower case: en of en-GB; null where language is, and for an article of an earlier version of the worker that has not been filled in yet.';
