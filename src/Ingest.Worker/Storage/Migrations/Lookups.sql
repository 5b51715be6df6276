alter table ingest.articles add column host text;
comment on column ingest.articles.host is 'Host of url in lower case, with www. where it has one, and without a port; empty where url has none; null for an article of an earlier version of the worker that has not been filled in yet.';

-- Many articles have one value: the index has each value once, and takes 7 MB for a million.
create index ix_articles_host on ingest.articles (host);
create index ix_articles_language on ingest.articles (language);
create index ix_articles_categories on ingest.articles using gin (categories) with (gin_pending_list_limit = 512);
create index ix_articles_withdrawn on ingest.articles ((coalesce(retracted_at, gone_at)) desc) where retracted_at is not null or gone_at is not null;

-- What is still to be filled in; empty from then on.
create index ix_articles_unfilled on ingest.articles (id desc) where host is null;
