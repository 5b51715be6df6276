create table ingest.change_days (
  day date not null,
  xid xid8 not null,
  change_id bigint not null,
  constraint pk_change_days primary key (day)
);
comment on table ingest.change_days is 'How far the log of changes had come when each day began, because changes have no time.';
comment on column ingest.change_days.day is 'The day (UTC).';
comment on column ingest.change_days.xid is 'The last change that was told by then: its transaction.';
comment on column ingest.change_days.change_id is 'The last change that was told by then: its number.';

create table ingest.change_trims (
  only_row boolean not null,
  xid xid8 not null,
  change_id bigint not null,
  times integer not null,
  constraint pk_change_trims primary key (only_row),
  constraint ck_change_trims_only_row check (only_row)
);
comment on table ingest.change_trims is 'One row: up to where the log of changes is trimmed. Up to there it has the last change of each article that is there.';
comment on column ingest.change_trims.only_row is 'Always true: there is one row.';
comment on column ingest.change_trims.xid is 'The last change that was looked at: its transaction.';
comment on column ingest.change_trims.change_id is 'The last change that was looked at: its number.';
comment on column ingest.change_trims.times is 'How often it was trimmed. A cursor names it, so that changes_since knows whether it is older.';
insert into ingest.change_trims (only_row, xid, change_id, times) values (true, '0', 0, 0);

do $$
begin
  if to_regrole('ingest_reader') is not null then grant select on ingest.change_days, ingest.change_trims to ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant select, insert, update, delete on ingest.change_days, ingest.change_trims to ingest_worker; end if;
end $$;
