create or replace function ingest.search(query text, first_day date default null, last_day date default null, language text default null, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text, snippet text, rank real)
  language plpgsql stable set jit = off as $$
#variable_conflict use_column
declare
  enough constant integer := 1000;
  few constant real := 30000;
  sampled constant real := 5000;
  parsed constant tsquery := ingest.search_query(search.query, search.language);
  of_language constant text := case when search.language ~ '^[A-Za-z]{2,8}\M' then '''@' || lower(split_part(search.language, '-', 1)) || '''' end;
  newest constant date := (select max(a.published_on) from ingest.articles a);
  oldest constant date := (select min(a.published_on) from ingest.articles a);
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

  -- How many articles match, by a sample that is always the same, and so in memory.
  if stored > few then
    select count(*) * stored / sampled into matching
    from ingest.article_search s tablesample system (100 * sampled / stored) repeatable (1)
    where s.document @@ parsed;
  end if;
  if matching <= few then
    -- Found by their words alone: to intersect these with days in the index costs more than to look at each.
    select array_agg(m.article_id), array_agg(m.score) into ids, ranks
    from (select s.article_id, ts_rank_cd('{0.1, 0.2, 0.5, 1}', s.document, parsed, 1) as score
          from ingest.article_search s
          where s.document @@ parsed and s.published_on between day_first and day_end
            and (of_language is null or (s.document @@ of_language::tsquery) is true)
          order by s.published_on desc, s.article_id desc
          limit enough) m;
  else
    -- Back in time in strides that grow: a frequent word has its matches within days, and no stride costs much more than the matches it brings.
    step := case when matching / (newest - oldest + 1) * 2 >= enough then 0 else 7 end;
    while day_end >= day_first and cardinality(ids) < enough loop
      if step < 7 then day_start := day_end; span := '''@' || day_end || '''';
      elsif step < 14 then day_start := date_trunc('month', day_end); span := '''@' || left(day_end::text, -3) || '''';
      else day_start := date_trunc('year', day_end); span := '''@' || left(day_end::text, -6) || '''';
      end if;
      select array_agg(m.article_id), array_agg(m.score) into more_ids, more_ranks
      from (select s.article_id, ts_rank_cd('{0.1, 0.2, 0.5, 1}', s.document, parsed, 1) as score
            from ingest.article_search s
            where s.document @@ (parsed && (span || coalesce(' & ' || of_language, ''))::tsquery)
              and s.published_on between greatest(day_start, day_first) and day_end
            order by s.published_on desc, s.article_id desc
            limit enough - cardinality(ids)) m;
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

-- Under load many articles share the visit of a word's place in the index; the list is emptied after each round of indexing.
alter index ingest.ix_article_search_document set (gin_pending_list_limit = 32768);
