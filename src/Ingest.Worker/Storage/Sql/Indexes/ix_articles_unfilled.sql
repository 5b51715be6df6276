create index concurrently ix_articles_unfilled on ingest.articles (id desc) where host is null;
-- What is still to be filled in; empty from then on.
