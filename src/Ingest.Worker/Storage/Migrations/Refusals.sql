create table ingest.refusals (
  work text not null,
  subject uuid not null,
  kind text not null,
  url text not null,
  source_id integer,
  article_id bigint,
  sql_state text not null,
  reason text not null,
  version text not null,
  times integer not null default 1,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint pk_refusals primary key (work, subject),
  constraint ck_refusals_work check (work in ('visit', 'page', 'search', 'retention'))
);
comment on table ingest.refusals is 'What was passed over so that its neighbours need not wait: one row for each entry, page or article that PostgreSQL refused or that could not be read. status counts them.';
comment on column ingest.refusals.work is 'What could not be done: visit (store an entry of a source), page (store what a page gave), search (index an article; a later version tries again) or retention (archive and remove an article).';
comment on column ingest.refusals.subject is 'What it is about: the key of the article (articles.article_key), for other rows the XXH128 of their name.';
comment on column ingest.refusals.kind is 'The kind of row: article, found source, deletion or event.';
comment on column ingest.refusals.url is 'URL of the article, or name of the row.';
comment on column ingest.refusals.source_id is 'The source through which it came; null for none.';
comment on column ingest.refusals.article_id is 'Number of the article, where it is stored.';
comment on column ingest.refusals.sql_state is 'PostgreSQL''s code of the error; XX000 where the worker could not read the row.';
comment on column ingest.refusals.reason is 'What PostgreSQL said.';
comment on column ingest.refusals.version is 'The version of the worker that was refused last.';
comment on column ingest.refusals.times is 'How often it was refused.';
comment on column ingest.refusals.first_at is 'When it was first refused.';
comment on column ingest.refusals.last_at is 'When it was last refused.';

do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    grant select on ingest.refusals to ingest_reader;
  end if;
  if exists (select from pg_roles where rolname = 'ingest_worker') then
    grant select, insert, update, delete on ingest.refusals to ingest_worker;
  end if;
end $$;

-- Functions run in whatever session calls them. Those that cost nothing by it get their path set; SQL functions with RETURN are bound to their objects
-- when they are made, here;
-- the three that run for every article name every function, operator and type instead: with
-- SET a headline's document takes 54 us instead of 40, its words for the index 10.5 instead of 8.
alter function ingest.announce_changes(text, bigint[]) set search_path = pg_catalog, ingest, pg_temp;
alter function ingest.record_added() set search_path = pg_catalog, ingest, pg_temp;
alter function ingest.record_changed() set search_path = pg_catalog, ingest, pg_temp;
alter function ingest.record_removed() set search_path = pg_catalog, ingest, pg_temp;
alter function ingest.rebase_changes() set search_path = pg_catalog, ingest, pg_temp;
alter function ingest.settle_search() set search_path = pg_catalog, pg_temp;

-- Who calls a trigger's function, or makes documents, is the worker. (Notifications stay anybody's, as pg_notify is: whoever writes articles sends them.)
revoke execute on function ingest.record_added(), ingest.record_changed(), ingest.record_removed() from public;
revoke execute on function ingest.search_document(date, text, text, text, text, text, boolean) from public;
do $$
begin
  if exists (select from pg_roles where rolname = 'ingest_reader') then
    revoke execute on function ingest.record_added(), ingest.record_changed(), ingest.record_removed(), ingest.announce_changes(text, bigint[]) from ingest_reader;
    revoke execute on function ingest.search_document(date, text, text, text, text, text, boolean) from ingest_reader;
  end if;
end $$;

-- The day is written out by its own pattern: a session's TimeZone and DateStyle have no say.
create or replace function ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) returns text
  language sql immutable parallel safe
  return ' date ' || to_char(published_on::timestamp, 'YYYY-MM-DD') || ' ' || url || e'\n\n'
    || title || e'\n\n' || headline || e'\n\n' || description || e'\n\n'
    || case when body = '' then '' else body || e'\n\n' end;

-- Made anew under a path that is known.
create or replace function ingest.schema_version() returns text
  language sql stable
  return (select max(migration_id) from ingest.schema_migrations);

create or replace function ingest.search_config(language text) returns regconfig
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

-- The pairs of a run are made by one expression that walks it once: each character twice, parted, without the first and the last.
do $do$
declare
  sample constant text := U&'\00C0\00DC\0141 \0391\03A9 \0411\042F INDIA';
  lowered constant text := U&'\00E0\00FC\0142 \03B1\03C9 \0431\044F india';
  folded text := 'text';
  candidate text;
  fits boolean;
