create table ingest.page_validators (
  article_key uuid not null,
  url text not null,
  etag text,
  last_modified text,
  read_at timestamp with time zone not null,
  constraint pk_page_validators primary key (article_key)
);
create index ix_page_validators_read_at on ingest.page_validators using brin (read_at) with (autosummarize = on);
comment on table ingest.page_validators is 'Validators of the pages that articles were read from, for two weeks: a page that is visited again is asked for only if it changed.';
comment on column ingest.page_validators.article_key is 'The article that was read from the page.';
comment on column ingest.page_validators.url is 'The URL that sent them, after redirects: they are sent to no other.';
comment on column ingest.page_validators.etag is 'ETag of the page, byte for byte.';
comment on column ingest.page_validators.last_modified is 'Last-Modified of the page, byte for byte.';
comment on column ingest.page_validators.read_at is 'When the page was last read as a whole; a 304 does not change it, so that none is believed for longer than two weeks.';

create table ingest.robots_files (
  origin text not null,
  state text not null,
  body bytea,
  etag text,
  last_modified text,
  validators_url text,
  checked_at timestamp with time zone not null,
  use_until timestamp with time zone not null,
  out_of_reach_since timestamp with time zone,
  failure text,
  constraint pk_robots_files primary key (origin),
  constraint ck_robots_files_state check (state in ('read', 'none', 'unreached'))
);
create index ix_robots_files_checked_at on ingest.robots_files (checked_at);
comment on table ingest.robots_files is 'Copies of robots.txt, shared by all workers and kept across restarts (RFC 9309, section 2.4): asked for again, conditionally, when they are no longer to be used.';
comment on column ingest.robots_files.origin is 'Scheme, host and port that it binds.';
comment on column ingest.robots_files.state is 'read (body is its text), none (the site has none: everything may be fetched) or unreached (it was never answered).';
comment on column ingest.robots_files.body is 'Its bytes; null unless it was read.';
comment on column ingest.robots_files.etag is 'ETag of the copy, byte for byte.';
comment on column ingest.robots_files.last_modified is 'Last-Modified of the copy, byte for byte.';
comment on column ingest.robots_files.validators_url is 'The URL that sent the validators, after redirects.';
comment on column ingest.robots_files.checked_at is 'When it was last asked for.';
comment on column ingest.robots_files.use_until is 'Until when that answer counts, a day at the most.';
comment on column ingest.robots_files.out_of_reach_since is 'Since when it cannot be read; null when it can. Meanwhile the copy goes on to count; a site without one is free after 30 days.';
comment on column ingest.robots_files.failure is 'Why it could not be read the last time; null when it could.';

create table ingest.guesses (
  source_id integer not null,
  url text not null,
  asked_at timestamp with time zone not null,
  status integer not null,
  outcome text not null,
  constraint pk_guesses primary key (source_id, url),
  constraint fk_guesses_sources_source_id foreign key (source_id) references ingest.sources (id) on delete cascade,
  constraint ck_guesses_outcome check (outcome in ('feed', 'none', 'failed'))
);
comment on table ingest.guesses is 'Addresses at which a feed was looked for, of sources that are pages without one: each is asked once, one a visit, and again after four weeks.';
comment on column ingest.guesses.source_id is 'The source whose page announces no feed.';
comment on column ingest.guesses.url is 'The guessed address.';
comment on column ingest.guesses.asked_at is 'When it was last asked.';
comment on column ingest.guesses.status is 'HTTP status of the answer; 0 for none.';
comment on column ingest.guesses.outcome is 'feed (it became a source of its own), none (there is no feed) or failed (no answer that tells: asked again after a day).';

alter table ingest.sources add column guess_at timestamp with time zone;
comment on column ingest.sources.guess_at is 'When the next guessed address is asked, at the earliest; null when there is nothing to guess.';

comment on column ingest.fetches.kind is 'feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), guess (an address at which a feed may be), robots (robots.txt) or tdm (tdmrep.json).';

-- The first of the guesses became a source whether there was a feed or not, and was asked again and again. Those of pages that announce it are active again with the next change of the page.
update ingest.sources s set state = 'disabled', updated_at = now()
where s.parent_id is not null and s.state = 'active' and s.last_success_at is null and s.last_status between 400 and 499 and s.last_status <> 429
  and s.url ~ '^https?://[^/]+/feed/$';

do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant select on ingest.page_validators, ingest.robots_files, ingest.guesses to ingest_reader;
  end if;
  if exists (select from pg_roles where rolname = 'ingest_worker') then
    grant select, insert, update, delete on ingest.page_validators, ingest.robots_files, ingest.guesses to ingest_worker;
  end if;
end $$;
