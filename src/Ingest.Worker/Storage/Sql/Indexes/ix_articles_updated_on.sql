create index concurrently ix_articles_updated_on on ingest.articles (updated_on);
