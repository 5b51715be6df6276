create function ingest.search_config(language text) returns regconfig
  language sql immutable parallel safe
  return case lower(split_part(language, '-', 1))
    when 'en' then 'pg_catalog.english'::regconfig when 'de' then 'pg_catalog.german' when 'fr' then 'pg_catalog.french'
    when 'es' then 'pg_catalog.spanish' when 'it' then 'pg_catalog.italian' when 'pt' then 'pg_catalog.portuguese'
    when 'nl' then 'pg_catalog.dutch' when 'ru' then 'pg_catalog.russian' when 'sv' then 'pg_catalog.swedish'
    when 'da' then 'pg_catalog.danish' when 'fi' then 'pg_catalog.finnish' when 'hu' then 'pg_catalog.hungarian'
    when 'no' then 'pg_catalog.norwegian' when 'nb' then 'pg_catalog.norwegian' when 'nn' then 'pg_catalog.norwegian'
    when 'ro' then 'pg_catalog.romanian' when 'tr' then 'pg_catalog.turkish' when 'el' then 'pg_catalog.greek'
    when 'ar' then 'pg_catalog.arabic' when 'hi' then 'pg_catalog.hindi' when 'id' then 'pg_catalog.indonesian'
    when 'ga' then 'pg_catalog.irish' when 'lt' then 'pg_catalog.lithuanian' when 'ne' then 'pg_catalog.nepali'
    when 'ta' then 'pg_catalog.tamil' when 'ca' then 'pg_catalog.catalan' when 'eu' then 'pg_catalog.basque'
    when 'hy' then 'pg_catalog.armenian' when 'sr' then 'pg_catalog.serbian' when 'yi' then 'pg_catalog.yiddish'
    else 'pg_catalog.simple' end;
comment on function ingest.search_config(text) is 'The text search configuration of a language tag; simple for languages without one.';

-- These two run for every article and are in PL/pgSQL because it calls them several times as fast as SQL does.
create function ingest.search_text(text text) returns text
  language plpgsql immutable parallel safe as $$
begin
  if text !~ '[^\x01-\x7f]' then return text; end if;
  if text !~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]' then
    return regexp_replace(text, '[\u00A0-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u2000-\u2018\u201A-\u206F]', ' ', 'g');
  end if;
  return (
    select string_agg(case when part.run[1] is null then part.run[2]
                           else (select string_agg(substr(part.run[1], i, 2), ' ') from generate_series(1, greatest(length(part.run[1]) - 1, 1)) as i) end, ' ')
    from regexp_matches(text, '([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FA\u30FC-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]+)|([^\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3000-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFF0F\uFF1A-\uFF20\u00A0-\u00A9\u2000-\u206F]+)', 'g') as part(run));
end $$;
comment on function ingest.search_text(text) is
  'Text as the search takes words from it: typographic punctuation parts words; scripts without spaces between words are cut into pairs of characters.';

create function ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) returns tsvector
  language plpgsql immutable parallel safe as $$
declare
  config constant regconfig := ingest.search_config(language);
  day constant text := published_on::text;
  tag constant text := lower(split_part(language, '-', 1));
  document tsvector;
begin
  if headline <> title then title := title || ' ; ' || headline; end if;
  if description = '' and not with_body then description := left(split_part(left(body, 2000), e'\n\n', 1), 600); end if;
  document := setweight(to_tsvector(config, ingest.search_text(title)), 'A') || setweight(to_tsvector(config, ingest.search_text(description)), 'B');
  if with_body then document := document || to_tsvector(config, ingest.search_text(left(body, 100000))); end if;
  document := document || array_to_tsvector(array['@' || left(day, -6), '@' || left(day, -3), '@' || day]);
  return case when tag <> '' then document || array_to_tsvector(array['@' || tag]) else document end;
end $$;
comment on function ingest.search_document(date, text, text, text, text, text, boolean) is
  'What the search finds an article by: title and headline (weight A), description (B; the lead stands in for a missing one), body if wanted (D), and its language, day, month and year, by which the search is narrowed.';

create function ingest.search_query(query text, language text default null) returns tsquery
  language sql stable parallel safe
  return case when language is not null then websearch_to_tsquery(ingest.search_config(language), ingest.search_text(query))
    else (select string_agg(distinct '( ' || q::text || ' )', ' | ')::tsquery
          from (select websearch_to_tsquery(ingest.search_config(tag), ingest.search_text(query)) as q
                from unnest('{en,de,fr,es,it,pt,nl,ru,sv,da,fi,hu,no,ro,tr,el,ar,hi,id,ga,lt,ne,ta,ca,eu,hy,sr,yi,zz}'::text[]) as tag) each_language
          where numnode(q) > 0) end;
