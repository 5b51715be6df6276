-- Sources without news for ten times as long as usual, and a day at least.
select name, last_news_at, news_gap, next_poll_at
from ingest.sources
where state = 'active' and news_gap > '0' and last_news_at < $1 - greatest(interval '1 day', 10 * news_gap)
order by extract(epoch from $1 - last_news_at) / extract(epoch from news_gap) desc, name limit 15
