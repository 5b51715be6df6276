create table ingest.article_sketches (
  article_id bigint not null,
  day date not null,
  groups integer not null,
  smallest bytea not null,
  constraint pk_article_sketches primary key (article_id)
);
create index ix_article_sketches_day on ingest.article_sketches using brin (day);
comment on table ingest.article_sketches is 'A sample of each recent article''s text, by which most texts that share only a part are told apart without being read.';
comment on column ingest.article_sketches.article_id is 'The article; joins articles.id.';
comment on column ingest.article_sketches.day is 'Day as in article_shingles; rows past the window of Ingest:Duplicates are removed.';
comment on column ingest.article_sketches.groups is 'How many different groups of neighbouring words the text has.';
comment on column ingest.article_sketches.smallest is 'Hashes of the 64 smallest groups, four bytes each.';
alter table ingest.article_sketches set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);
