drop view ingest.source_health, ingest.articles_per_day;
drop trigger record_added on ingest.articles;
drop trigger record_changed on ingest.articles;
drop trigger record_removed on ingest.articles;
drop function ingest.search(text, date, date, text, integer), ingest.search_snippet(text, text, text, text, text, tsquery), ingest.search_query(text, text),
  ingest.search_document(date, text, text, text, text, text, boolean), ingest.search_text(text), ingest.search_config(text), ingest.settle_search(),
  ingest.changes_since(text, integer), ingest.rebase_changes(), ingest.record_added(), ingest.record_changed(), ingest.record_removed(),
  ingest.announce_changes(text, bigint[]), ingest.schema_version();
