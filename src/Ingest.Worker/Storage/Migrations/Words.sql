-- Numbers are compared where they are, words have to be fetched from wherever they are in memory: that was a third of what indexing cost. The list in which additions
-- wait is emptied after each round; the longer it may become, the more articles of a long round share the visit of a word's place.
create function ingest.search_words(document tsvector) returns integer[]
  language plpgsql immutable parallel safe as $$
declare
  words integer[] := '{}';
  word text;
begin
  foreach word in array tsvector_to_array(document) loop words := words || hashtext(word); end loop;
  return words;
end $$;
comment on function ingest.search_words(tsvector) is 'The words of a document as the numbers (hashtext) that the search index holds.';

drop index ingest.ix_article_search_document;
create index ix_article_search_words on ingest.article_search using gin (ingest.search_words(document)) with (gin_pending_list_limit = 65536);

create function ingest.search_alternatives(query tsquery) returns setof integer[]
  language plpgsql immutable parallel safe as $$
declare
  signs text;
  simpler text;
begin
  -- Each word by its number, so that nothing in it looks like a sign.
  select string_agg(coalesce(hashtext(replace(replace(part[1], '''''', ''''), '\\', '\'))::text, left(part[2], 1)), ' ' order by place) into signs
  from regexp_matches(query::text, '''((?:[^''\\]|''''|\\\\)*)''(?::[*ABCD]+)?|([|&!()]|<[^>]*>)', 'g') with ordinality as parts(part, place);
  -- What is excluded need not be there, nor one of several in brackets.
  loop
    simpler := regexp_replace(signs, '! -?\d+|! \( [^()]*\)|\( [^()|]*\|[^()]*\)', '', 'g');
    simpler := regexp_replace(simpler, '(?<!! )\( ([^()|!]*)\)', '\1', 'g');
    exit when simpler is not distinct from signs;
    signs := simpler;
  end loop;
  return query
    select array(select word[1]::integer from regexp_matches(alternative, '-?\d+', 'g') as words(word))
    from regexp_split_to_table(signs, '\|') as alternatives(alternative);
end $$;
comment on function ingest.search_alternatives(tsquery) is
  'The words that a document must have, all of at least one set, to match a query: as the numbers that the search index holds. Not all that have them match.';

create function ingest.search_condition(query tsquery) returns text
  language plpgsql immutable parallel safe as $$
begin
  return (select string_agg(distinct format('ingest.search_words(s.document) @> (%L::integer[] || $1)', needed), ' or ') from ingest.search_alternatives(query) as needed);
end $$;
comment on function ingest.search_condition(tsquery) is
  'What the search index is asked for a query, as SQL of ingest.article_search s; $1 are the numbers of words that are needed besides.';

create or replace function ingest.search(query text, first_day date default null, last_day date default null, language text default null, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text, snippet text, rank real)
  language plpgsql stable
  set jit = off set enable_seqscan = off
  -- To start other processes takes longer than most searches, and a bitmap that must be coarse has whole pages looked through word by word.
  set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  as $$
#variable_conflict use_column
declare
  enough constant integer := 1000;
  few constant real := 30000;
  sampled constant real := 5000;
  parsed constant tsquery := ingest.search_query(search.query, search.language);
  of_language constant text := case when search.language ~ '^[A-Za-z]{2,8}\M' then '@' || lower(split_part(search.language, '-', 1)) end;
  newest constant date := (select max(a.published_on) from ingest.articles a);
  oldest constant date := (select min(a.published_on) from ingest.articles a);
  matches constant text := $sql$
    select array_agg(m.article_id), array_agg(ts_rank_cd('{0.1, 0.2, 0.5, 1}', m.document, $2, 1))
    from (select s.article_id, s.document
          from ingest.article_search s
          where (%s) and s.document @@ $2 and s.published_on between $3 and $4 and (s.document @@ $5) is not false
          order by s.published_on desc, s.article_id desc
          limit $6) m $sql$;
  candidates text;
  narrower tsquery;
  day_end date := least(search.last_day, newest);
  day_first constant date := greatest(search.first_day, oldest);
  stored constant real := (select greatest(c.reltuples, 0) from pg_catalog.pg_class c where c.oid = 'ingest.article_search'::regclass);
  matching real := 0;
  day_start date;
  step integer;
  span text;
  ids bigint[] := '{}';
  ranks real[] := '{}';
  more_ids bigint[];
  more_ranks real[];
begin
  if parsed is null or numnode(parsed) = 0 then return; end if;
  candidates := format(matches, ingest.search_condition(parsed));
  narrower := quote_literal(of_language)::tsquery;

  -- How many articles match, by a sample that is always the same, and so in memory.
  if stored > few then
    select count(*) * stored / sampled into matching
    from ingest.article_search s tablesample system (100 * sampled / stored) repeatable (1)
    where s.document @@ parsed;
  end if;
  if matching <= few then
    -- Found by their words alone: to intersect these with days in the index costs more than to look at each.
    execute candidates into ids, ranks using '{}'::integer[], parsed, day_first, day_end, narrower, enough;
  else
    -- Back in time in strides that grow: a frequent word has its matches within days, and no stride costs much more than the matches it brings.
    step := case when matching / (newest - oldest + 1) * 2 >= enough then 0 else 7 end;
    while day_end >= day_first and cardinality(ids) < enough loop
      if step < 7 then day_start := day_end; span := '@' || day_end;
      elsif step < 14 then day_start := date_trunc('month', day_end); span := '@' || left(day_end::text, -3);
      else day_start := date_trunc('year', day_end); span := '@' || left(day_end::text, -6);
      end if;
      execute candidates into more_ids, more_ranks
        using array_remove(array[hashtext(span), hashtext(of_language)], null), parsed, greatest(day_start, day_first), day_end, narrower, enough - cardinality(ids);
      ids := ids || more_ids;
      ranks := ranks || more_ranks;
      day_end := day_start - 1;
      step := step + 1;
    end loop;
  end if;

  return query
    select a.id, a.published_on, s.name, a.url, a.title, ingest.search_snippet(a.language, a.title, a.description, a.body, search.query, parsed), best.score
    from (select m.id, m.score from unnest(ids, ranks) as m(id, score) order by m.score desc, m.id desc limit max_rows) best
    join ingest.articles a on a.id = best.id
    left join ingest.sources s on s.id = a.source_id
    order by best.score desc, a.published_on desc, a.id desc;
end $$;

create or replace function ingest.settle_search() returns bigint
  language sql volatile security definer set search_path = pg_catalog
  as $$ select gin_clean_pending_list('ingest.ix_article_search_words') $$;
