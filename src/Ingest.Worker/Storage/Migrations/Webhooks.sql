create table ingest.webhooks (
  name text not null,
  url text not null,
  state text not null,
  cursor text not null,
  event_cursor text not null,
  sent bigint not null default 0,
  failed bigint not null default 0,
  given_up bigint not null default 0,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone,
  last_error text,
  last_sent_at timestamp with time zone,
  caught_up_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint pk_webhooks primary key (name),
  constraint ck_webhooks_state check (state in ('active', 'disabled', 'removed'))
);
comment on table ingest.webhooks is 'Where each webhook of the settings (Ingest:Webhooks) stands. Its messages come from changes_since and source_events.';
comment on column ingest.webhooks.name is 'Name in the settings.';
comment on column ingest.webhooks.url is 'Where it posts to, without what is secret.';
comment on column ingest.webhooks.state is 'active, disabled (its receiver answered 410; another Url in the settings begins again) or removed (left the settings, or is switched off in them; it goes on from its cursor when it comes back).';
comment on column ingest.webhooks.cursor is 'Cursor of changes_since after the last change that was delivered, or that it does not want.';
comment on column ingest.webhooks.event_cursor is 'As cursor, of source_events: epoch, transaction and number.';
comment on column ingest.webhooks.sent is 'Messages that were delivered, those that were delivered again included.';
comment on column ingest.webhooks.failed is 'Deliveries that failed and were tried again.';
comment on column ingest.webhooks.given_up is 'Messages that the receiver refused again and again, so that those behind them go on.';
comment on column ingest.webhooks.attempts is 'Deliveries of the next message that failed in a row.';
comment on column ingest.webhooks.next_attempt_at is 'When it is tried again; null for at once.';
comment on column ingest.webhooks.last_error is 'Why the last delivery failed; null when it did not.';
comment on column ingest.webhooks.last_sent_at is 'When a message was last delivered.';
comment on column ingest.webhooks.caught_up_at is 'When there was last nothing left to deliver, to the minute.';
comment on column ingest.webhooks.created_at is 'When it was first seen in the settings; it tells of what happened since.';

-- Events of before keep a null, and are told to nobody.
alter table ingest.source_events add column xid xid8;
alter table ingest.source_events alter column xid set default pg_current_xact_id();
create index ix_source_events_xid_id on ingest.source_events (xid, id) where xid is not null;
comment on column ingest.source_events.xid is 'The transaction that wrote it: whoever follows reads those of transactions that are over, in the order of (xid, id). Null for events of before there were webhooks.';

do $$
begin
  if to_regrole('ingest_reader') is not null then grant select on ingest.webhooks to ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant select, insert, update, delete on ingest.webhooks to ingest_worker; end if;
end $$;
