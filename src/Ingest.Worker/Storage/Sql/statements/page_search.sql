-- A search, as everybody's.
select article_id, published_on, source, title, snippet from ingest.search($1, max_rows => 30)
