-- What metrics tell of the database: name, label and value. One pass over the sources; of large tables what PostgreSQL estimates, or what a partial index holds.
-- What has no row is 0.
with s as materialized (
  select s.state, s.next_poll_at, ingest.health_of(s, coalesce(cardinality(d.kinds) > 0, false), $1) as health
  from ingest.sources s left join ingest.source_drift d on d.source_id = s.id
), due as (
  select count(*) as sources, extract(epoch from $1 - min(next_poll_at)) as longest from s where state = 'active' and next_poll_at <= $1
), waiting as (
  select count(*) as pages, count(*) filter (where next_attempt_at <= $1) as due, extract(epoch from $1 - min(next_attempt_at)) as longest
  from ingest.page_queue where state = 'waiting'
), behind as (
  -- Counted up to a bound: what is beyond it is told by the time.
  select (select count(*) from (select 1 from ingest.article_changes c where (c.xid, c.id) > (p.xid, p.change_id) limit 100000) pending) as changes,
         extract(epoch from $1 - p.indexed_at) as seconds
  from ingest.search_progress p where p.scope <> 'Off'
)
select 'sources', health, count(*)::float8 from s group by health
union all select 'sources.due', '', sources from due
union all select 'sources.due.longest', '', greatest(longest, 0) from due
union all select 'visits.lateness', '', coalesce(percentile_disc(0.99) within group (order by extract(epoch from started_at - due_at)::float8), 0)
  from ingest.fetches where id >= ingest.fetch_id($1 - interval '1 hour') and kind = 'feed' and due_at is not null
union all select 'pages.waiting', '', pages from waiting
union all select 'pages.due', '', due from waiting
union all select 'pages.due.longest', '', greatest(longest, 0) from waiting
union all select 'search.behind', '', changes from behind
union all select 'search.lag', '', case when changes = 0 then 0 else greatest(seconds, 0) end from behind
union all select 'refusals', '', count(*) from ingest.refusals
union all select 'holds', '', count(*) from ingest.host_holds where not_before > $1
union all select 'rows', relname, greatest(reltuples, 0) from pg_class
  where relnamespace = 'ingest'::regnamespace and relname in ('articles', 'article_revisions', 'stories', 'page_queue')
union all select 'rows', 'fetches', coalesce(sum(greatest(c.reltuples, 0)), 0) from pg_partition_tree('ingest.fetches') t join pg_class c on c.oid = t.relid
union all select 'size', relname, pg_total_relation_size(oid) from pg_class
  where relnamespace = 'ingest'::regnamespace and relname in ('articles', 'article_revisions', 'article_search')
union all select 'size', 'fetches', sum(pg_total_relation_size(relid)) from pg_partition_tree('ingest.fetches')
union all select 'size', 'database', pg_database_size(current_database())
union all select 'workers', '', count(*) from quartz.qrtz_scheduler_state
  where last_checkin_time > 621355968000000000 + (extract(epoch from $1) * 10000000)::bigint - 600000000
union all select 'webhook.sent', name, sent from ingest.webhooks where state <> 'removed'
union all select 'webhook.failed', name, failed from ingest.webhooks where state <> 'removed'
union all select 'webhook.given_up', name, given_up from ingest.webhooks where state <> 'removed'
union all select 'webhook.disabled', name, (state = 'disabled')::int from ingest.webhooks where state <> 'removed'
union all select 'webhook.lag', w.name, case
    when exists (select from ingest.article_changes c
      where (c.xid, c.id) > (coalesce(nullif(split_part(w.cursor, '.', 2), ''), '0')::xid8, coalesce(nullif(split_part(w.cursor, '.', 3), ''), '0')::bigint))
      or exists (select from ingest.source_events e where e.xid is not null
        and (e.xid, e.id) > (split_part(w.event_cursor, '.', 2)::xid8, split_part(w.event_cursor, '.', 3)::bigint))
    then greatest(extract(epoch from $1 - w.caught_up_at), 0) else 0 end
  from ingest.webhooks w where w.state = 'active'
