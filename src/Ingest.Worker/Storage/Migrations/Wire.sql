alter table ingest.host_holds add column pause interval;
comment on column ingest.host_holds.pause is 'The pause after its last refusal: it doubles with each, from a minute to an hour, until the site answers; null when it has answered since, or said itself how long.';

create table ingest.https_hosts (
  host text not null,
  until timestamp with time zone not null,
  noted_at timestamp with time zone not null,
  constraint pk_https_hosts primary key (host)
);
comment on table ingest.https_hosts is 'Hosts that led from http to https and promised to stay there (HSTS, RFC 6797): they are asked over https from the first request on.';
comment on column ingest.https_hosts.host is 'Name of the host; on the ports of the schemes.';
comment on column ingest.https_hosts.until is 'When the promise ends: a year after it was made at most.';
comment on column ingest.https_hosts.noted_at is 'When it was made, or last renewed.';

do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant select on ingest.https_hosts to ingest_reader;
  end if;
  if exists (select from pg_roles where rolname = 'ingest_worker') then
    grant select, insert, update, delete on ingest.https_hosts to ingest_worker;
  end if;
end $$;

-- A tag that means anything was answered with 304 for ever.
update ingest.sources set etag = null where regexp_replace(etag, '"[^"]*"', 'q', 'g') ~ '(^|,)[ \t]*([Ww]/)?\*[ \t]*(,|$)';

comment on column ingest.sources.etag is 'ETag of the last full answer, byte for byte; where mirrors with tags of their own take turns, the tags of each, the newest first.';
comment on column ingest.fetches.attempts is 'Requests made, retries included; 0 also where the answer was that to another source with the same URL.';
