-- As for the bodies of articles: lz4 where the server has it.
do $$
begin
  alter table ingest.articles alter column description set compression lz4;
  alter table ingest.article_search alter column document set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4; texts are compressed with pglz';
end $$;

-- Readers ask soon after writers wrote: what waits in the lists of the inverted indexes is kept short.
alter index ingest.ix_articles_authors set (gin_pending_list_limit = 512);
alter index ingest.ix_article_search_document set (gin_pending_list_limit = 8192);

insert into ingest.search_progress (only_row, scope, xid, change_id, indexed_at) values (true, 'Off', '0', 0, now());

create view ingest.source_health as
  select s.name, s.url, s.state, s.last_polled_at, s.last_success_at, s.last_news_at, s.next_poll_at, s.next_poll_reason, s.last_status, s.last_error, s.failure_weight,
         d.fetches as fetches_24h, d.failures as failures_24h, d.entries as entries_24h, d.median_ms as median_ms_24h,
         (select count(*) from ingest.page_queue q where q.source_id = s.id and q.state = 'waiting') as pages_waiting,
         case when s.state <> 'active' then s.state
              when s.last_polled_at is null then 'new'
              when s.last_error is null then 'healthy'
              when s.last_success_at > now() - interval '1 day' then 'shaky'
              else 'failing' end as health
  from ingest.sources s
  left join lateral (
    select count(*) as fetches, count(*) filter (where f.outcome = 'failed') as failures, coalesce(sum(f.entries_new), 0) as entries,
           percentile_cont(0.5) within group (order by f.duration_ms) as median_ms
    from ingest.fetches f
    where f.source_id = s.id and f.started_at > now() - interval '1 day') d on true;
comment on view ingest.source_health is 'How each source is doing: one row a source, with its last day.';
comment on column ingest.source_health.name is 'Name of the source.';
comment on column ingest.source_health.url is 'What is polled.';
comment on column ingest.source_health.state is 'active, paused, disabled or gone.';
comment on column ingest.source_health.last_polled_at is 'When it was last asked.';
comment on column ingest.source_health.last_success_at is 'When it last answered usably, 304 included.';
comment on column ingest.source_health.last_news_at is 'When a poll last brought a new or changed entry.';
comment on column ingest.source_health.next_poll_at is 'When it is due.';
comment on column ingest.source_health.next_poll_reason is 'Why it is due then, in words.';
comment on column ingest.source_health.last_status is 'HTTP status of the last poll; 0 when no answer came.';
comment on column ingest.source_health.last_error is 'Why the last poll failed; null when it did not.';
comment on column ingest.source_health.failure_weight is 'Weight of the failures since the last success.';
comment on column ingest.source_health.fetches_24h is 'Fetches of the last 24 hours, pages included.';
comment on column ingest.source_health.failures_24h is 'Failed ones among them.';
comment on column ingest.source_health.entries_24h is 'New entries that they brought.';
comment on column ingest.source_health.median_ms_24h is 'Their median duration in milliseconds.';
comment on column ingest.source_health.pages_waiting is 'Pages of its entries still to be fetched.';
comment on column ingest.source_health.health is 'healthy, shaky (fails now, answered within a day), failing, new, or the state when it is not active.';

create view ingest.articles_per_day as
  select a.published_on, s.name as source, count(*) as articles, sum(a.word_count) as words,
         count(*) filter (where a.body <> '') as with_body, count(*) filter (where a.date_source = 'first_seen') as undated
  from ingest.articles a
  left join ingest.sources s on s.id = a.source_id
  group by a.published_on, s.name;
comment on view ingest.articles_per_day is 'Articles by day and source. Ask for a range of days.';
comment on column ingest.articles_per_day.published_on is 'The publisher''s own calendar day; the day first seen for undated articles.';
comment on column ingest.articles_per_day.source is 'Name of the source that showed them first; null for imported ones.';
comment on column ingest.articles_per_day.articles is 'How many articles.';
comment on column ingest.articles_per_day.words is 'Words of their bodies.';
comment on column ingest.articles_per_day.with_body is 'How many of them have a body.';
comment on column ingest.articles_per_day.undated is 'How many of them stated no date.';

create function ingest.schema_version() returns text
  language sql stable
  return (select max(migration_id) from ingest.schema_migrations);
comment on function ingest.schema_version() is 'The schema''s version: the name of its last migration. A worker refuses a newer schema than its own.';

-- As for ingest_reader: roles belong to the whole server.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ingest_worker') then
    create role ingest_worker nologin;
    comment on role ingest_worker is 'May do what the feed ingestion worker does at run time: read and write rows, and change no schema.';
  end if;
exception
  when duplicate_object or unique_violation then
    null;
  when insufficient_privilege then
    raise warning 'the role ingest_worker could not be made (%); without it the worker runs as owner of the schema', sqlerrm;
end $$;

do $$
declare
  space text;
begin
  if exists (select from pg_roles where rolname = 'ingest_worker') then
    foreach space in array array['ingest', 'quartz'] loop
      execute format('grant usage on schema %I to ingest_worker', space);
      execute format('grant select, insert, update, delete on all tables in schema %I to ingest_worker', space);
      execute format('grant usage on all sequences in schema %I to ingest_worker', space);
      execute format('grant execute on all functions in schema %I to ingest_worker', space);
      execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to ingest_worker', space);
      execute format('alter default privileges in schema %I grant usage on sequences to ingest_worker', space);
      execute format('alter default privileges in schema %I grant execute on functions to ingest_worker', space);
    end loop;
    -- Which migrations there are is for the owner to say.
    revoke insert, update, delete on ingest.schema_migrations from ingest_worker;
    revoke execute on function ingest.rebase_changes() from ingest_worker;
  end if;
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    revoke execute on function ingest.settle_search(), ingest.rebase_changes() from ingest_reader;
  end if;
end $$;
