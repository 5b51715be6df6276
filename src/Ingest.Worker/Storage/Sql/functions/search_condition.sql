create or replace function ingest.search_condition(query tsquery) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
begin
  return (
    with side as materialized (select a.needed, a.choices, cardinality(a.needed) + cardinality(a.choices) as parts from ingest.search_alternatives(query) a),
    -- Any of many words is one look into the index, not many.
    any_of as (select n.number from side s, unnest(s.needed || coalesce(s.choices[1], '{}')::integer[]) as n(number) where s.parts = 1)
    select string_agg(distinct arm.condition, ' or ')
    from (select format('ingest.search_words(s.document) && %L::integer[] and ingest.search_words(s.document) @> $1', array_agg(distinct number order by number)) from any_of having count(*) > 0
          union all
          select format('ingest.search_words(s.document) @> (%L::integer[] || $1)', s.needed)
                 || coalesce((select string_agg(format(' and ingest.search_words(s.document) && %L::integer[]', c.choice), '') from unnest(s.choices) as c(choice)), '')
          from side s where s.parts <> 1) as arm(condition));
end $$;
comment on function ingest.search_condition(tsquery) is
  'What the search index is asked for a query, as SQL of ingest.article_search s; $1 are the numbers of words that are needed besides.';
