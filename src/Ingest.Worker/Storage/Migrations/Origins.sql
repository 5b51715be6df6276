comment on column ingest.articles.title_source is 'Where the title came from: feed, heading, json-ld, microdata, opengraph, meta, html, archive or none.';
comment on column ingest.articles.body_source is 'Where the body came from: html, json-ld, microdata, feed-content, feed-summary, archive or none.';
comment on column ingest.fetches.cause is 'Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, …, the name of an unexpected error, Unreadable (no feed), Rejected (no article''s page) or Refused (PostgreSQL does not take it); null when nothing failed.';
