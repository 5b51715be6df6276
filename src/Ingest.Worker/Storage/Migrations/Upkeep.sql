-- Room in the pages: an update that changes no index then stays in its page, and one that does is logged as what changed of the row.
-- Tables that grow are vacuumed and analyzed after a share of their rows that is not millions.
alter table ingest.sources set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.1);
alter table ingest.page_queue set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
alter table ingest.articles set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
alter table ingest.article_search set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table ingest.article_sightings set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table ingest.article_shingles set (autovacuum_vacuum_scale_factor = 0.05);

-- Ranges that are not summarized yet are read, and those at the end are what is asked for; the server's list of requests was full, and its log said so.
alter index ingest.ix_page_validators_read_at set (autosummarize = off);

-- An index of a moment is changed by every update; its day, by the first of a day.
alter table ingest.articles add column updated_on date;
drop index ingest.ix_articles_updated_at;
comment on column ingest.articles.updated_on is 'Day (UTC) of updated_at, by which changes are found; null for an article of an earlier version of the worker that has not been filled in yet.';
