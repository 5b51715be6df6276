create index concurrently ix_articles_to_fill on ingest.articles (id desc) where host is null or (language is not null and language_base is null);
-- What is still to be filled in; empty from then on.
