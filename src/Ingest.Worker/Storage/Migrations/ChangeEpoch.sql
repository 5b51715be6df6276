create table ingest.change_epoch (
  only_row boolean not null,
  epoch text not null,
  began_at timestamp with time zone not null,
  constraint pk_change_epoch primary key (only_row),
  constraint ck_change_epoch_only_row check (only_row),
  constraint ck_change_epoch_epoch check (epoch ~ '^[0-9a-f]{8}$')
);
comment on table ingest.change_epoch is 'One row: which numbering of transactions the log of changes has. rebase_changes() begins another, and cursors of the one before are refused.';
comment on column ingest.change_epoch.only_row is 'Always true: there is one row.';
comment on column ingest.change_epoch.epoch is 'Its name, by chance; every cursor of changes_since begins with it.';
comment on column ingest.change_epoch.began_at is 'When it began.';
insert into ingest.change_epoch (only_row, epoch, began_at) values (true, left(gen_random_uuid()::text, 8), now());

do $$
begin
  if to_regrole('ingest_reader') is not null then grant select on ingest.change_epoch to ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then
    grant select on ingest.change_epoch to ingest_worker;
    -- A log is renumbered by its owner.
    revoke insert, update, delete on ingest.change_epoch from ingest_worker;
  end if;
end $$;
