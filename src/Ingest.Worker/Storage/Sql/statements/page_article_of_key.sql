-- The article of a folded URL, or of one of its further URLs; those that share a URL stand under it alone. The newest first.
select id from ingest.articles
where article_key = $1 or article_key = any(array(select l.article_key from ingest.article_aliases l where l.alias_key = $1))
union
select id from ingest.articles where host = $3 and url = $2
order by id desc limit 20
