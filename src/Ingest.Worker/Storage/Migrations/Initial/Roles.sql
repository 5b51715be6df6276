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
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant usage on schema ingest to ingest_reader;
    grant select on all tables in schema ingest to ingest_reader;
    grant execute on all functions in schema ingest to ingest_reader;
    alter default privileges in schema ingest grant select on tables to ingest_reader;
    alter default privileges in schema ingest grant execute on functions to ingest_reader;
  end if;
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
  end if;
end $$;
