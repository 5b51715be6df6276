create or replace function ingest.schema_version() returns text
  language sql stable
  return (select max(migration_id) from ingest.schema_migrations);
comment on function ingest.schema_version() is 'The schema''s version: the name of its last migration. A worker refuses a newer schema than its own.';