comment on function ingest.search_query(text, text) is
  'The words of a question as the search understands them: "quoted phrases", or, -without. Without a language, the words of every language are tried.';

create function ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) returns text
  language sql stable parallel safe
  return case when ingest.search_text(query) ~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]'
    then (select case when found.at > 0
                   then substr(whole.text, greatest(found.at - 40, 1), least(found.at - 1, 40)) || '<b>' || whole.word || '</b>' || substr(whole.text, found.at + length(whole.word), 80)
                   else left(whole.text, 120) end
          from (select case when description = '' then body when strpos(description, words.word) > 0 then description else description || ' ' || left(body, 100000) end as text, words.word
                from (select trim(both '" ' from split_part(query, ' ', 1)) as word) words) whole,
               lateral (select strpos(whole.text, whole.word) as at) found)
    else ts_headline(ingest.search_config(language), description || ' ' || left(body, 20000), parsed, 'StartSel=<b>, StopSel=</b>, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "') end;
comment on function ingest.search_snippet(text, text, text, text, text, tsquery) is 'Where a text speaks of what was asked for: a passage of plain text with the words between <b> and </b>.';

create function ingest.search(query text, first_day date default null, last_day date default null, language text default null, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text, snippet text, rank real)
  language plpgsql stable as $$
#variable_conflict use_column
declare
  enough constant integer := 1000;
  parsed constant tsquery := ingest.search_query(search.query, search.language);
  of_language constant text := case when search.language ~ '^[A-Za-z]{2,8}\M' then ' & ''@' || lower(split_part(search.language, '-', 1)) || '''' else '' end;
  day_end date := least(search.last_day, (select max(a.published_on) from ingest.articles a));
  day_first constant date := greatest(search.first_day, (select min(a.published_on) from ingest.articles a));
  day_start date;
  step integer := 0;
  span text;
  ids bigint[] := '{}';
  ranks real[] := '{}';
  more_ids bigint[];
  more_ranks real[];
begin
  if parsed is null or numnode(parsed) = 0 then return; end if;

  -- Back in time in growing strides: a frequent word has its matches within days, and no stride costs much more than the matches it brings.
  while day_end >= day_first and cardinality(ids) < enough loop
    if step < 7 then day_start := day_end; span := '''@' || day_end || '''';
    elsif step < 14 then day_start := date_trunc('month', day_end); span := '''@' || left(day_end::text, -3) || '''';
    else day_start := date_trunc('year', day_end); span := '''@' || left(day_end::text, -6) || '''';
    end if;
    select array_agg(m.article_id), array_agg(m.score) into more_ids, more_ranks
    from (select s.article_id, ts_rank_cd('{0.1, 0.2, 0.5, 1}', s.document, parsed, 1) as score
          from ingest.article_search s
          where s.document @@ (parsed && (span || of_language)::tsquery)
            and s.published_on between greatest(day_start, day_first) and day_end
          order by s.published_on desc, s.article_id desc
          limit enough - cardinality(ids)) m;
    ids := ids || more_ids;
    ranks := ranks || more_ranks;
    day_end := day_start - 1;
    step := step + 1;
  end loop;

  return query
    select a.id, a.published_on, s.name, a.url, a.title, ingest.search_snippet(a.language, a.title, a.description, a.body, search.query, parsed), best.score
    from (select m.id, m.score from unnest(ids, ranks) as m(id, score) order by m.score desc, m.id desc limit max_rows) best
    join ingest.articles a on a.id = best.id
    left join ingest.sources s on s.id = a.source_id
    order by best.score desc, a.published_on desc, a.id desc;
end $$;
comment on function ingest.search(text, date, date, text, integer) is
  'Articles that speak of what was asked for, best first: "quoted phrases", or, -without; between two days; in a language. The newest 1,000 matches are ranked. The snippet is plain text with the words between <b> and </b>.';

-- The worker does not own the index, and only owners may move what waits in its list.
create function ingest.settle_search() returns bigint
  language sql volatile security definer set search_path = pg_catalog
  as $$ select gin_clean_pending_list('ingest.ix_article_search_document') $$;
comment on function ingest.settle_search() is 'Moves what was lately indexed into the search index proper; the worker calls it after each round of indexing.';
revoke execute on function ingest.settle_search() from public;
