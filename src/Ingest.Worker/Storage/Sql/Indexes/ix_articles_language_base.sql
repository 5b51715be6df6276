create index concurrently ix_articles_language_base on ingest.articles (language_base);
-- Many articles have one value: the index has each value once, and takes 7 MB for a million.
