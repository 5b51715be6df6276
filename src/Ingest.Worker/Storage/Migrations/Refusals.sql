create table ingest.refusals (
  work text not null,
  subject uuid not null,
  kind text not null,
  url text not null,
  source_id integer,
  article_id bigint,
  sql_state text not null,
  reason text not null,
  version text not null,
  times integer not null default 1,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint pk_refusals primary key (work, subject),
  constraint ck_refusals_work check (work in ('visit', 'page', 'search', 'retention'))
);
comment on table ingest.refusals is 'What was skipped so that its neighbours need not wait: one row for each entry, page or article that PostgreSQL refused or that could not be read. status counts them.';
comment on column ingest.refusals.work is 'What could not be done: visit (store an entry of a source), page (store what a page gave), search (index an article; a later version tries again) or retention (archive and remove an article).';
comment on column ingest.refusals.subject is 'What it is about: the key of the article (articles.article_key), for other rows the XXH128 of their name.';
comment on column ingest.refusals.kind is 'The kind of row: article, found source, deletion or event.';
comment on column ingest.refusals.url is 'URL of the article, or name of the row.';
comment on column ingest.refusals.source_id is 'The source through which it came; null for none.';
comment on column ingest.refusals.article_id is 'Number of the article, where it is stored.';
comment on column ingest.refusals.sql_state is 'PostgreSQL''s code of the error; XX000 where the worker could not read the row.';
comment on column ingest.refusals.reason is 'What PostgreSQL said.';
comment on column ingest.refusals.version is 'The version of the worker that was refused last.';
comment on column ingest.refusals.times is 'How often it was refused.';
comment on column ingest.refusals.first_at is 'When it was first refused.';
comment on column ingest.refusals.last_at is 'When it was last refused.';

do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant select on ingest.refusals to ingest_reader;
  end if;
  if exists (select from pg_roles where rolname = 'ingest_worker') then
    grant select, insert, update, delete on ingest.refusals to ingest_worker;
  end if;
end $$;

-- Text search lowers letters by the locale of the database: C knows no other than those of ASCII, and Turkish has its own i. There the functions fold them from here on, and
-- documents have to be made again.
update ingest.search_progress set xid = '0', change_id = 0
where not to_tsvector('pg_catalog.simple', U&'\00C0\00DC\0141 \0391\03A9 \0411\042F INDIA')
  @@ replace(U&'\00E0\00FC\0142 \03B1\03C9 \0431\044F india', ' ', ' & ')::tsquery;

-- The first and the last day of the calendar were kept as no day at all, with which nothing can be reckoned.
update ingest.articles set published_on = case when published_on = 'infinity' then date '9999-12-31' else date '0001-01-01' end
where published_on in ('infinity', '-infinity');

-- Days in documents were spelled as the session had it; a document that has another spelling is a reason to make all of them again.
update ingest.search_progress set xid = '0', change_id = 0
where exists (
  select from (select s.document, s.published_on from ingest.article_search s order by s.article_id limit 100) first
  where not first.document @@ quote_literal('@' || to_char(first.published_on::timestamp, 'YYYY-MM-DD'))::tsquery);
