-- An article as dated-article text.
select text from ingest.dated_articles where id = $1
