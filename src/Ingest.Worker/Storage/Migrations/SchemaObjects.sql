create table ingest.schema_objects (
  name text not null,
  kind text not null,
  hash text not null,
  version text not null,
  made_at timestamp with time zone not null,
  constraint pk_schema_objects primary key (name),
  constraint ck_schema_objects_kind check (kind in ('function', 'view'))
);
comment on table ingest.schema_objects is 'The functions and views of the schema, as the worker made them last. It remakes what another version made, unless that is a newer one.';
comment on column ingest.schema_objects.name is 'Name of the function or view.';
comment on column ingest.schema_objects.kind is 'function or view.';
comment on column ingest.schema_objects.hash is 'SHA-256 of the text that made it.';
comment on column ingest.schema_objects.version is 'The version of the worker that made it.';
comment on column ingest.schema_objects.made_at is 'When it was made or replaced.';

do $$
begin
  if to_regrole('ingest_reader') is not null then grant select on ingest.schema_objects to ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then
    grant select on ingest.schema_objects to ingest_worker;
    -- As with migrations: what there is, is for the owner to say.
    revoke insert, update, delete on ingest.schema_objects from ingest_worker;
  end if;
end $$;
