comment on schema ingest is 'Feed ingestion: sources, their articles, and how each was fetched. Read it through the role ingest_reader.';

-- lz4 costs a third of the time of pglz; a server built without it keeps pglz.
do $$
begin
  alter table ingest.articles alter column body set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4; bodies are compressed with pglz';
end $$;

create function ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) returns text
  language sql immutable parallel safe
  return ' date ' || to_char(published_on, 'YYYY-MM-DD') || ' ' || url || e'\n\n'
    || title || e'\n\n' || headline || e'\n\n' || description || e'\n\n'
    || case when body = '' then '' else body || e'\n\n' end;
comment on function ingest.dated_text(date, text, text, text, text, text) is 'One article as dated-article text.';

create view ingest.dated_articles as
  select a.id, a.published_on, a.url, s.name as source, a.language, a.date_source,
         ingest.dated_text(a.published_on, a.url, a.title, a.headline, a.description, a.body) as text
  from ingest.articles a
  left join ingest.sources s on s.id = a.source_id;
comment on view ingest.dated_articles is 'Every article as dated-article text.';
comment on column ingest.dated_articles.id is 'Number of the article.';
comment on column ingest.dated_articles.published_on is 'The publisher''s own calendar day; the day first seen (UTC) when date_source is first_seen.';
comment on column ingest.dated_articles.url is 'Canonical URL as published.';
comment on column ingest.dated_articles.source is 'Name of the source that showed it first; null for an imported article.';
comment on column ingest.dated_articles.language is 'BCP 47 tag, stated or detected.';
comment on column ingest.dated_articles.date_source is 'Where the date came from.';
comment on column ingest.dated_articles.text is 'The record: header, title, headline, description and body, each followed by a blank line.';

-- Roles belong to the whole server: the role may be there already, another database may be making it at this moment, or the owner of
-- this database may not be allowed to make it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ingest_reader') then
    create role ingest_reader nologin;
    comment on role ingest_reader is 'May read the schema ingest of feed ingestion databases, and nothing else.';
  end if;
exception
  when duplicate_object or unique_violation then
    null;
  when insufficient_privilege then
    raise warning 'the role ingest_reader could not be made (%); create it and grant select on schema ingest by hand', sqlerrm;
end $$;

do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant usage on schema ingest to ingest_reader;
    grant select on all tables in schema ingest to ingest_reader;
    grant execute on all functions in schema ingest to ingest_reader;
    alter default privileges in schema ingest grant select on tables to ingest_reader;
    alter default privileges in schema ingest grant execute on functions to ingest_reader;
  end if;
end $$;

comment on table ingest.schema_migrations is 'The schema''s version: one row a migration, written by EF Core.';
comment on column ingest.schema_migrations.migration_id is 'Name of the migration; the last one is the version.';
comment on column ingest.schema_migrations.product_version is 'Version of EF Core that applied it.';
