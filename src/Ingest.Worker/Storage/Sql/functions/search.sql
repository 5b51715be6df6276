create or replace function ingest.search(query text, first_day date default null, last_day date default null, language text default null, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text, snippet text, rank real)
  language plpgsql stable
  set search_path = pg_catalog, ingest, pg_temp
  set jit = off set enable_seqscan = off
  -- To start other processes takes longer than most searches, and a bitmap that must be coarse has whole pages looked through word by word.
  set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  -- What a question lacks in words is no news to whoever asks it.
  set client_min_messages = warning
  as $$
#variable_conflict use_column
declare
  enough constant integer := 1000;
  few constant real := 30000;
  sampled constant real := 5000;
  parsed constant tsquery := ingest.search_query(search.query, search.language);
  of_language constant text := case when search.language ~ E'^[A-Za-z]{2,8}\\M' then '@' || lower(split_part(search.language, '-', 1)) end;
  newest constant date := (select max(a.published_on) from ingest.articles a where a.published_on < 'infinity');
  oldest constant date := (select min(a.published_on) from ingest.articles a where a.published_on > '-infinity');
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
  if parsed is null or numnode(parsed) = 0 or newest is null then return; end if;
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
    -- Back in time in strides that grow: a frequent word has its matches within days, and no stride costs much more than the matches it brings. Days without an article,
    -- as between today and one that is dated in the year 9999, are skipped.
    step := case when matching / (newest - oldest + 1) * 2 >= enough then 0 else 7 end;
    day_end := (select max(a.published_on) from ingest.articles a where a.published_on <= day_end);
    while day_end >= day_first and cardinality(ids) < enough loop
      if step < 7 then day_start := day_end; span := '@' || to_char(day_end::timestamp, 'YYYY-MM-DD');
      elsif step < 14 then day_start := date_trunc('month', day_end::timestamp); span := '@' || to_char(day_end::timestamp, 'YYYY-MM');
      else day_start := date_trunc('year', day_end::timestamp); span := '@' || to_char(day_end::timestamp, 'YYYY');
      end if;
      execute candidates into more_ids, more_ranks
        using array_remove(array[hashtext(span), hashtext(of_language)], null), parsed, greatest(day_start, day_first), day_end, narrower, enough - cardinality(ids);
      ids := ids || more_ids;
      ranks := ranks || more_ranks;
      day_end := (select max(a.published_on) from ingest.articles a where a.published_on < day_start);
      step := step + 1;
    end loop;
  end if;

  return query
    select a.id, a.published_on, s.name, a.url, a.title, ingest.search_snippet(a.language, a.title, a.description, a.body, search.query, parsed), best.score
    from (select m.id, m.score from unnest(ids, ranks) as m(id, score) order by m.score desc, m.id desc limit case when max_rows < 0 then 0 else max_rows end) best
    join ingest.articles a on a.id = best.id
    left join ingest.sources s on s.id = a.source_id
    order by best.score desc, a.published_on desc, a.id desc;
end $$;
comment on function ingest.search(text, date, date, text, integer) is
  'Articles that speak of what was asked for, best first: "quoted phrases", or, -without; between two days; in a language. The newest 1,000 matches are ranked. The snippet is plain text with the words between <b> and </b>.';
