create index concurrently ix_articles_language on ingest.articles (language);
