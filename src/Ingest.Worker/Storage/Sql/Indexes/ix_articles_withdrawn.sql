create index concurrently ix_articles_withdrawn on ingest.articles ((coalesce(retracted_at, gone_at)) desc) where retracted_at is not null or gone_at is not null;
