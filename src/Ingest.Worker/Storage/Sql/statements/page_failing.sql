-- Sources that fail now, the worst first.
select name, last_status, last_error, failure_weight, last_success_at, next_poll_at
from ingest.sources where state = 'active' and last_error is not null order by failure_weight desc, name limit 15
