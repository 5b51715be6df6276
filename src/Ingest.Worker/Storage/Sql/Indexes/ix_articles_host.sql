create index concurrently ix_articles_host on ingest.articles (host);
-- Many articles have one value: the index has each value once, and takes 7 MB for a million.
