-- Where the webhooks of the settings ($1 their names, $2 their URLs) stand at a time ($3). A new one begins with what happens from now on ($4 the end of the log of changes); one whose URL is another
-- begins again where its receiver had answered 410; and after a restore, events are followed from their end.
with ended as (
  select e.epoch, e.epoch || '.' || coalesce(v.xid::text || '.' || v.id, '0.0') as cursor
  from ingest.change_epoch e left join lateral (
    select o.xid, o.id from ingest.source_events o where o.xid is not null and o.xid < pg_snapshot_xmin(pg_current_snapshot()) order by o.xid desc, o.id desc limit 1) v on true
), left_settings as (
  update ingest.webhooks set state = 'removed' where state <> 'removed' and name <> all($1)
)
insert into ingest.webhooks as w (name, url, state, cursor, event_cursor, caught_up_at, created_at)
select x.name, x.url, 'active', $4, ended.cursor, $3, $3 from unnest($1, $2) as x(name, url) cross join ended
on conflict (name) do update set
  url = excluded.url,
  state = case when w.state = 'disabled' and w.url = excluded.url then w.state else 'active' end,
  attempts = case when w.url = excluded.url then w.attempts else 0 end,
  next_attempt_at = case when w.url = excluded.url then w.next_attempt_at end,
  event_cursor = case when split_part(w.event_cursor, '.', 1) = split_part(excluded.event_cursor, '.', 1) then w.event_cursor else excluded.event_cursor end
  where w.url <> excluded.url or w.state = 'removed' or split_part(w.event_cursor, '.', 1) <> split_part(excluded.event_cursor, '.', 1)
