create index concurrently ix_articles_categories on ingest.articles using gin (categories) with (gin_pending_list_limit = 512);
