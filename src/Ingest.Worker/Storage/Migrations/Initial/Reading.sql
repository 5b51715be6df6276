create table ingest.article_changes (
  xid xid8 not null,
  id bigint generated always as identity,
  kind text not null,
  article_id bigint not null,
  revision integer not null,
  constraint pk_article_changes primary key (xid, id),
  constraint ck_article_changes_kind check (kind in ('added', 'completed', 'revised', 'marked', 'removed'))
);
comment on table ingest.article_changes is 'The log of changes to articles, kept by triggers; read it with changes_since.';
comment on column ingest.article_changes.xid is 'The transaction that made the change.';
comment on column ingest.article_changes.id is 'Orders the changes of one transaction.';
comment on column ingest.article_changes.kind is 'added, completed (from its page), revised (by its publisher), marked (gone, retracted, joined a story) or removed.';
comment on column ingest.article_changes.article_id is 'The article; joins articles.id unless it was removed.';
comment on column ingest.article_changes.revision is 'The article''s version after the change.';

create table ingest.article_search (
  article_id bigint not null,
  published_on date not null,
  document tsvector not null,
  constraint pk_article_search primary key (article_id)
);
comment on table ingest.article_search is 'What search() finds articles by. Filled a moment after an article changed; Ingest:Search says with what.';
comment on column ingest.article_search.article_id is 'The article; joins articles.id.';
comment on column ingest.article_search.published_on is 'Its day.';
comment on column ingest.article_search.document is 'Its words with their weights, and its language, day, month and year as words that begin with @.';

do $$
begin
  alter table ingest.article_search alter column document set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4; documents are compressed with pglz';
end $$;

-- The index needs the function; what it is now is in Sql/functions.
create function ingest.search_words(document tsvector) returns integer[]
  language plpgsql immutable parallel safe as $$
declare
  words integer[] := '{}';
  word text;
begin
  foreach word in array tsvector_to_array(document) loop words := words || hashtext(word); end loop;
  return words;
end $$;

-- Numbers are compared where they are, words have to be fetched from wherever they are in memory: that was a third of what indexing cost. The list in which additions
-- wait is emptied after each round; the longer it may become, the more articles of a long round share the visit of a word's place.
create index ix_article_search_words on ingest.article_search using gin (ingest.search_words(document)) with (gin_pending_list_limit = 65536);

create table ingest.search_progress (
  only_row boolean not null,
  scope text not null,
  xid xid8 not null,
  change_id bigint not null,
  indexed_at timestamp with time zone not null,
  constraint pk_search_progress primary key (only_row),
  constraint ck_search_progress_only_row check (only_row)
);
comment on table ingest.search_progress is 'One row: how far the search index has followed the log of changes.';
comment on column ingest.search_progress.only_row is 'Always true: there is one row.';
comment on column ingest.search_progress.scope is 'What is indexed: Off, Headlines or Body.';
comment on column ingest.search_progress.xid is 'The last change that is indexed: its transaction.';
comment on column ingest.search_progress.change_id is 'The last change that is indexed: its number.';
comment on column ingest.search_progress.indexed_at is 'When the index was last brought up to date.';
insert into ingest.search_progress (only_row, scope, xid, change_id, indexed_at) values (true, 'Off', '0', 0, now());
