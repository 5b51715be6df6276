-- Exact, so it reads all matches and counts all articles of the days that are asked for; of what was published on other days it reads nothing: each month (of more than five years each year) is a word
-- of its articles' documents, and the index is asked for both.
create or replace function ingest.trend(query text, first_day date default null, last_day date default null, step text default 'day', by text default null)
  returns table (period date, part text, matches bigint, articles bigint, share double precision)
  language plpgsql stable
  set search_path = pg_catalog, ingest, pg_temp
  set jit = off set enable_seqscan = off
  set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
  set client_min_messages = warning
  as $$
#variable_conflict use_column
declare
  newest constant date := (select max(a.published_on) from ingest.articles a where a.published_on < 'infinity');
  oldest constant date := (select min(a.published_on) from ingest.articles a where a.published_on > '-infinity');
  day_first constant date := case when newest is not null then least(greatest(trend.first_day, oldest), newest + 1) end;
  day_last constant date := case when newest is not null then greatest(least(trend.last_day, newest), oldest - 1) end;
  in_years constant boolean := day_last - day_first > 5 * 366;
  asked record;
  part_of text;
begin
  if trend.step is null or trend.step not in ('day', 'week', 'month', 'year') then
    raise exception 'a step of % is not counted by', coalesce(trend.step, 'null') using errcode = '22023', hint = 'Give day, week, month or year.';
  elsif trend.by not in ('language', 'source') then
    raise exception 'articles are not told apart by %', trend.by using errcode = '22023', hint = 'Give language or source, or null for all together.';
  end if;
  select p.matched into asked from ingest.search_parse(trend.query) p;
  if asked.matched is null or numnode(asked.matched) = 0 or newest is null then return; end if;
  part_of := case trend.by
    when 'language' then 'coalesce(a.language_base, lower(split_part(a.language, ''-'', 1)))'
    when 'source' then '(select s.name from ingest.sources s where s.id = a.source_id)' else 'null::text' end;

  return query execute format($sql$
    with span as (
      select array[hashtext('@' || to_char(s.at, %1$L))] as words, greatest(s.at::date, $3) as first_day, least((s.at + $5 - interval '1 day')::date, $4) as last_day
      from generate_series(date_trunc(%2$L, $3::timestamp), $4::timestamp, $5) as s(at)
    ), found as (
      select f.published_on, %3$s as part
      from span p cross join lateral (
        select s.article_id, s.published_on from ingest.article_search s
        where (%4$s) and s.document @@ $1 and s.published_on between p.first_day and p.last_day) f
      %5$s
    ), counted as (
      select f.published_on, f.part, count(*) as matches, 0 as articles from found f group by 1, 2
      union all
      select a.published_on, %3$s, 0, count(*) from ingest.articles a where a.published_on between $3 and $4 group by 1, 2
    )
    select date_trunc($2, c.published_on::timestamp)::date, c.part, sum(c.matches)::bigint, sum(c.articles)::bigint, (sum(c.matches) / nullif(sum(c.articles), 0))::double precision
    from counted c group by 1, 2 order by 1, 2 $sql$,
    case when in_years then 'YYYY' else 'YYYY-MM' end, case when in_years then 'year' else 'month' end, part_of,
    replace(ingest.search_condition(asked.matched), '$1', 'p.words'),
    case when trend.by is not null then 'cross join lateral (select r.* from ingest.articles r where r.id = f.article_id offset 0) a' end)
  using asked.matched, trend.step, day_first, day_last, case when in_years then interval '1 year' else interval '1 month' end;
end $$;
comment on function ingest.trend(text, date, date, text, text) is
  'How many articles speak of what was asked for, exactly, in each day, week (from Monday), month or year; of how many in all (by their day), and what share that is; with by also by language (without region) or by source (the one that showed them first). Periods without an article are left out. It counts all articles of the days asked for, however long that takes, and finds what search finds.';
