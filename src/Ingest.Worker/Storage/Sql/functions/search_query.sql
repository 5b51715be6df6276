-- Dashes without a word would each deny the next, deeper than PostgreSQL goes; more words than anybody asks for would be asked for one by one.
create or replace function ingest.search_query(query text, language text default null) returns tsquery
  language sql stable parallel safe
  return (
    with asked as (
      select regexp_replace((regexp_match(regexp_replace(ingest.search_text(left(query, 1000)), E'-(?=[-\\s!&|():\\\\]|$)|-?""', ' ', 'g'), E'^\\s*(?:\\S+\\s*){0,50}'))[1], E'\\s+', ' ', 'g') as words)
    select case when language is not null then websearch_to_tsquery(ingest.search_config(language), asked.words)
      else (select string_agg(distinct '( ' || q::text || ' )', ' | ')::tsquery
            from (select websearch_to_tsquery(ingest.search_config(tag), asked.words) as q
                  from unnest('{en,de,fr,es,it,pt,nl,ru,sv,da,fi,hu,no,ro,tr,el,ar,hi,id,ga,lt,ne,ta,ca,eu,hy,sr,yi,zz}'::text[]) as tag) each_language
            where numnode(q) > 0) end
    from asked);
comment on function ingest.search_query(text, text) is
  'The words of a question as the search understands them: "quoted phrases", or, -without. Without a language, the words of every language are tried. Of a long question the first 1,000 characters and 50 words count.';
