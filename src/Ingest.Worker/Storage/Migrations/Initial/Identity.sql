create table ingest.article_aliases (
  alias_key uuid not null,
  article_key uuid not null,
  url text not null,
  reason text not null,
  merged_id bigint,
  noticed_at timestamp with time zone not null,
  constraint pk_article_aliases primary key (alias_key),
  constraint ck_article_aliases_reason check (reason in ('canonical', 'redirect', 'moved', 'republished', 'duplicate'))
);
create index ix_article_aliases_article_key on ingest.article_aliases (article_key);
comment on table ingest.article_aliases is 'Further URLs of articles: links that moved, redirects, canonical links found on pages, duplicates that were dropped.';
comment on column ingest.article_aliases.alias_key is 'XXH128 of the folded further URL; never the key of an article.';
comment on column ingest.article_aliases.article_key is 'The article; joins articles.article_key.';
comment on column ingest.article_aliases.url is 'The further URL.';
comment on column ingest.article_aliases.reason is 'canonical, redirect, moved (same guid, other link), republished (same title and date, other guid and link) or duplicate (dropped as a near-duplicate).';
comment on column ingest.article_aliases.merged_id is 'Number of the row in articles that was merged into this article; null when there was none.';
comment on column ingest.article_aliases.noticed_at is 'When it was noticed.';

create table ingest.article_links (
  article_key uuid not null,
  other_key uuid not null,
  reason text not null,
  noticed_at timestamp with time zone not null,
  constraint pk_article_links primary key (article_key, other_key),
  constraint ck_article_links_reason check (reason in ('guid', 'canonical', 'redirect'))
);
create index ix_article_links_other_key on ingest.article_links (other_key);
comment on table ingest.article_links is 'Pairs of articles that something says are one, while their texts or dates say otherwise: both are kept.';
comment on column ingest.article_links.article_key is 'The later article; joins articles.article_key.';
comment on column ingest.article_links.other_key is 'The earlier article; joins articles.article_key.';
comment on column ingest.article_links.reason is 'guid (both had it in one source), canonical (the page of one names the other) or redirect (one leads to the other).';
comment on column ingest.article_links.noticed_at is 'When it was noticed.';

create table ingest.stories (
  id bigint not null,
  articles integer not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint pk_stories primary key (id)
);
comment on table ingest.stories is 'Groups of near-duplicates: articles of the same text, from whatever source; joined by articles.story_id.';
comment on column ingest.stories.id is 'Number of the story: that of the article that leads it, the first seen.';
comment on column ingest.stories.articles is 'How many articles tell it.';
comment on column ingest.stories.first_seen_at is 'When its leading article was first stored.';
comment on column ingest.stories.last_seen_at is 'When the last article joined.';

create table ingest.article_shingles (
  shingle integer not null,
  day date not null,
  article_id bigint not null,
  constraint pk_article_shingles primary key (shingle, day, article_id)
);
create index ix_article_shingles_day on ingest.article_shingles using brin (day);
comment on table ingest.article_shingles is 'Index for near-duplicates: a few word groups of each recent article''s text, chosen by their hash.';
comment on column ingest.article_shingles.shingle is 'Hash of a group of neighbouring words; of letters in scripts without spaces.';
comment on column ingest.article_shingles.day is 'Day (UTC) on which the text was stored, for an imported article its day of publication; rows past the window of Ingest:Duplicates are removed.';
comment on column ingest.article_shingles.article_id is 'The article; joins articles.id.';

-- Rows come in at one end and leave at the other: freed places are to be found before a fifth of the table is dead.
alter table ingest.article_shingles set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);
