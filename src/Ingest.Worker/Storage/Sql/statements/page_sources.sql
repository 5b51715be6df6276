-- A list of sources: of one health ($2, empty for all) whose names have a text in them ($3), from one name on ($4); one more than is shown.
select name, url, health, last_error, last_success_at, last_news_at, next_poll_at from (
  select s.name, s.url, s.last_error, s.last_success_at, s.last_news_at, s.next_poll_at,
         ingest.health_of(s, coalesce(cardinality(d.kinds) > 0, false), $1) as health
  from ingest.sources s left join ingest.source_drift d on d.source_id = s.id) s
where ($2 = '' or health = $2) and ($3 = '' or position(lower($3) in lower(name)) > 0) and name >= $4 order by name limit 101
