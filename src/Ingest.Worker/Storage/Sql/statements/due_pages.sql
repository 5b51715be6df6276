-- Due pages of some slots ($1) by a time ($2): the newest articles', and those that have waited longest. $3 in all, $4 of a slot; not those of hosts ($5) and sources ($6).
-- Both ways lead through an index of their own, slot by slot: what is picked costs the same behind a thousand pages and behind a million. Validators are sent for $7.
-- A large text does not wait in memory with the many that are picked at a time: its size is told instead.
with newest as (
  select n.* from unnest($1) as slots(slot) cross join lateral (
    select q.article_key, q.published_at from ingest.page_queue q
    where q.state = 'waiting' and q.slot = slots.slot and q.next_attempt_at <= $2 and split_part(q.url, '/', 3) <> all($5) and q.source_id <> all($6)
    order by q.published_at desc nulls last limit $4) n
  order by n.published_at desc nulls last limit $3),
oldest as (
  select o.* from unnest($1) as slots(slot) cross join lateral (
    select q.article_key, q.next_attempt_at from ingest.page_queue q
    where q.state = 'waiting' and q.slot = slots.slot and q.next_attempt_at <= $2 and split_part(q.url, '/', 3) <> all($5) and q.source_id <> all($6)
    order by q.next_attempt_at limit ($4 + 3) / 4) o
  order by o.next_attempt_at limit ($3 + 3) / 4)
select newest.article_key is not null, q.article_key, q.source_id, q.url, q.attempts, q.next_attempt_at,
  case when a.id is null then octet_length(l.body) + octet_length(l.description) end, v.url, v.etag, v.last_modified,
  {article_columns}
from newest full join oldest using (article_key) join ingest.page_queue q using (article_key) left join ingest.articles l using (article_key)
left join ingest.articles a on a.id = l.id and octet_length(l.body) + octet_length(l.description) <= 16384
left join ingest.page_validators v on v.article_key = q.article_key and l.page_state = 'read' and v.read_at > $2 - $7 and v.read_at <= $2
order by q.published_at desc nulls last, q.next_attempt_at
