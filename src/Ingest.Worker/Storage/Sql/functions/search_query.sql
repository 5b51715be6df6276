create or replace function ingest.search_query(query text, language text default null) returns tsquery
  language sql stable parallel safe
  return (select p.matched from ingest.search_parse(query, language) as p);
comment on function ingest.search_query(text, text) is
  'The words of a question as the search understands them: "quoted phrases", or, -without. Without a language, each word counts in its forms of every language. Of a long question the first 1,000 characters and 50 words count, and of these about 120 forms; a question that only excludes asks for nothing.';
