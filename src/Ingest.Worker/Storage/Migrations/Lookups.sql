alter table ingest.articles add column host text;
comment on column ingest.articles.host is 'Host of url in lower case, with www. where it has one, and without a port; empty where url has none; null for an article of an earlier version of the worker that has not been filled in yet.';
