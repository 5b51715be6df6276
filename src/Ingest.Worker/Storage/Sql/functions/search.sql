-- Whatever is asked, it ends within about a second. What it does is bounded (search_parse bounds the words), and looks at the clock between parts of the work:
--   1. A sample tells how many articles match, and how many the index will bring.
--   2. Few are found by their words alone, many by stretches of days, the newest first, until there are enough or the time for it is over.
--   3. The newest 1,000 are ranked: by how near to each other the words stand, or, where that takes too long, by how often and where.
--   4. Snippets of those that are shown.
create or replace function ingest.search(query text, first_day date default null, last_day date default null, language text default null, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text, snippet text, rank real, matches integer, all_found boolean)
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
  few constant real := 20000;
  sampled constant real := 4000;
  -- So many forms of words can be ranked by nearness in the time there is.
  near_forms constant integer := 16;
  -- Whoever can wait for more: set ingest.search_limit = '10 s'.
  patience constant interval := coalesce(nullif(current_setting('ingest.search_limit', true), '')::interval, '1 s');
  began constant timestamptz := clock_timestamp();
  find_until constant timestamptz := began + patience * 0.5;
  rank_until constant timestamptz := began + patience * 0.7;
  show_until constant timestamptz := began + patience * 0.85;
  asked record;
  of_language constant text := case when search.language ~ E'^[A-Za-z]{2,8}\\M' then '@' || lower(split_part(search.language, '-', 1)) end;
  narrower constant tsquery := quote_literal(of_language)::tsquery;
  newest constant date := (select max(a.published_on) from ingest.articles a where a.published_on < 'infinity');
  oldest constant date := (select min(a.published_on) from ingest.articles a where a.published_on > '-infinity');
  day_end date := least(search.last_day, newest);
  day_first constant date := greatest(search.first_day, oldest);
  stored constant real := (select greatest(c.reltuples, 0) from pg_catalog.pg_class c where c.oid = 'ingest.article_search'::regclass);
  looked_at real := 0;
  find text;
  day_start date;
  stride text;
  strides integer := 0;
  span text;
  started timestamptz;
  took interval;
  ids bigint[] := '{}';
  more_ids bigint[];
  ranks real[];
  cut boolean := false;
begin
  select p.* into asked from ingest.search_parse(search.query, search.language) p;
  if asked.matched is null or numnode(asked.matched) = 0 or newest is null then return; end if;
  find := format($sql$
    select array_agg(m.article_id)
    from (select s.article_id from ingest.article_search s
          where (%s) and s.document @@ $2 and s.published_on between $3 and $4 and (s.document @@ $5) is not false
          order by s.published_on desc, s.article_id desc
          limit $6) m $sql$, ingest.search_condition(asked.matched));

  -- How many the index brings, by a sample that is always the same, and so in memory.
  if stored > few then
    select count(*) * stored / sampled into looked_at
    from ingest.article_search s tablesample system (100 * sampled / stored) repeatable (1)
    where s.document @@ asked.loose;
  end if;
  if looked_at <= few then
    -- Found by their words alone: to intersect these with days in the index costs more than to look at each.
    execute find into ids using '{}'::integer[], asked.matched, day_first, day_end, narrower, enough + 1;
  else
    -- Back in time in strides: a frequent word has its matches within days. Each stride tells how long the next may be. Days without an article, as between today and one that is
    -- dated in the year 9999, are skipped.
    stride := case when looked_at / (newest - oldest + 1) * 365 < few then 'YYYY' when looked_at / (newest - oldest + 1) * 30 < few then 'YYYY-MM' else 'YYYY-MM-DD' end;
    day_end := (select max(a.published_on) from ingest.articles a where a.published_on <= day_end);
    while day_end >= day_first and coalesce(cardinality(ids), 0) <= enough loop
      started := clock_timestamp();
      -- One at least, however busy the machine is.
      if strides > 0 and started > find_until then cut := true; exit; end if;
      day_start := case stride when 'YYYY-MM-DD' then day_end when 'YYYY-MM' then date_trunc('month', day_end::timestamp)::date else date_trunc('year', day_end::timestamp)::date end;
      span := '@' || to_char(day_end::timestamp, stride);
      execute find into more_ids
        using array_remove(array[hashtext(span), hashtext(of_language)], null), asked.matched, greatest(day_start, day_first), day_end, narrower, enough + 1 - cardinality(ids);
      ids := ids || more_ids;
      day_end := (select max(a.published_on) from ingest.articles a where a.published_on < day_start);
      took := clock_timestamp() - started;
      strides := strides + 1;
      -- A month is thirty days, a year twelve months.
      stride := case when stride = 'YYYY' then case when took > interval '300 ms' then 'YYYY-MM' else 'YYYY' end
                     when stride = 'YYYY-MM' then case when took < interval '20 ms' then 'YYYY' when took > interval '200 ms' then 'YYYY-MM-DD' else 'YYYY-MM' end
                     else case when strides > 2 and took < interval '8 ms' then 'YYYY-MM' else 'YYYY-MM-DD' end end;
    end loop;
  end if;
  ids := coalesce(ids, '{}');
  all_found := not cut and cardinality(ids) <= enough;
  ids := ids[1:enough];
  matches := cardinality(ids);
  if cut then
    raise warning 'the search ended at its time limit: of what was published before %, nothing was looked at', day_end + 1 using hint = 'Ask for fewer words, for some days, or with more time: set ingest.search_limit = ''10 s''.';
  end if;

  if asked.forms <= near_forms and asked.ranked is not null then
    ranks := '{}';
    while cardinality(ranks) < matches loop
      ranks := ranks || array(
        select ts_rank_cd('{0.1, 0.2, 0.5, 1}', s.document, asked.ranked, 1)
        from unnest(ids[cardinality(ranks) + 1 : cardinality(ranks) + 25]) with ordinality as i(id, n) left join ingest.article_search s on s.article_id = i.id order by i.n);
      if clock_timestamp() > rank_until then exit; end if;
    end loop;
  end if;
  if ranks is null or cardinality(ranks) < matches then
    ranks := array(
      select ts_rank('{0.1, 0.2, 0.5, 1}', s.document, asked.wanted, 1)
      from unnest(ids) with ordinality as i(id, n) left join ingest.article_search s on s.article_id = i.id order by i.n);
  end if;

  return query
    select a.id, a.published_on, s.name, a.url, a.title,
           case when clock_timestamp() < show_until
             then ingest.search_snippet(a.language, a.title, a.description, a.body, search.query, case when asked.forms <= near_forms then coalesce(asked.ranked, asked.wanted) else asked.wanted end)
             else left(case when a.description <> '' then a.description else a.body end, 160) end,
           best.score, matches, all_found
    from (select m.id, m.score from unnest(ids, ranks) as m(id, score) order by m.score desc, m.id desc limit case when max_rows < 0 then 0 else max_rows end) best
    join ingest.articles a on a.id = best.id
    left join ingest.sources s on s.id = a.source_id
    order by best.score desc, a.published_on desc, a.id desc;
end $$;
comment on function ingest.search(text, date, date, text, integer) is
  'Articles that speak of what was asked for, best first: "quoted phrases", or, -without; between two days; in a language. The newest 1,000 matches are ranked. matches says how many there are, up to 1,000; where all_found is false there are more, or may be: the search ended at its time limit (1 s; set ingest.search_limit for another), and a warning says so. The snippet is plain text with the words between <b> and </b>.';
