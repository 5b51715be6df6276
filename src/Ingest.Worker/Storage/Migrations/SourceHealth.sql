alter table ingest.sources
  add column silent_from timestamp with time zone,
  add column gaps_seen integer not null default 0,
  add column usual_gap interval,
  add column longest_gap interval;
comment on column ingest.sources.silent_from is 'From then on the source is silent if nothing new is there by then: it leaves no such gap by itself. Null while too little is known.';
comment on column ingest.sources.gaps_seen is 'Gaps between two pieces of news from which usual_gap and longest_gap were learnt.';
comment on column ingest.sources.usual_gap is 'Mean of the last of these gaps, in active time; null before the first.';
comment on column ingest.sources.longest_gap is 'The longest of them, which fades with a half-life of 400 days.';

comment on column ingest.source_events.kind is 'moved, renamed, gone, returned, quarantined, failing (it has not answered for a day), recovered, silent (no news for longer than it leaves gaps by itself), heard (news again after that), drifting (its articles are no longer what they were), steady (they are again, or it is usual by now), entries_missed, validators_doubted, validators_distrusted or validators_trusted.';

create table ingest.source_drift (
  source_id integer not null,
  kinds text[] not null default '{}',
  since timestamp with time zone,
  usual_words double precision not null default 0,
  last_articles bigint[] not null default '{}',
  beginnings bigint[] not null default '{}',
  seen integer[] not null,
  shares real[] not null,
  evidence real[] not null,
  updated_at timestamp with time zone not null,
  constraint pk_source_drift primary key (source_id),
  constraint fk_source_drift_sources_source_id foreign key (source_id) references ingest.sources (id) on delete cascade,
  constraint ck_source_drift_kinds check (kinds <@ array['empty', 'short', 'undated', 'repeated', 'rejected'])
);
comment on table ingest.source_drift is 'What is usual with the articles of each source, and in what the last ones differ. Arrays have one element a kind: empty, short, undated, repeated, rejected.';
comment on column ingest.source_drift.source_id is 'The source.';
comment on column ingest.source_drift.kinds is 'In what its articles are no longer what they were: empty (no text), short (texts of less than a quarter of the usual words), undated (no date is stated), repeated (texts begin like those before: a template) or rejected (pages are none of articles).';
comment on column ingest.source_drift.since is 'When the first of these was noticed; null while there are none.';
comment on column ingest.source_drift.usual_words is 'Geometric mean of the words of its articles that have a text.';
comment on column ingest.source_drift.last_articles is 'The last articles that have a text, the newest first; joins articles.id.';
comment on column ingest.source_drift.beginnings is 'Hashes of how their texts begin.';
comment on column ingest.source_drift.seen is 'Articles that were watched.';
comment on column ingest.source_drift.shares is 'The share of its articles that usually has the fault.';
comment on column ingest.source_drift.evidence is 'What the last articles say for a sudden fault in nearly all: a sum, from 14 on it drifts, until it is 0 again.';
comment on column ingest.source_drift.updated_at is 'When an article was last taken in.';

create table ingest.drift_progress (
  only_row boolean not null default true,
  cursor text not null,
  pages_until timestamp with time zone not null,
  constraint pk_drift_progress primary key (only_row),
  constraint ck_drift_progress_only_row check (only_row)
);
insert into ingest.drift_progress (cursor, pages_until) values ('', now());
comment on table ingest.drift_progress is 'One row: how far source_drift has followed the log of changes.';
comment on column ingest.drift_progress.only_row is 'Always true: there is one row.';
comment on column ingest.drift_progress.cursor is 'Cursor of changes_since after the last change that was taken in; empty before the first.';
comment on column ingest.drift_progress.pages_until is 'Fetches of pages that began before then were taken in.';

do $$
begin
  if to_regrole('ingest_reader') is not null then grant select on ingest.source_drift, ingest.drift_progress to ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then
    grant select, insert, update, delete on ingest.source_drift, ingest.drift_progress to ingest_worker;
  end if;
end $$;
