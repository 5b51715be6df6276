-- Takes secrets out of URLs that were stored with them: users and passwords, and parameters that are named like a secret. The worker has them in its
-- settings. What was published with articles stays as it is, unless it repeats the secret of its source.
create function pg_temp.bare(url text) returns text language sql immutable
  return regexp_replace(url, '^(https?://)[^/?#]*@', '\1', 'i');

create function pg_temp.shown(words text) returns text language sql immutable
  return regexp_replace(
    regexp_replace(words, '(https?://)[^/?#[:space:]"<>]*@', '\1', 'gi'),
    '([?&;#](?:[^=&;#[:space:]]*(?:token|key|secret|password|passwd|passphrase|signature|credentials?|sessionid)|auth|authorization|authentication|auth[-_]?code|oauth|bearer|jwt|sig|hmac|hash|pass|pw|pwd|passcode|otp|creds?|sid|sess|session|phpsessid|ticket|access[-_]?code)(?:\[[^]=&#]*\])?=)[^&#[:space:]"<>]+',
    '\1***', 'gi');

-- And what could do something to a terminal.
create function pg_temp.line(words text) returns text language sql immutable
  return regexp_replace(pg_temp.shown(words), '[\u0001-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]', ' ', 'g');

-- Secrets of sources' URLs that came back in links; a key that is a word names a topic.
create temporary table echoes on commit drop as
  with recursive family as (
    select id, configured_url from ingest.sources where parent_id is null and strpos(configured_url, '=') > 0
    union all
    select c.id, f.configured_url from ingest.sources c join family f on c.parent_id = f.id)
  select f.id as source_id, p.pair, p.name || '=***' as hidden
  from family f, lateral (select m[1] as name, m[1] || '=' || m[2] as pair from regexp_matches(f.configured_url, '[?&]([^=&#]+)=([^&#]+)', 'g') as m) p
  where pg_temp.shown('?' || p.pair) <> '?' || p.pair and p.pair !~ '^key=[a-z-]{1,12}$';

update ingest.page_queue q set url = replace(q.url, e.pair, e.hidden) from echoes e where q.source_id = e.source_id and strpos(q.url, e.pair) > 0;
update ingest.article_sightings s set url = replace(s.url, e.pair, e.hidden), guid = replace(s.guid, e.pair, e.hidden)
from echoes e where s.source_id = e.source_id and (strpos(s.url, e.pair) > 0 or strpos(s.guid, e.pair) > 0);
update ingest.articles a set url = replace(a.url, e.pair, e.hidden) from echoes e where a.source_id = e.source_id and strpos(a.url, e.pair) > 0;
update ingest.article_aliases l set url = replace(l.url, e.pair, e.hidden)
from echoes e join ingest.articles a using (source_id) where a.article_key = l.article_key and strpos(l.url, e.pair) > 0;

-- Where permanent redirects led to a URL with a secret, the settings' own is polled again: with no configured URL on record the next synchronisation
-- takes it for another one.
update ingest.sources set
  configured_url = case when url <> configured_url and url <> pg_temp.shown(url) then 'https://moved.invalid/' else pg_temp.shown(configured_url) end,
  url = pg_temp.shown(url), validators_url = pg_temp.shown(validators_url)
where parent_id is null and (url <> pg_temp.shown(url) or configured_url <> pg_temp.shown(configured_url) or validators_url <> pg_temp.shown(validators_url));

update ingest.sources set moved_to = null, moved_seen = null, moved_since = null where moved_to <> pg_temp.shown(moved_to);

-- What was found through a source with a secret, and repeats one, is found again without it.
with recursive found as (
  select c.id, p.configured_url as root_url from ingest.sources c join ingest.sources p on p.id = c.parent_id where p.parent_id is null
  union all
  select c.id, f.root_url from ingest.sources c join found f on c.parent_id = f.id)
update ingest.sources s set state = 'disabled', url = pg_temp.shown(s.url), configured_url = pg_temp.shown(s.configured_url), validators_url = pg_temp.shown(s.validators_url)
from found f where s.id = f.id and strpos(f.root_url, '=***') > 0 and s.url <> pg_temp.shown(s.url);

update ingest.sources set url = pg_temp.bare(url), configured_url = pg_temp.bare(configured_url), validators_url = pg_temp.bare(validators_url)
where url <> pg_temp.bare(url) or configured_url <> pg_temp.bare(configured_url) or validators_url <> pg_temp.bare(validators_url);

update ingest.sources set site_url = pg_temp.bare(site_url) where site_url <> pg_temp.bare(site_url);

update ingest.sources set last_error = pg_temp.line(last_error), next_poll_reason = pg_temp.line(next_poll_reason)
where last_error <> pg_temp.line(last_error) or next_poll_reason <> pg_temp.line(next_poll_reason);

update ingest.source_events set detail = pg_temp.line(detail) where detail <> pg_temp.line(detail);

update ingest.page_queue set url = pg_temp.bare(url), last_error = pg_temp.line(last_error)
where url <> pg_temp.bare(url) or last_error <> pg_temp.line(last_error);

update ingest.fetches set
  url = pg_temp.shown(url), final_url = pg_temp.shown(final_url), failure = pg_temp.line(failure),
  redirects = (select array_agg(pg_temp.shown(r.hop) order by r.n) from unnest(redirects) with ordinality as r(hop, n))
where (strpos(url, '=') > 0 or strpos(url, '@') > 0) and url <> pg_temp.shown(url)
  or final_url <> pg_temp.shown(final_url) or failure <> pg_temp.line(failure)
  or redirects is not null and redirects::text <> pg_temp.shown(redirects::text);

drop function pg_temp.bare(text), pg_temp.shown(text), pg_temp.line(text);

comment on column ingest.source_events.kind is 'moved, renamed, gone, returned, quarantined, recovered, entries_missed, validators_doubted, validators_distrusted or validators_trusted.';
