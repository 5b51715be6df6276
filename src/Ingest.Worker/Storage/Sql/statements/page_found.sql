-- A search from the command line, within days and a language; each null for all.
select article_id, published_on, source, url, title, snippet, matches, all_found
from ingest.search($1, nullif($2, '')::date, nullif($3, '')::date, nullif($4, ''), $5)