begin
  -- Text search lowers letters by the locale of the database: C knows no other than those of ASCII, and Turkish has its own i. Then a locale that knows them is asked first.
  if not to_tsvector('pg_catalog.simple', sample) @@ replace(lowered, ' ', ' & ')::tsquery then
    for candidate in
      select quote_ident(n.nspname) || '.' || quote_ident(c.collname)
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where n.nspname = 'pg_catalog' and c.collencoding in (-1, 6) and c.collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8', 'en_US.utf8', 'en_US.UTF-8')
      order by array_position(array['pg_c_utf8', 'und-x-icu']::name[], c.collname), c.collname
    loop
      execute format('select lower($1 collate %s) = $2', candidate) into fits using sample, lowered;
      if fits then folded := format('pg_catalog.lower(text collate %s)', candidate); exit; end if;
    end loop;
    if folded = 'text' then raise warning 'this server knows the small letters of no language but English: search tells Ü from ü'; end if;
    -- Documents have to be made anew.
    update ingest.search_progress set xid = '0', change_id = 0;
  end if;

  execute format($function$
create or replace function ingest.search_text(text text) returns text
  language plpgsql immutable parallel safe as $$
declare
  lowered constant pg_catalog.text := %s;
begin
  if lowered operator(pg_catalog.!~) E'[^\\x01-\\x7f]' then return lowered; end if;
  if lowered operator(pg_catalog.!~) E'[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF]' then
    return pg_catalog.regexp_replace(lowered, E'[\\u00A0-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u2000-\\u2018\\u201A-\\u206F]', ' ', 'g');
  end if;
  return (
    select pg_catalog.string_agg(case when part.run[1] is null then part.run[2]
                                      when pg_catalog.length(part.run[1]) operator(pg_catalog.=) 1 then part.run[1]
                                      else pg_catalog.substr(pairs, 3, pg_catalog.length(pairs) operator(pg_catalog.-) 4) end, ' ')
    from pg_catalog.regexp_matches(lowered, E'([\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u30FA\\u30FC-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF]+)|([^\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3000-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF\\uFF00-\\uFF0F\\uFF1A-\\uFF20\\u00A0-\\u00A9\\u2000-\\u206F]+)', 'g') as part(run),
         pg_catalog.regexp_replace(part.run[1], '(.)', E'\\1 \\1', 'g') as pairs);
end $$ $function$, folded);
end $do$;

-- A document holds at most a megabyte of words and places, an entry of the index 2 kB. A hundred thousand characters make less, whatever they are.
create or replace function ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) returns tsvector
  language plpgsql immutable parallel safe as $$
declare
  config constant pg_catalog.regconfig := ingest.search_config(language);
  day constant pg_catalog.text := pg_catalog.to_char(published_on::timestamp, 'YYYY-MM-DD');
  tag constant pg_catalog.text := pg_catalog."left"(pg_catalog.lower(pg_catalog.split_part(language, '-', 1)), 35);
  document pg_catalog.tsvector;
begin
  title := pg_catalog."left"(title, 2000);
  headline := pg_catalog."left"(headline, 2000);
  if headline operator(pg_catalog.<>) title then title := title operator(pg_catalog.||) ' ; ' operator(pg_catalog.||) headline; end if;
  if description operator(pg_catalog.=) '' and not with_body then
    description := pg_catalog."left"(pg_catalog.split_part(pg_catalog."left"(body, 2000), E'\n\n', 1), 600);
  end if;
  description := pg_catalog."left"(description, 20000);
  document := pg_catalog.setweight(pg_catalog.to_tsvector(config, ingest.search_text(title)), 'A')
    operator(pg_catalog.||) pg_catalog.setweight(pg_catalog.to_tsvector(config, ingest.search_text(description)), 'B');
  if with_body then
    body := pg_catalog."left"(body, 100000 operator(pg_catalog.-) pg_catalog.length(title) operator(pg_catalog.-) pg_catalog.length(description));
    document := document operator(pg_catalog.||) pg_catalog.to_tsvector(config, ingest.search_text(body));
  end if;
  if day is not null then
    document := document operator(pg_catalog.||) pg_catalog.array_to_tsvector(
      array['@' operator(pg_catalog.||) pg_catalog."left"(day, -6), '@' operator(pg_catalog.||) pg_catalog."left"(day, -3), '@' operator(pg_catalog.||) day]);
  end if;
  if tag operator(pg_catalog.<>) '' then document := document operator(pg_catalog.||) pg_catalog.array_to_tsvector(array['@' operator(pg_catalog.||) tag]); end if;
  return document;
end $$;
comment on function ingest.search_document(date, text, text, text, text, text, boolean) is
  'What the search finds an article by: title and headline (weight A), description (B; the lead stands in for a missing one), body if wanted (D), and its language, day, month and year, by which the search is narrowed. Of all together the first 100,000 characters.';

create or replace function ingest.search_words(document tsvector) returns integer[]
  language plpgsql immutable strict parallel safe as $$
