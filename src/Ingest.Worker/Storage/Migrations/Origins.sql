comment on column ingest.articles.title_source is 'Where the title came from: feed, heading, json-ld, microdata, opengraph, meta, html, archive or none.';
comment on column ingest.articles.body_source is 'Where the body came from: html, json-ld, microdata, feed-content, feed-summary, archive or none.';
comment on column ingest.fetches.cause is 'Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, …, the name of an unexpected error, Unreadable (no feed), Rejected (no article''s page) or Refused (PostgreSQL does not take it); null when nothing failed.';
comment on column ingest.articles.body is 'Paragraphs separated by one blank line; may be empty.';
comment on table ingest.refusals is 'What was skipped so that its neighbours need not wait: one row for each entry, page or article that PostgreSQL refused or that could not be read. status counts them.';
comment on table ingest.schema_objects is 'The functions and views of the schema, as the worker made them last. It remakes what another version made, unless that is a newer one.';
comment on column ingest.articles.article_key is 'Identity: XXH128 of the folded URL; of articles that share a URL, together with title and day.';
