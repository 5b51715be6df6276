create table ingest.page_queue (
  article_key uuid not null,
  source_id integer not null,
  url text not null,
  slot smallint not null,
  state text not null,
  published_at timestamp with time zone,
  attempts integer not null,
  next_attempt_at timestamp with time zone not null,
  last_error text,
  queued_at timestamp with time zone not null,
  constraint pk_page_queue primary key (article_key),
  constraint fk_page_queue_sources_source_id foreign key (source_id) references ingest.sources (id) on delete cascade,
  constraint ck_page_queue_state check (state in ('waiting', 'failed', 'rejected'))
);
create index ix_page_queue_due on ingest.page_queue (slot, next_attempt_at) where state = 'waiting';
create index ix_page_queue_newest on ingest.page_queue (slot, published_at desc nulls last) where state = 'waiting';
create index ix_page_queue_source_id on ingest.page_queue (source_id);
comment on table ingest.page_queue is 'Pages still to be fetched, and those given up or rejected, so that they are not queued again.';
comment on column ingest.page_queue.article_key is 'The article that the page belongs to; it may not exist yet when the source gives links only.';
comment on column ingest.page_queue.source_id is 'The source through which the page was found.';
comment on column ingest.page_queue.url is 'What is fetched.';
comment on column ingest.page_queue.slot is 'Slot of the host, 0 to 1023.';
comment on column ingest.page_queue.state is 'waiting, failed (given up) or rejected (not an article''s page).';
comment on column ingest.page_queue.published_at is 'Date that the source states; newest pages go first.';
comment on column ingest.page_queue.attempts is 'Fetches made so far.';
comment on column ingest.page_queue.next_attempt_at is 'When it is due.';
comment on column ingest.page_queue.last_error is 'Why the last attempt failed, or the page was rejected.';
comment on column ingest.page_queue.queued_at is 'When it was queued.';

create table ingest.fetches (
  id uuid not null,
  source_id integer,
  url text not null,
  kind text not null,
  started_at timestamp with time zone not null,
  duration_ms integer not null,
  status integer not null,
  outcome text not null,
  cause text,
  failure text,
  bytes bigint not null,
  attempts integer not null,
  conditional boolean not null,
  final_url text,
  entries_new integer not null,
  entries_changed integer not null,
  entries_known integer not null,
  entries_rejected integer not null,
  node text not null,
  opt_outs text[],
  redirects text[],
  tdm_policy text,
  constraint pk_fetches primary key (id),
  constraint fk_fetches_sources_source_id foreign key (source_id) references ingest.sources (id),
  constraint ck_fetches_outcome check (outcome in ('fetched', 'not_modified', 'failed'))
);
create index ix_fetches_source_id_id on ingest.fetches (source_id desc, id desc);
create index ix_fetches_started_at on ingest.fetches using brin (started_at);
comment on table ingest.fetches is 'The ledger: one row a fetch of a source, page, archive or robots.txt.';
comment on column ingest.fetches.id is 'UUID version 7 of the fetch: sorts by time.';
comment on column ingest.fetches.source_id is 'The source that it was made for.';
comment on column ingest.fetches.url is 'The URL asked for.';
comment on column ingest.fetches.kind is 'feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), robots (robots.txt) or tdm (tdmrep.json).';
comment on column ingest.fetches.started_at is 'When it began.';
comment on column ingest.fetches.duration_ms is 'Milliseconds, retries and waits of the pipeline included.';
comment on column ingest.fetches.status is 'HTTP status; 0 when no answer came.';
comment on column ingest.fetches.outcome is 'fetched, not_modified or failed.';
comment on column ingest.fetches.cause is 'Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, Unreadable, Rejected, …; null when nothing failed.';
comment on column ingest.fetches.failure is 'What went wrong, in the fetch or in reading what it brought; null when nothing did.';
comment on column ingest.fetches.bytes is 'Bytes of the body on the wire.';
comment on column ingest.fetches.attempts is 'Requests made, retries included.';
comment on column ingest.fetches.conditional is 'Whether validators were sent.';
comment on column ingest.fetches.final_url is 'The URL that answered, when redirects led elsewhere.';
comment on column ingest.fetches.entries_new is 'Entries that were new.';
comment on column ingest.fetches.entries_changed is 'Entries that said something else than before.';
comment on column ingest.fetches.entries_known is 'Entries that were known, here or through another source.';
comment on column ingest.fetches.entries_rejected is 'Entries that cannot become articles.';
comment on column ingest.fetches.node is 'The worker that made it.';
comment on column ingest.fetches.opt_outs is 'What the publisher asks not to be done with the answer: noindex, noarchive, nosnippet, noai, tdm-reserved; null for nothing.';
comment on column ingest.fetches.redirects is 'The redirects followed, in order, each as its status and where it led; null for none.';
comment on column ingest.fetches.tdm_policy is 'The licence that a reservation of text and data mining points to, as stated; null for none.';
