-- Writes what is usual with the articles of sources, and what has changed; $9 is the time.
insert into ingest.source_drift as d (source_id, kinds, since, usual_words, last_articles, beginnings, seen, shares, evidence, updated_at)
select x.source_id, string_to_array(x.kinds, chr(31)), case when x.kinds <> '' then $9 end, x.words, string_to_array(x.articles, ' ')::bigint[],
       string_to_array(x.beginnings, ' ')::bigint[], string_to_array(x.seen, ' ')::integer[], string_to_array(x.shares, ' ')::real[],
       string_to_array(x.evidence, ' ')::real[], $9
from unnest($1, $2, $3, $4, $5, $6, $7, $8) as x(source_id, kinds, words, articles, beginnings, seen, shares, evidence)
on conflict (source_id) do update set
  kinds = excluded.kinds, since = case when excluded.kinds = '{}' then null else coalesce(d.since, excluded.since) end,
  usual_words = excluded.usual_words, last_articles = excluded.last_articles, beginnings = excluded.beginnings, seen = excluded.seen, shares = excluded.shares,
  evidence = excluded.evidence, updated_at = excluded.updated_at
