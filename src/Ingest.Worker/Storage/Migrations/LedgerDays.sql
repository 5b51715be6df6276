-- Lines of before, unless they are few, stand aside; the housekeeping moves them into their days, a day at a time, the newest first.
-- A ledger keeps lines whatever becomes of their source, and a table that is dropped whole must not wait for those who read sources.
alter table ingest.fetches drop constraint fk_fetches_sources_source_id;
alter table ingest.fetches rename to fetches_before;
alter table ingest.fetches_before rename constraint pk_fetches to pk_fetches_before;
alter index ingest.ix_fetches_source_id_id rename to ix_fetches_before_source_id_id;
alter index ingest.ix_fetches_started_at rename to ix_fetches_before_started_at;
alter table ingest.fetches_before alter column url drop not null, add column due_at timestamp with time zone;
comment on column ingest.fetches_before.url is 'The URL asked for; null for the one that its source had then.';
comment on column ingest.fetches_before.due_at is 'When it was due; null for what has no time of its own, and for what was not waited for.';
comment on table ingest.fetches_before is 'Lines of the ledger from before it had tables by day; they move into these.';

create table ingest.fetches (like ingest.fetches_before including comments including constraints) partition by range (id);
alter table ingest.fetches add constraint pk_fetches primary key (id);
create index ix_fetches_source_id_id on ingest.fetches (source_id desc, id desc);
create index ix_fetches_started_at on ingest.fetches using brin (started_at);
comment on table ingest.fetches is 'The ledger: one row a fetch of a source, page, archive or robots.txt. In tables by day; days older than Ingest:Storage:LedgerFullDays have no rows for fetches that told of nothing, which are counted in fetch_counts.';
create table ingest.fetches_other (like ingest.fetches including all);
comment on table ingest.fetches_other is 'Lines of the ledger whose day has no table yet.';
alter table ingest.fetches attach partition ingest.fetches_other default;

create table ingest.fetch_counts (
  source_id integer not null,
  day date not null,
  kind text not null,
  status integer not null,
  fetches integer not null,
  attempts integer not null,
  bytes bigint not null,
  durations integer[] not null,
  constraint pk_fetch_counts primary key (source_id, day, kind, status)
);
create index ix_fetch_counts_day on ingest.fetch_counts using brin (day) with (pages_per_range = 32);
comment on table ingest.fetch_counts is 'The ledger''s older days: fetches that told of nothing, one row for each source, day, kind and status. fetches_per_day has these and the others.';
comment on column ingest.fetch_counts.source_id is 'The source that they were made for.';
comment on column ingest.fetch_counts.day is 'Their day (UTC).';
comment on column ingest.fetch_counts.kind is 'feed, page or robots, as in fetches.';
comment on column ingest.fetch_counts.status is 'Their HTTP status.';
comment on column ingest.fetch_counts.fetches is 'How many there were.';
comment on column ingest.fetch_counts.attempts is 'Requests made for them.';
comment on column ingest.fetch_counts.bytes is 'Bytes of their bodies on the wire.';
comment on column ingest.fetch_counts.durations is 'How many took how long: the first up to 1 ms, each further one up to the square root of two times as long. Sums of such lists are again one; duration_quantile reads them.';

do $$
declare
  one record;
begin
  -- Who might do what with the table may do it still.
  for one in
    select a.privilege_type as what, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as who, a.is_grantable
    from pg_class c, aclexplode(c.relacl) a where c.oid = 'ingest.fetches_before'::regclass and a.grantee <> c.relowner
  loop
    execute format('grant %s on ingest.fetches, ingest.fetch_counts to %s%s', one.what, one.who, case when one.is_grantable then ' with grant option' else '' end);
  end loop;

  -- And views that were made from it, ours or others', read the new one.
  for one in
    select distinct case v.relkind when 'v' then 'view' else 'materialized view' end as kind, v.oid::regclass::text as name, v.reloptions, pg_get_viewdef(v.oid) as text
    from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
    where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = 'ingest.fetches_before'::regclass
    union all
    select distinct 'function', d.objid::regprocedure::text, null::text[], '' from pg_depend d
    where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = 'ingest.fetches_before'::regclass
  loop
    if one.kind <> 'view' then
      raise exception 'the % % is made from ingest.fetches, which becomes another table: drop it, upgrade, and make it again', one.kind, one.name;
    end if;
    execute format('create or replace view %s%s as %s', one.name,
      ' with (' || nullif(array_to_string(one.reloptions, ', '), '') || ')', regexp_replace(one.text, '\mfetches_before\M', 'fetches', 'g'));
  end loop;

  if pg_relation_size('ingest.fetches_before') <= 8 << 20 then
    insert into ingest.fetches select * from ingest.fetches_before;
    drop table ingest.fetches_before;
  end if;
end $$;