declare
  words integer[] := '{}';
  word pg_catalog.text;
begin
  foreach word in array pg_catalog.tsvector_to_array(document) loop words := words operator(pg_catalog.||) pg_catalog.hashtext(word); end loop;
  return words;
end $$;

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

create or replace function ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) returns text
  language sql stable parallel safe
  return case when ingest.search_text(left(query, 1000)) ~ E'[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF]'
    then (select case when found.at > 0
                   then substr(whole.text, greatest(found.at - 40, 1), least(found.at - 1, 40)) || '<b>' || whole.word || '</b>' || substr(whole.text, found.at + length(whole.word), 80)
                   else left(whole.text, 120) end
          from (select case when description = '' then left(body, 100000) when strpos(left(description, 20000), words.word) > 0 then left(description, 20000)
                            else left(description, 20000) || ' ' || left(body, 100000) end as text, words.word
                from (select trim(both '" ' from split_part(left(query, 1000), ' ', 1)) as word) words) whole,
               lateral (select strpos(whole.text, whole.word) as at) found)
    else ts_headline(ingest.search_config(language), left(description, 20000) || ' ' || left(body, 20000), parsed, 'StartSel=<b>, StopSel=</b>, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "') end;

create or replace function ingest.search_alternatives(query tsquery) returns setof integer[]
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
declare
  signs text;
  simpler text;
begin
  -- Each word by its number, so that nothing in it looks like a sign.
  select string_agg(coalesce(hashtext(replace(replace(part[1], '''''', ''''), E'\\\\', E'\\'))::text, left(part[2], 1)), ' ' order by place) into signs
  from regexp_matches(query::text, E'''((?:[^''\\\\]|''''|\\\\\\\\)*)''(?::[*ABCD]+)?|([|&!()]|<[^>]*>)', 'g') with ordinality as parts(part, place);
  -- What is excluded need not be there, nor one of several in brackets.
  loop
    simpler := regexp_replace(signs, E'! -?\\d+|! \\( [^()]*\\)|\\( [^()|]*\\|[^()]*\\)', '', 'g');
    simpler := regexp_replace(simpler, E'(?<!! )\\( ([^()|!]*)\\)', E'\\1', 'g');
    exit when simpler is not distinct from signs;
    signs := simpler;
  end loop;
  return query
    select array(select word[1]::integer from regexp_matches(alternative, E'-?\\d+', 'g') as words(word))
    from regexp_split_to_table(signs, E'\\|') as alternatives(alternative);
end $$;

create or replace function ingest.search_condition(query tsquery) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
begin
  return (select string_agg(distinct format('ingest.search_words(s.document) @> (%L::integer[] || $1)', needed), ' or ') from ingest.search_alternatives(query) as needed);
end $$;

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
    -- as between today and one that is dated in the year 9999, are passed over.
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

create or replace function ingest.changes_since(cursor text default '', max_rows integer default 1000)
  returns table (next_cursor text, kind text, article_id bigint, revision integer)
  language plpgsql stable set search_path = pg_catalog, ingest, pg_temp as $$
declare
  seen_xid xid8 := '0';
  seen_id bigint := 0;
begin
  if cursor <> '' then
    if cursor !~ '^[0-9]{1,19}[.][0-9]{1,18}$' then raise exception 'no cursor of changes_since: %', left(cursor, 40) using errcode = 'invalid_parameter_value'; end if;
    seen_xid := split_part(cursor, '.', 1)::xid8;
    seen_id := split_part(cursor, '.', 2)::bigint;
    if seen_xid >= pg_snapshot_xmax(pg_current_snapshot()) then
      raise exception 'cursor % is of another server; begin anew', cursor using errcode = 'invalid_parameter_value';
    end if;
  end if;
  -- A transaction below the snapshot's xmin is over, and no later one can get a lower number: nothing can appear behind the cursor.
  return query
    select c.xid::text || '.' || c.id, c.kind, c.article_id, c.revision
    from ingest.article_changes c
    where (c.xid, c.id) > (seen_xid, seen_id) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id
    limit case when max_rows < 0 then 0 else max_rows end;
end $$;

-- The first and the last day of the calendar were kept as no day at all, with which nothing can be reckoned.
update ingest.articles set published_on = case when published_on = 'infinity' then date '9999-12-31' else date '0001-01-01' end
where published_on in ('infinity', '-infinity');

-- Days in documents were spelled as the session had it; a document that has another spelling is a reason to make all of them anew.
update ingest.search_progress set xid = '0', change_id = 0
where exists (
  select from (select s.document, s.published_on from ingest.article_search s order by s.article_id limit 100) first
  where not first.document @@ quote_literal('@' || to_char(first.published_on::timestamp, 'YYYY-MM-DD'))::tsquery);
