-- What is due next, and why then.
select name, next_poll_at, next_poll_reason from ingest.sources where state = 'active' order by next_poll_at, name limit 10
