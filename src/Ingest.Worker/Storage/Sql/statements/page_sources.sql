-- A list of sources: of one health ($2, empty for all) whose names have a text in them ($3), from one name on ($4); one more than is shown.
select name, url, health, last_error, last_success_at, last_news_at, next_poll_at from (
  select name, url, last_error, last_success_at, last_news_at, next_poll_at,
         case when state <> 'active' then state
              when last_polled_at is null then 'new'
              when last_error is null then 'healthy'
              when last_success_at > $1 - interval '1 day' then 'shaky'
              else 'failing' end as health
  from ingest.sources) s
where ($2 = '' or health = $2) and ($3 = '' or position(lower($3) in lower(name)) > 0) and name >= $4 order by name limit 101
