-- The schema of 0.2.0, as pg_dump tells of a database that its eight migrations made.
SET check_function_bodies = false;
CREATE SCHEMA ingest;
COMMENT ON SCHEMA ingest IS 'Feed ingestion: sources, their articles, and how each was fetched. Read it through the role ingest_reader.';
CREATE SCHEMA quartz;
COMMENT ON SCHEMA quartz IS 'The schedule that clustered workers share: tables of Quartz.NET, not an interface.';
CREATE FUNCTION ingest.announce_changes(kind text, articles bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  -- A payload ends below 8,000 bytes; 380 numbers of 19 digits fit.
  perform pg_notify('ingest_articles', kind || ' ' || ids)
  from (select string_agg(id::text, ',' order by place) as ids
        from unnest(articles) with ordinality as a(id, place) group by (place - 1) / 380) chunks;
end $$;
COMMENT ON FUNCTION ingest.announce_changes(kind text, articles bigint[]) IS 'Sends NOTIFY ingest_articles, as "added 17,18", when the transaction commits.';
CREATE FUNCTION ingest.changes_since(cursor text DEFAULT ''::text, max_rows integer DEFAULT 1000) RETURNS TABLE(next_cursor text, kind text, article_id bigint, revision integer)
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  seen_xid xid8 := '0';
  seen_id bigint := 0;
begin
  if cursor <> '' then
    if cursor !~ '^\d{1,19}\.\d{1,18}$' then raise exception 'no cursor of changes_since: %', cursor using errcode = 'invalid_parameter_value'; end if;
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
    limit max_rows;
end $_$;
COMMENT ON FUNCTION ingest.changes_since(cursor text, max_rows integer) IS 'Every change of an article once, in the order of transactions: begin with '''', go on with the last next_cursor. kind is added, completed (from its page), revised, marked (gone, retracted, joined a story) or removed. A change appears when no transaction that began earlier is still open.';
CREATE FUNCTION ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((((((((((' date '::text || to_char((published_on)::timestamp with time zone, 'YYYY-MM-DD'::text)) || ' '::text) || url) || '

'::text) || title) || '

'::text) || headline) || '

'::text) || description) || '

'::text) || CASE WHEN (body = ''::text) THEN ''::text ELSE (body || '

'::text) END);
COMMENT ON FUNCTION ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) IS 'One article as dated-article text.';
CREATE FUNCTION ingest.rebase_changes() RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
  moved bigint;
begin
  -- Numbers of transactions belong to a server. 3 is the first there is.
  update ingest.article_changes set xid = '3' where xid >= pg_snapshot_xmax(pg_current_snapshot());
  get diagnostics moved = row_count;
  if moved > 0 then update ingest.search_progress set xid = '0', change_id = 0; end if;
  return moved;
end $$;
COMMENT ON FUNCTION ingest.rebase_changes() IS 'To be called once, as owner, after a dump was restored on another server: gives the log of changes numbers that this server''s transactions come after. Cursors from the old server are void.';
CREATE FUNCTION ingest.record_added() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  ids bigint[];
begin
  select array_agg(id order by id) into ids from added;
  if ids is null then return null; end if;
  insert into ingest.article_changes (xid, kind, article_id, revision)
    select pg_current_xact_id(), 'added', id, revision from added order by id;
  perform ingest.announce_changes('added', ids);
  return null;
end $$;
COMMENT ON FUNCTION ingest.record_added() IS 'Trigger: logs and announces new articles.';
CREATE FUNCTION ingest.record_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  changed record;
begin
  for changed in
    with news as (
      insert into ingest.article_changes (xid, kind, article_id, revision)
      select pg_current_xact_id(),
             case when n.revision > o.revision then 'revised'
                  when n.fingerprint <> o.fingerprint or n.published_on <> o.published_on or n.language is distinct from o.language then 'completed'
                  else 'marked' end,
             n.id, n.revision
      from after n join before o using (id)
      where n.revision > o.revision or n.fingerprint <> o.fingerprint or n.published_on <> o.published_on or n.language is distinct from o.language
         or n.gone_at is distinct from o.gone_at or n.retracted_at is distinct from o.retracted_at or n.story_id is distinct from o.story_id
      order by n.id
      returning kind, article_id)
    select kind, array_agg(article_id) as ids from news group by kind
  loop
    perform ingest.announce_changes(changed.kind, changed.ids);
  end loop;
  return null;
end $$;
COMMENT ON FUNCTION ingest.record_changed() IS 'Trigger: logs and announces articles whose text, date, language, marks or story changed.';
CREATE FUNCTION ingest.record_removed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  ids bigint[];
begin
  select array_agg(id order by id) into ids from removed;
  if ids is null then return null; end if;
  insert into ingest.article_changes (xid, kind, article_id, revision)
    select pg_current_xact_id(), 'removed', id, revision from removed order by id;
  delete from ingest.article_search where article_id = any(ids);
  perform ingest.announce_changes('removed', ids);
  return null;
end $$;
COMMENT ON FUNCTION ingest.record_removed() IS 'Trigger: logs and announces removed articles, and takes them out of the search.';
CREATE TABLE ingest.schema_migrations (
    migration_id character varying(150) NOT NULL,
    product_version character varying(32) NOT NULL
);
COMMENT ON TABLE ingest.schema_migrations IS 'The schema''s version: one row a migration, written by EF Core.';
COMMENT ON COLUMN ingest.schema_migrations.migration_id IS 'Name of the migration; the last one is the version.';
COMMENT ON COLUMN ingest.schema_migrations.product_version IS 'Version of EF Core that applied it.';
CREATE FUNCTION ingest.schema_version() RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT max((schema_migrations.migration_id)::text) AS max FROM ingest.schema_migrations);
COMMENT ON FUNCTION ingest.schema_version() IS 'The schema''s version: the name of its last migration. A worker refuses a newer schema than its own.';
CREATE FUNCTION ingest.search(query text, first_day date DEFAULT NULL::date, last_day date DEFAULT NULL::date, language text DEFAULT NULL::text, max_rows integer DEFAULT 20) RETURNS TABLE(article_id bigint, published_on date, source text, url text, title text, snippet text, rank real)
    LANGUAGE plpgsql STABLE
    SET jit TO 'off'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    SET work_mem TO '64MB'
    AS $_$
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
end $_$;
COMMENT ON FUNCTION ingest.search(query text, first_day date, last_day date, language text, max_rows integer) IS 'Articles that speak of what was asked for, best first: "quoted phrases", or, -without; between two days; in a language. The newest 1,000 matches are ranked. The snippet is plain text with the words between <b> and </b>.';
CREATE FUNCTION ingest.search_alternatives(query tsquery) RETURNS SETOF integer[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
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
COMMENT ON FUNCTION ingest.search_alternatives(query tsquery) IS 'The words that a document must have, all of at least one set, to match a query: as the numbers that the search index holds. Not all that have them match.';
CREATE FUNCTION ingest.search_condition(query tsquery) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $_$
begin
  return (select string_agg(distinct format('ingest.search_words(s.document) @> (%L::integer[] || $1)', needed), ' or ') from ingest.search_alternatives(query) as needed);
end $_$;
COMMENT ON FUNCTION ingest.search_condition(query tsquery) IS 'What the search index is asked for a query, as SQL of ingest.article_search s; $1 are the numbers of words that are needed besides.';
CREATE FUNCTION ingest.search_config(language text) RETURNS regconfig
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE lower(split_part(language, '-'::text, 1)) WHEN 'en'::text THEN 'english'::regconfig WHEN 'de'::text THEN 'german'::regconfig WHEN 'fr'::text THEN 'french'::regconfig WHEN 'es'::text THEN 'spanish'::regconfig WHEN 'it'::text THEN 'italian'::regconfig WHEN 'pt'::text THEN 'portuguese'::regconfig WHEN 'nl'::text THEN 'dutch'::regconfig WHEN 'ru'::text THEN 'russian'::regconfig WHEN 'sv'::text THEN 'swedish'::regconfig WHEN 'da'::text THEN 'danish'::regconfig WHEN 'fi'::text THEN 'finnish'::regconfig WHEN 'hu'::text THEN 'hungarian'::regconfig WHEN 'no'::text THEN 'norwegian'::regconfig WHEN 'nb'::text THEN 'norwegian'::regconfig WHEN 'nn'::text THEN 'norwegian'::regconfig WHEN 'ro'::text THEN 'romanian'::regconfig WHEN 'tr'::text THEN 'turkish'::regconfig WHEN 'el'::text THEN 'greek'::regconfig WHEN 'ar'::text THEN 'arabic'::regconfig WHEN 'hi'::text THEN 'hindi'::regconfig WHEN 'id'::text THEN 'indonesian'::regconfig WHEN 'ga'::text THEN 'irish'::regconfig WHEN 'lt'::text THEN 'lithuanian'::regconfig WHEN 'ne'::text THEN 'nepali'::regconfig WHEN 'ta'::text THEN 'tamil'::regconfig WHEN 'ca'::text THEN 'catalan'::regconfig WHEN 'eu'::text THEN 'basque'::regconfig WHEN 'hy'::text THEN 'armenian'::regconfig WHEN 'sr'::text THEN 'serbian'::regconfig WHEN 'yi'::text THEN 'yiddish'::regconfig ELSE 'simple'::regconfig END;
COMMENT ON FUNCTION ingest.search_config(language text) IS 'The text search configuration of a language tag; simple for languages without one.';
CREATE FUNCTION ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
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
COMMENT ON FUNCTION ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) IS 'What the search finds an article by: title and headline (weight A), description (B; the lead stands in for a missing one), body if wanted (D), and its language, day, month and year, by which the search is narrowed.';
CREATE FUNCTION ingest.search_text(text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
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
COMMENT ON FUNCTION ingest.search_text(text text) IS 'Text as the search takes words from it: typographic punctuation parts words; scripts without spaces between words are cut into pairs of characters.';
CREATE FUNCTION ingest.search_query(query text, language text DEFAULT NULL::text) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN (language IS NOT NULL) THEN websearch_to_tsquery(ingest.search_config(language), ingest.search_text(query)) ELSE (SELECT (string_agg(DISTINCT (('( '::text || (each_language.q)::text) || ' )'::text), ' | '::text))::tsquery AS string_agg FROM (SELECT websearch_to_tsquery(ingest.search_config(tag.tag), ingest.search_text(search_query.query)) AS q FROM unnest('{en,de,fr,es,it,pt,nl,ru,sv,da,fi,hu,no,ro,tr,el,ar,hi,id,ga,lt,ne,ta,ca,eu,hy,sr,yi,zz}'::text[]) tag(tag)) each_language WHERE (numnode(each_language.q) > 0)) END;
COMMENT ON FUNCTION ingest.search_query(query text, language text) IS 'The words of a question as the search understands them: "quoted phrases", or, -without. Without a language, the words of every language are tried.';
CREATE FUNCTION ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN (ingest.search_text(query) ~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]'::text) THEN (SELECT CASE WHEN (found.at > 0) THEN ((((substr(whole.text, GREATEST((found.at - 40), 1), LEAST((found.at - 1), 40)) || '<b>'::text) || whole.word) || '</b>'::text) || substr(whole.text, (found.at + length(whole.word)), 80)) ELSE "left"(whole.text, 120) END AS "left" FROM (SELECT CASE WHEN (search_snippet.description = ''::text) THEN search_snippet.body WHEN (strpos(search_snippet.description, words.word) > 0) THEN search_snippet.description ELSE ((search_snippet.description || ' '::text) || "left"(search_snippet.body, 100000)) END AS text, words.word FROM (SELECT TRIM(BOTH '" '::text FROM split_part(search_snippet.query, ' '::text, 1)) AS word) words) whole, LATERAL (SELECT strpos(whole.text, whole.word) AS at) found) ELSE ts_headline(ingest.search_config(language), ((description || ' '::text) || "left"(body, 20000)), parsed, 'StartSel=<b>, StopSel=</b>, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "'::text) END;
COMMENT ON FUNCTION ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) IS 'Where a text speaks of what was asked for: a passage of plain text with the words between <b> and </b>.';
CREATE FUNCTION ingest.search_words(document tsvector) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
declare
  words integer[] := '{}';
  word text;
begin
  foreach word in array tsvector_to_array(document) loop words := words || hashtext(word); end loop;
  return words;
end $$;
COMMENT ON FUNCTION ingest.search_words(document tsvector) IS 'The words of a document as the numbers (hashtext) that the search index holds.';
CREATE FUNCTION ingest.settle_search() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ select gin_clean_pending_list('ingest.ix_article_search_words') $$;
COMMENT ON FUNCTION ingest.settle_search() IS 'Moves what was lately indexed into the search index proper; the worker calls it after each round of indexing.';
CREATE TABLE ingest.article_aliases (
    alias_key uuid NOT NULL,
    article_key uuid NOT NULL,
    url text NOT NULL,
    reason text NOT NULL,
    merged_id bigint,
    noticed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_article_aliases_reason CHECK ((reason = ANY (ARRAY['canonical'::text, 'redirect'::text, 'moved'::text, 'republished'::text, 'duplicate'::text])))
);
COMMENT ON TABLE ingest.article_aliases IS 'Further URLs of articles: links that moved, redirects, canonical links found on pages, duplicates that were dropped.';
COMMENT ON COLUMN ingest.article_aliases.alias_key IS 'XXH128 of the folded further URL; never the key of an article.';
COMMENT ON COLUMN ingest.article_aliases.article_key IS 'The article; joins articles.article_key.';
COMMENT ON COLUMN ingest.article_aliases.url IS 'The further URL.';
COMMENT ON COLUMN ingest.article_aliases.reason IS 'canonical, redirect, moved (same guid, other link), republished (same title and date, other guid and link) or duplicate (dropped as a near-duplicate).';
COMMENT ON COLUMN ingest.article_aliases.merged_id IS 'Number of the row in articles that was merged into this article; null when there was none.';
COMMENT ON COLUMN ingest.article_aliases.noticed_at IS 'When it was noticed.';
CREATE TABLE ingest.article_changes (
    xid xid8 NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    article_id bigint NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT ck_article_changes_kind CHECK ((kind = ANY (ARRAY['added'::text, 'completed'::text, 'revised'::text, 'marked'::text, 'removed'::text])))
);
COMMENT ON TABLE ingest.article_changes IS 'The log of changes to articles, kept by triggers; read it with changes_since.';
COMMENT ON COLUMN ingest.article_changes.xid IS 'The transaction that made the change.';
COMMENT ON COLUMN ingest.article_changes.id IS 'Orders the changes of one transaction.';
COMMENT ON COLUMN ingest.article_changes.kind IS 'added, completed (from its page), revised (by its publisher), marked (gone, retracted, joined a story) or removed.';
COMMENT ON COLUMN ingest.article_changes.article_id IS 'The article; joins articles.id unless it was removed.';
COMMENT ON COLUMN ingest.article_changes.revision IS 'The article''s version after the change.';
ALTER TABLE ingest.article_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME ingest.article_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ingest.article_links (
    article_key uuid NOT NULL,
    other_key uuid NOT NULL,
    reason text NOT NULL,
    noticed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_article_links_reason CHECK ((reason = ANY (ARRAY['guid'::text, 'canonical'::text, 'redirect'::text])))
);
COMMENT ON TABLE ingest.article_links IS 'Pairs of articles that something says are one, while their texts or dates say otherwise: both are kept.';
COMMENT ON COLUMN ingest.article_links.article_key IS 'The later article; joins articles.article_key.';
COMMENT ON COLUMN ingest.article_links.other_key IS 'The earlier article; joins articles.article_key.';
COMMENT ON COLUMN ingest.article_links.reason IS 'guid (both had it in one source), canonical (the page of one names the other) or redirect (one leads to the other).';
COMMENT ON COLUMN ingest.article_links.noticed_at IS 'When it was noticed.';
CREATE TABLE ingest.article_revisions (
    id bigint NOT NULL,
    article_id bigint NOT NULL,
    revision integer NOT NULL,
    kind text NOT NULL,
    url text NOT NULL,
    title text NOT NULL,
    headline text NOT NULL,
    description text NOT NULL,
    body text NOT NULL,
    published_at timestamp with time zone,
    modified_at timestamp with time zone,
    content_hash uuid NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone NOT NULL,
    changed_fields text[] NOT NULL,
    changed_words integer NOT NULL,
    changed_xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT ck_article_revisions_kind CHECK ((kind = ANY (ARRAY['revised'::text, 'merged'::text])))
);
ALTER TABLE ONLY ingest.article_revisions ALTER COLUMN body SET COMPRESSION lz4;
COMMENT ON TABLE ingest.article_revisions IS 'Texts that articles had before the present one: one row a superseded version.';
COMMENT ON COLUMN ingest.article_revisions.id IS 'Number of the row; grows with the order of insertion.';
COMMENT ON COLUMN ingest.article_revisions.article_id IS 'The article.';
COMMENT ON COLUMN ingest.article_revisions.revision IS 'Which version of the text this was, from 1.';
COMMENT ON COLUMN ingest.article_revisions.kind IS 'revised (superseded by what the publisher wrote later) or merged (the text of another row that proved to be the same article).';
COMMENT ON COLUMN ingest.article_revisions.url IS 'Canonical URL as published then.';
COMMENT ON COLUMN ingest.article_revisions.title IS 'Title then.';
COMMENT ON COLUMN ingest.article_revisions.headline IS 'Headline then.';
COMMENT ON COLUMN ingest.article_revisions.description IS 'Description then.';
COMMENT ON COLUMN ingest.article_revisions.body IS 'Body then.';
COMMENT ON COLUMN ingest.article_revisions.published_at IS 'The moment of publication stated then.';
COMMENT ON COLUMN ingest.article_revisions.modified_at IS 'The moment of the last modification stated then.';
COMMENT ON COLUMN ingest.article_revisions.content_hash IS 'XXH128 of the text''s letters and digits alone: a text that comes back is known by it.';
COMMENT ON COLUMN ingest.article_revisions.valid_from IS 'When this version was first seen.';
COMMENT ON COLUMN ingest.article_revisions.valid_to IS 'When the next version was first seen.';
COMMENT ON COLUMN ingest.article_revisions.changed_fields IS 'What the next version changed: title, headline, description, body.';
COMMENT ON COLUMN ingest.article_revisions.changed_words IS 'How many words the next version added or took away.';
COMMENT ON COLUMN ingest.article_revisions.changed_xid IS 'The transaction that superseded this version.';
ALTER TABLE ingest.article_revisions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME ingest.article_revisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ingest.article_search (
    article_id bigint NOT NULL,
    published_on date NOT NULL,
    document tsvector NOT NULL
);
ALTER TABLE ONLY ingest.article_search ALTER COLUMN document SET COMPRESSION lz4;
COMMENT ON TABLE ingest.article_search IS 'What search() finds articles by. Filled a moment after an article changed; Ingest:Search says with what.';
COMMENT ON COLUMN ingest.article_search.article_id IS 'The article; joins articles.id.';
COMMENT ON COLUMN ingest.article_search.published_on IS 'Its day.';
COMMENT ON COLUMN ingest.article_search.document IS 'Its words with their weights, and its language, day, month and year as words that begin with @.';
CREATE TABLE ingest.article_shingles (
    shingle integer NOT NULL,
    day date NOT NULL,
    article_id bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_insert_scale_factor='0.2');
COMMENT ON TABLE ingest.article_shingles IS 'Index for near-duplicates: a few word groups of each recent article''s text, chosen by their hash.';
COMMENT ON COLUMN ingest.article_shingles.shingle IS 'Hash of a group of neighbouring words; of letters in scripts without spaces.';
COMMENT ON COLUMN ingest.article_shingles.day IS 'Day (UTC) on which the text was stored, for an imported article its day of publication; rows past the window of Ingest:Duplicates are removed.';
COMMENT ON COLUMN ingest.article_shingles.article_id IS 'The article; joins articles.id.';
CREATE TABLE ingest.article_sightings (
    source_id integer NOT NULL,
    entry_key uuid NOT NULL,
    article_key uuid NOT NULL,
    guid text,
    url text NOT NULL,
    title text NOT NULL,
    fingerprint uuid NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE ingest.article_sightings IS 'Which source showed which article, under which guid and link.';
COMMENT ON COLUMN ingest.article_sightings.source_id IS 'The source that showed it.';
COMMENT ON COLUMN ingest.article_sightings.entry_key IS 'Identity of the entry in its source: XXH128 of its guid, or of its link.';
COMMENT ON COLUMN ingest.article_sightings.article_key IS 'The article; joins articles.article_key, which may not be there yet when the page is still waiting.';
COMMENT ON COLUMN ingest.article_sightings.guid IS 'guid or id as published; null when none.';
COMMENT ON COLUMN ingest.article_sightings.url IS 'Link as published.';
COMMENT ON COLUMN ingest.article_sightings.title IS 'Title as published.';
COMMENT ON COLUMN ingest.article_sightings.fingerprint IS 'XXH128 of the entry as last shown.';
COMMENT ON COLUMN ingest.article_sightings.first_seen_at IS 'When this source first showed it.';
COMMENT ON COLUMN ingest.article_sightings.changed_at IS 'When the entry last changed.';
CREATE TABLE ingest.articles (
    id bigint NOT NULL,
    article_key uuid NOT NULL,
    url text NOT NULL,
    source_id integer,
    published_on date NOT NULL,
    published_at timestamp with time zone,
    modified_at timestamp with time zone,
    date_source text NOT NULL,
    title text NOT NULL,
    title_source text NOT NULL,
    headline text NOT NULL,
    description text NOT NULL,
    body text NOT NULL,
    body_source text NOT NULL,
    authors text[] NOT NULL,
    language text,
    word_count integer NOT NULL,
    image_url text,
    categories text[] NOT NULL,
    enclosures jsonb DEFAULT '[]'::jsonb NOT NULL,
    live_blog boolean NOT NULL,
    fingerprint uuid NOT NULL,
    page_state text NOT NULL,
    page_error text,
    first_seen_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    changed_xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    doubtful_changes smallint DEFAULT 0 NOT NULL,
    gone_at timestamp with time zone,
    gone_reason text,
    retracted_at timestamp with time zone,
    retraction text,
    revised_at timestamp with time zone,
    story_id bigint,
    story_similarity real,
    CONSTRAINT ck_articles_page_state CHECK ((page_state = ANY (ARRAY['none'::text, 'waiting'::text, 'read'::text, 'failed'::text, 'rejected'::text])))
);
ALTER TABLE ONLY ingest.articles ALTER COLUMN description SET COMPRESSION lz4;
ALTER TABLE ONLY ingest.articles ALTER COLUMN body SET COMPRESSION lz4;
COMMENT ON TABLE ingest.articles IS 'Every article once, with its text and where each part of it came from.';
COMMENT ON COLUMN ingest.articles.id IS 'Number of the article; grows with the order of insertion, not with the date.';
COMMENT ON COLUMN ingest.articles.article_key IS 'Identity: XXH128 of the folded URL.';
COMMENT ON COLUMN ingest.articles.url IS 'Canonical URL as published.';
COMMENT ON COLUMN ingest.articles.source_id IS 'The source that showed it first; null for an imported article.';
COMMENT ON COLUMN ingest.articles.published_on IS 'The publisher''s own calendar day; the day first seen (UTC) when date_source is first_seen.';
COMMENT ON COLUMN ingest.articles.published_at IS 'The stated moment; null when only a day, or nothing, was stated.';
COMMENT ON COLUMN ingest.articles.modified_at IS 'The stated moment of the last modification; null when not stated.';
COMMENT ON COLUMN ingest.articles.date_source IS 'Where the date came from: feed, json-ld, meta, microdata, time, url, visible, archive or first_seen.';
COMMENT ON COLUMN ingest.articles.title IS 'Name of the page or item, one line.';
COMMENT ON COLUMN ingest.articles.title_source IS 'Where the title came from: feed, json-ld, microdata, opengraph, meta, html or archive.';
COMMENT ON COLUMN ingest.articles.headline IS 'schema.org headline, one line; the title where none was stated.';
COMMENT ON COLUMN ingest.articles.description IS 'Standfirst or summary, one line; may be empty.';
COMMENT ON COLUMN ingest.articles.body IS 'Paragraphs parted by one blank line; may be empty.';
COMMENT ON COLUMN ingest.articles.body_source IS 'Where the body came from: html, json-ld, microdata, feed-content, archive or none.';
COMMENT ON COLUMN ingest.articles.authors IS 'Authors as stated.';
COMMENT ON COLUMN ingest.articles.language IS 'BCP 47 tag, stated or detected.';
COMMENT ON COLUMN ingest.articles.word_count IS 'Words of the body; for scripts without spaces, their letters.';
COMMENT ON COLUMN ingest.articles.image_url IS 'Lead image.';
COMMENT ON COLUMN ingest.articles.categories IS 'Categories and tags as stated.';
COMMENT ON COLUMN ingest.articles.enclosures IS 'Attached files: [{"url", "type", "length"}].';
COMMENT ON COLUMN ingest.articles.live_blog IS 'The page is a running report that goes on being written.';
COMMENT ON COLUMN ingest.articles.fingerprint IS 'XXH128 of title, headline, description and body.';
COMMENT ON COLUMN ingest.articles.page_state IS 'The article''s page: none (not wanted), waiting, read, failed (given up) or rejected (not an article''s page).';
COMMENT ON COLUMN ingest.articles.page_error IS 'Why the page failed or was rejected.';
COMMENT ON COLUMN ingest.articles.first_seen_at IS 'When the article was first stored.';
COMMENT ON COLUMN ingest.articles.updated_at IS 'When the row last changed.';
COMMENT ON COLUMN ingest.articles.revision IS 'Counts the versions of the text that the publisher showed, from 1; those before this one are in article_revisions.';
COMMENT ON COLUMN ingest.articles.changed_xid IS 'The transaction that added the article, completed it from its page or revised it.';
COMMENT ON COLUMN ingest.articles.doubtful_changes IS 'Revisions that changed nothing but digits or went back to an earlier text; after a few of them, more are taken for counters and clocks.';
COMMENT ON COLUMN ingest.articles.gone_at IS 'When the article''s page was found gone (404 or 410); null when it was not, or is back. The text is kept.';
COMMENT ON COLUMN ingest.articles.gone_reason IS 'What the server answered when the page was gone.';
COMMENT ON COLUMN ingest.articles.retracted_at IS 'When the publisher was seen to have withdrawn the article; null when it stands.';
COMMENT ON COLUMN ingest.articles.retraction IS 'How it was withdrawn: a mark in the title, a claim of the page, or an entry of the feed that deletes it.';
COMMENT ON COLUMN ingest.articles.revised_at IS 'When this version superseded another; null for the first.';
COMMENT ON COLUMN ingest.articles.story_id IS 'The story that the article tells together with near-duplicates; null when it stands alone.';
COMMENT ON COLUMN ingest.articles.story_similarity IS 'Share of the shorter text''s word groups, 0 to 1, that also stand in the story''s article it was matched with; null for the one that leads.';
ALTER TABLE ingest.articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME ingest.articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ingest.sources (
    id integer NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    configured_url text NOT NULL,
    parent_id integer,
    depth smallint NOT NULL,
    state text NOT NULL,
    slot smallint NOT NULL,
    full_text text NOT NULL,
    schedule text,
    time_zone text,
    poll_interval interval,
    tags text[] NOT NULL,
    title text,
    site_url text,
    language text,
    etag text,
    last_modified text,
    validators_url text,
    body_hash uuid,
    next_poll_at timestamp with time zone NOT NULL,
    next_poll_reason text,
    adaptive_interval interval,
    asked_interval interval,
    skip_hours smallint[],
    skip_days smallint[],
    failure_weight double precision NOT NULL,
    last_polled_at timestamp with time zone,
    last_success_at timestamp with time zone,
    last_news_at timestamp with time zone,
    last_status integer,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    hours_by_day real[],
    hours_by_hour real[],
    interval_ceiling interval,
    last_full_at timestamp with time zone,
    moved_seen integer,
    moved_since timestamp with time zone,
    moved_to text,
    newest_entry_at timestamp with time zone,
    news_by_day real[],
    news_by_hour real[],
    news_gap interval,
    silent_since timestamp with time zone,
    validator_trust text DEFAULT 'trusted'::text NOT NULL,
    validator_trust_at timestamp with time zone,
    CONSTRAINT ck_sources_full_text CHECK ((full_text = ANY (ARRAY['auto'::text, 'always'::text, 'never'::text]))),
    CONSTRAINT ck_sources_state CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text, 'paused'::text, 'gone'::text]))),
    CONSTRAINT ck_sources_validator_trust CHECK ((validator_trust = ANY (ARRAY['trusted'::text, 'tested'::text, 'distrusted'::text])))
);
COMMENT ON TABLE ingest.sources IS 'What is polled: one row a feed, sitemap or page. Rows are never deleted; a source that left the configuration is disabled.';
COMMENT ON COLUMN ingest.sources.id IS 'Number of the source.';
COMMENT ON COLUMN ingest.sources.name IS 'Name in the configuration; a source found through another one is named PARENT/HASH.';
COMMENT ON COLUMN ingest.sources.url IS 'The URL that is polled now; differs from configured_url after a permanent move.';
COMMENT ON COLUMN ingest.sources.configured_url IS 'The URL as configured.';
COMMENT ON COLUMN ingest.sources.parent_id IS 'The sitemap index or page through which this source was found; null for configured sources.';
COMMENT ON COLUMN ingest.sources.depth IS 'Steps from the configuration: 0 for a configured source, 1 for one found through it, and so on.';
COMMENT ON COLUMN ingest.sources.state IS 'active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410; asked once in a while whether it is back).';
COMMENT ON COLUMN ingest.sources.slot IS 'Slot of the host, 0 to 1023; a partition of the schedule is a range of slots.';
COMMENT ON COLUMN ingest.sources.full_text IS 'Whether the entries'' pages are fetched: auto, always or never.';
COMMENT ON COLUMN ingest.sources.schedule IS 'Quartz cron expression; null for none.';
COMMENT ON COLUMN ingest.sources.time_zone IS 'IANA time zone of the cron expression; null for UTC.';
COMMENT ON COLUMN ingest.sources.poll_interval IS 'Fixed polling interval; null for adaptive polling.';
COMMENT ON COLUMN ingest.sources.tags IS 'Tags from the configuration.';
COMMENT ON COLUMN ingest.sources.title IS 'Title that the feed gives itself.';
COMMENT ON COLUMN ingest.sources.site_url IS 'Site that the feed names as its own.';
COMMENT ON COLUMN ingest.sources.language IS 'Language tag that the feed states.';
COMMENT ON COLUMN ingest.sources.etag IS 'ETag of the last full answer, byte for byte.';
COMMENT ON COLUMN ingest.sources.last_modified IS 'Last-Modified of the last full answer, byte for byte.';
COMMENT ON COLUMN ingest.sources.validators_url IS 'The URL that sent etag and last_modified, after redirects: they are sent to no other.';
COMMENT ON COLUMN ingest.sources.body_hash IS 'XXH128 of the last full answer''s body.';
COMMENT ON COLUMN ingest.sources.next_poll_at IS 'When the source is due.';
COMMENT ON COLUMN ingest.sources.next_poll_reason IS 'Why it is due then, in words.';
COMMENT ON COLUMN ingest.sources.adaptive_interval IS 'The interval that adaptive polling chose last.';
COMMENT ON COLUMN ingest.sources.asked_interval IS 'The shortest interval that the feed asked for when it was last read; null for none.';
COMMENT ON COLUMN ingest.sources.skip_hours IS 'Hours (0 to 23, UTC) in which the feed asks not to be polled; null for none.';
COMMENT ON COLUMN ingest.sources.skip_days IS 'Days (0 Sunday to 6 Saturday, UTC) on which the feed asks not to be polled; null for none.';
COMMENT ON COLUMN ingest.sources.failure_weight IS 'Weight of the failures since the last success: permanent 1, server 0.5, transient 0.25.';
COMMENT ON COLUMN ingest.sources.last_polled_at IS 'When it was last asked.';
COMMENT ON COLUMN ingest.sources.last_success_at IS 'When it last answered usably, 304 included.';
COMMENT ON COLUMN ingest.sources.last_news_at IS 'When a poll last brought a new or changed entry.';
COMMENT ON COLUMN ingest.sources.last_status IS 'HTTP status of the last poll; 0 when no answer came.';
COMMENT ON COLUMN ingest.sources.last_error IS 'Why the last poll failed; null when it did not.';
COMMENT ON COLUMN ingest.sources.created_at IS 'When the row was made.';
COMMENT ON COLUMN ingest.sources.updated_at IS 'When the configuration of the row last changed.';
COMMENT ON COLUMN ingest.sources.hours_by_day IS 'How long each day of the week was watched for news, in hours that fade.';
COMMENT ON COLUMN ingest.sources.hours_by_hour IS 'How long each hour of the day was watched for news, in hours that fade.';
COMMENT ON COLUMN ingest.sources.interval_ceiling IS 'The longest interval that is risked since entries were missed; null for none.';
COMMENT ON COLUMN ingest.sources.last_full_at IS 'When it last gave a full answer; long ago, a 304 is not believed without a check.';
COMMENT ON COLUMN ingest.sources.moved_seen IS 'Visits in a row that saw them.';
COMMENT ON COLUMN ingest.sources.moved_since IS 'When they were first seen.';
COMMENT ON COLUMN ingest.sources.moved_to IS 'Where permanent redirects lead that are not believed yet; null for none.';
COMMENT ON COLUMN ingest.sources.newest_entry_at IS 'When the newest entry came that adaptive polling has learnt from.';
COMMENT ON COLUMN ingest.sources.news_by_day IS 'How much news comes on each day of the week (Sunday first, UTC): counts that fade.';
COMMENT ON COLUMN ingest.sources.news_by_hour IS 'How much news comes in each hour of the day (0 to 23, UTC): counts that fade.';
COMMENT ON COLUMN ingest.sources.news_gap IS 'Mean time between two pieces of news, measured in active time; null before any was seen.';
COMMENT ON COLUMN ingest.sources.silent_since IS 'The last time at which something new was there.';
COMMENT ON COLUMN ingest.sources.validator_trust IS 'Whether a 304 of the server is believed: trusted, tested (validators known to be outdated are sent once more) or distrusted (it said 304 although the feed had changed: it is asked for the whole feed).';
COMMENT ON COLUMN ingest.sources.validator_trust_at IS 'When validator_trust last changed; null for never.';
CREATE VIEW ingest.articles_per_day AS
 SELECT a.published_on,
    s.name AS source,
    count(*) AS articles,
    sum(a.word_count) AS words,
    count(*) FILTER (WHERE (a.body <> ''::text)) AS with_body,
    count(*) FILTER (WHERE (a.date_source = 'first_seen'::text)) AS undated
   FROM (ingest.articles a
     LEFT JOIN ingest.sources s ON ((s.id = a.source_id)))
  GROUP BY a.published_on, s.name;
COMMENT ON VIEW ingest.articles_per_day IS 'Articles by day and source. Ask for a range of days.';
COMMENT ON COLUMN ingest.articles_per_day.published_on IS 'The publisher''s own calendar day; the day first seen for undated articles.';
COMMENT ON COLUMN ingest.articles_per_day.source IS 'Name of the source that showed them first; null for imported ones.';
COMMENT ON COLUMN ingest.articles_per_day.articles IS 'How many articles.';
COMMENT ON COLUMN ingest.articles_per_day.words IS 'Words of their bodies.';
COMMENT ON COLUMN ingest.articles_per_day.with_body IS 'How many of them have a body.';
COMMENT ON COLUMN ingest.articles_per_day.undated IS 'How many of them stated no date.';
CREATE VIEW ingest.dated_articles AS
 SELECT a.id,
    a.published_on,
    a.url,
    s.name AS source,
    a.language,
    a.date_source,
    ingest.dated_text(a.published_on, a.url, a.title, a.headline, a.description, a.body) AS text
   FROM (ingest.articles a
     LEFT JOIN ingest.sources s ON ((s.id = a.source_id)));
COMMENT ON VIEW ingest.dated_articles IS 'Every article as dated-article text.';
COMMENT ON COLUMN ingest.dated_articles.id IS 'Number of the article.';
COMMENT ON COLUMN ingest.dated_articles.published_on IS 'The publisher''s own calendar day; the day first seen (UTC) when date_source is first_seen.';
COMMENT ON COLUMN ingest.dated_articles.url IS 'Canonical URL as published.';
COMMENT ON COLUMN ingest.dated_articles.source IS 'Name of the source that showed it first; null for an imported article.';
COMMENT ON COLUMN ingest.dated_articles.language IS 'BCP 47 tag, stated or detected.';
COMMENT ON COLUMN ingest.dated_articles.date_source IS 'Where the date came from.';
COMMENT ON COLUMN ingest.dated_articles.text IS 'The record: header, title, headline, description and body, each followed by a blank line.';
CREATE TABLE ingest.fetches (
    id uuid NOT NULL,
    source_id integer,
    url text NOT NULL,
    kind text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration_ms integer NOT NULL,
    status integer NOT NULL,
    outcome text NOT NULL,
    cause text,
    failure text,
    bytes bigint NOT NULL,
    attempts integer NOT NULL,
    conditional boolean NOT NULL,
    final_url text,
    entries_new integer NOT NULL,
    entries_changed integer NOT NULL,
    entries_known integer NOT NULL,
    entries_rejected integer NOT NULL,
    node text NOT NULL,
    opt_outs text[],
    redirects text[],
    tdm_policy text,
    CONSTRAINT ck_fetches_outcome CHECK ((outcome = ANY (ARRAY['fetched'::text, 'not_modified'::text, 'failed'::text])))
);
COMMENT ON TABLE ingest.fetches IS 'The ledger: one row a fetch of a source, page, archive or robots.txt.';
COMMENT ON COLUMN ingest.fetches.id IS 'UUID version 7 of the fetch: sorts by time.';
COMMENT ON COLUMN ingest.fetches.source_id IS 'The source that it was made for.';
COMMENT ON COLUMN ingest.fetches.url IS 'The URL asked for.';
COMMENT ON COLUMN ingest.fetches.kind IS 'feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), robots (robots.txt) or tdm (tdmrep.json).';
COMMENT ON COLUMN ingest.fetches.started_at IS 'When it began.';
COMMENT ON COLUMN ingest.fetches.duration_ms IS 'Milliseconds, retries and waits of the pipeline included.';
COMMENT ON COLUMN ingest.fetches.status IS 'HTTP status; 0 when no answer came.';
COMMENT ON COLUMN ingest.fetches.outcome IS 'fetched, not_modified or failed.';
COMMENT ON COLUMN ingest.fetches.cause IS 'Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, Unreadable, Rejected, …; null when nothing failed.';
COMMENT ON COLUMN ingest.fetches.failure IS 'What went wrong, in the fetch or in reading what it brought; null when nothing did.';
COMMENT ON COLUMN ingest.fetches.bytes IS 'Bytes of the body on the wire.';
COMMENT ON COLUMN ingest.fetches.attempts IS 'Requests made, retries included.';
COMMENT ON COLUMN ingest.fetches.conditional IS 'Whether validators were sent.';
COMMENT ON COLUMN ingest.fetches.final_url IS 'The URL that answered, when redirects led elsewhere.';
COMMENT ON COLUMN ingest.fetches.entries_new IS 'Entries that were new.';
COMMENT ON COLUMN ingest.fetches.entries_changed IS 'Entries that said something else than before.';
COMMENT ON COLUMN ingest.fetches.entries_known IS 'Entries that were known, here or through another source.';
COMMENT ON COLUMN ingest.fetches.entries_rejected IS 'Entries that cannot become articles.';
COMMENT ON COLUMN ingest.fetches.node IS 'The worker that made it.';
COMMENT ON COLUMN ingest.fetches.opt_outs IS 'What the publisher asks not to be done with the answer: noindex, noarchive, nosnippet, noai, tdm-reserved; null for nothing.';
COMMENT ON COLUMN ingest.fetches.redirects IS 'The redirects followed, in order, each as its status and where it led; null for none.';
COMMENT ON COLUMN ingest.fetches.tdm_policy IS 'The licence that a reservation of text and data mining points to, as stated; null for none.';
CREATE TABLE ingest.host_holds (
    host text NOT NULL,
    not_before timestamp with time zone NOT NULL,
    status integer NOT NULL,
    set_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE ingest.host_holds IS 'Hosts that asked to be left alone (429, 503, Retry-After): no worker asks them before, restarts or not.';
COMMENT ON COLUMN ingest.host_holds.host IS 'Host, with the port where it is not the scheme''s own.';
COMMENT ON COLUMN ingest.host_holds.not_before IS 'The first time it may be asked again.';
COMMENT ON COLUMN ingest.host_holds.status IS 'The HTTP status that asked for it.';
COMMENT ON COLUMN ingest.host_holds.set_at IS 'When it asked.';
CREATE TABLE ingest.page_queue (
    article_key uuid NOT NULL,
    source_id integer NOT NULL,
    url text NOT NULL,
    slot smallint NOT NULL,
    state text NOT NULL,
    published_at timestamp with time zone,
    attempts integer NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    last_error text,
    queued_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_page_queue_state CHECK ((state = ANY (ARRAY['waiting'::text, 'failed'::text, 'rejected'::text])))
);
COMMENT ON TABLE ingest.page_queue IS 'Pages still to be fetched, and those given up or rejected, so that they are not queued again.';
COMMENT ON COLUMN ingest.page_queue.article_key IS 'The article that the page belongs to; it may not exist yet when the source gives links only.';
COMMENT ON COLUMN ingest.page_queue.source_id IS 'The source through which the page was found.';
COMMENT ON COLUMN ingest.page_queue.url IS 'What is fetched.';
COMMENT ON COLUMN ingest.page_queue.slot IS 'Slot of the host, 0 to 1023.';
COMMENT ON COLUMN ingest.page_queue.state IS 'waiting, failed (given up) or rejected (not an article''s page).';
COMMENT ON COLUMN ingest.page_queue.published_at IS 'Date that the source states; newest pages go first.';
COMMENT ON COLUMN ingest.page_queue.attempts IS 'Fetches made so far.';
COMMENT ON COLUMN ingest.page_queue.next_attempt_at IS 'When it is due.';
COMMENT ON COLUMN ingest.page_queue.last_error IS 'Why the last attempt failed, or the page was rejected.';
COMMENT ON COLUMN ingest.page_queue.queued_at IS 'When it was queued.';
CREATE TABLE ingest.search_progress (
    only_row boolean NOT NULL,
    scope text NOT NULL,
    xid xid8 NOT NULL,
    change_id bigint NOT NULL,
    indexed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_search_progress_only_row CHECK (only_row)
);
COMMENT ON TABLE ingest.search_progress IS 'One row: how far the search index has followed the log of changes.';
COMMENT ON COLUMN ingest.search_progress.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN ingest.search_progress.scope IS 'What is indexed: Off, Headlines or Body.';
COMMENT ON COLUMN ingest.search_progress.xid IS 'The last change that is indexed: its transaction.';
COMMENT ON COLUMN ingest.search_progress.change_id IS 'The last change that is indexed: its number.';
COMMENT ON COLUMN ingest.search_progress.indexed_at IS 'When the index was last brought up to date.';
CREATE TABLE ingest.source_events (
    id bigint NOT NULL,
    source_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL
);
COMMENT ON TABLE ingest.source_events IS 'What happened to sources beyond their daily business: one row an event.';
COMMENT ON COLUMN ingest.source_events.id IS 'Number of the event.';
COMMENT ON COLUMN ingest.source_events.source_id IS 'The source.';
COMMENT ON COLUMN ingest.source_events.at IS 'When it was noticed.';
COMMENT ON COLUMN ingest.source_events.kind IS 'moved, gone, returned, quarantined, recovered, entries_missed, validators_doubted, validators_distrusted or validators_trusted.';
COMMENT ON COLUMN ingest.source_events.detail IS 'In words, with the old and new URL of a move.';
ALTER TABLE ingest.source_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME ingest.source_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW ingest.source_health AS
 SELECT s.name,
    s.url,
    s.state,
    s.last_polled_at,
    s.last_success_at,
    s.last_news_at,
    s.next_poll_at,
    s.next_poll_reason,
    s.last_status,
    s.last_error,
    s.failure_weight,
    d.fetches AS fetches_24h,
    d.failures AS failures_24h,
    d.entries AS entries_24h,
    d.median_ms AS median_ms_24h,
    ( SELECT count(*) AS count
           FROM ingest.page_queue q
          WHERE ((q.source_id = s.id) AND (q.state = 'waiting'::text))) AS pages_waiting,
        CASE
            WHEN (s.state <> 'active'::text) THEN s.state
            WHEN (s.last_polled_at IS NULL) THEN 'new'::text
            WHEN (s.last_error IS NULL) THEN 'healthy'::text
            WHEN (s.last_success_at > (now() - '1 day'::interval)) THEN 'shaky'::text
            ELSE 'failing'::text
        END AS health
   FROM (ingest.sources s
     LEFT JOIN LATERAL ( SELECT count(*) AS fetches,
            count(*) FILTER (WHERE (f.outcome = 'failed'::text)) AS failures,
            COALESCE(sum(f.entries_new), (0)::bigint) AS entries,
            percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((f.duration_ms)::double precision)) AS median_ms
           FROM ingest.fetches f
          WHERE ((f.source_id = s.id) AND (f.started_at > (now() - '1 day'::interval)))) d ON (true));
COMMENT ON VIEW ingest.source_health IS 'How each source is doing: one row a source, with its last day.';
COMMENT ON COLUMN ingest.source_health.name IS 'Name of the source.';
COMMENT ON COLUMN ingest.source_health.url IS 'What is polled.';
COMMENT ON COLUMN ingest.source_health.state IS 'active, paused, disabled or gone.';
COMMENT ON COLUMN ingest.source_health.last_polled_at IS 'When it was last asked.';
COMMENT ON COLUMN ingest.source_health.last_success_at IS 'When it last answered usably, 304 included.';
COMMENT ON COLUMN ingest.source_health.last_news_at IS 'When a poll last brought a new or changed entry.';
COMMENT ON COLUMN ingest.source_health.next_poll_at IS 'When it is due.';
COMMENT ON COLUMN ingest.source_health.next_poll_reason IS 'Why it is due then, in words.';
COMMENT ON COLUMN ingest.source_health.last_status IS 'HTTP status of the last poll; 0 when no answer came.';
COMMENT ON COLUMN ingest.source_health.last_error IS 'Why the last poll failed; null when it did not.';
COMMENT ON COLUMN ingest.source_health.failure_weight IS 'Weight of the failures since the last success.';
COMMENT ON COLUMN ingest.source_health.fetches_24h IS 'Fetches of the last 24 hours, pages included.';
COMMENT ON COLUMN ingest.source_health.failures_24h IS 'Failed ones among them.';
COMMENT ON COLUMN ingest.source_health.entries_24h IS 'New entries that they brought.';
COMMENT ON COLUMN ingest.source_health.median_ms_24h IS 'Their median duration in milliseconds.';
COMMENT ON COLUMN ingest.source_health.pages_waiting IS 'Pages of its entries still to be fetched.';
COMMENT ON COLUMN ingest.source_health.health IS 'healthy, shaky (fails now, answered within a day), failing, new, or the state when it is not active.';
ALTER TABLE ingest.sources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME ingest.sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE ingest.stories (
    id bigint NOT NULL,
    articles integer NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE ingest.stories IS 'Groups of near-duplicates: articles of the same text, from whatever source; joined by articles.story_id.';
COMMENT ON COLUMN ingest.stories.id IS 'Number of the story: that of the article that leads it, the first seen.';
COMMENT ON COLUMN ingest.stories.articles IS 'How many articles tell it.';
COMMENT ON COLUMN ingest.stories.first_seen_at IS 'When its leading article was first stored.';
COMMENT ON COLUMN ingest.stories.last_seen_at IS 'When the last article joined.';
CREATE TABLE quartz.qrtz_blob_triggers (
    sched_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    blob_data bytea
);
CREATE TABLE quartz.qrtz_calendars (
    sched_name text NOT NULL,
    calendar_name text NOT NULL,
    calendar bytea NOT NULL
);
CREATE TABLE quartz.qrtz_cron_triggers (
    sched_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    cron_expression text NOT NULL,
    time_zone_id text
);
CREATE TABLE quartz.qrtz_execution_history (
    sched_name text NOT NULL,
    entry_id text NOT NULL,
    instance_name text NOT NULL,
    job_name text NOT NULL,
    job_group text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    fired_time bigint NOT NULL,
    run_time bigint NOT NULL,
    succeeded boolean NOT NULL,
    error_message text,
    retry_attempt integer DEFAULT 0 NOT NULL,
    retry_scheduled boolean DEFAULT false NOT NULL,
    execution_log text,
    result integer,
    summary text,
    metrics text,
    manual boolean,
    fire_instance_id text,
    job_input text,
    job_input_too_large boolean
);
CREATE TABLE quartz.qrtz_fired_triggers (
    sched_name text NOT NULL,
    entry_id text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    instance_name text NOT NULL,
    fired_time bigint NOT NULL,
    sched_time bigint NOT NULL,
    priority integer NOT NULL,
    state text NOT NULL,
    job_name text,
    job_group text,
    is_nonconcurrent boolean NOT NULL,
    requests_recovery boolean,
    execution_group character varying(200),
    progress integer,
    progress_message character varying(250),
    interrupt_requested_time bigint
);
CREATE TABLE quartz.qrtz_job_details (
    sched_name text NOT NULL,
    job_name text NOT NULL,
    job_group text NOT NULL,
    description text,
    job_class_name text NOT NULL,
    is_durable boolean NOT NULL,
    is_nonconcurrent boolean NOT NULL,
    is_update_data boolean NOT NULL,
    requests_recovery boolean NOT NULL,
    job_data bytea
);
CREATE TABLE quartz.qrtz_job_status (
    sched_name text NOT NULL,
    job_group text NOT NULL,
    job_name text NOT NULL,
    first_fired_time bigint NOT NULL,
    last_fired_time bigint NOT NULL,
    last_result integer NOT NULL,
    last_run_time bigint NOT NULL,
    last_instance_name text NOT NULL,
    last_entry_id text,
    last_summary text,
    last_success_time bigint,
    last_failure_time bigint,
    last_failure_message text,
    consecutive_failures integer DEFAULT 0 NOT NULL,
    run_count bigint DEFAULT 0 NOT NULL,
    failure_count bigint DEFAULT 0 NOT NULL
);
CREATE TABLE quartz.qrtz_locks (
    sched_name text NOT NULL,
    lock_name text NOT NULL
);
CREATE TABLE quartz.qrtz_misfire_history (
    sched_name text NOT NULL,
    entry_id text NOT NULL,
    instance_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    job_name text,
    job_group text,
    misfire_time bigint NOT NULL,
    sched_time bigint,
    reason integer
);
CREATE TABLE quartz.qrtz_paused_job_grps (
    sched_name text NOT NULL,
    job_group text NOT NULL,
    pause_reason character varying(250),
    paused_by character varying(200),
    paused_at bigint
);
CREATE TABLE quartz.qrtz_paused_trigger_grps (
    sched_name text NOT NULL,
    trigger_group text NOT NULL,
    pause_reason character varying(250),
    paused_by character varying(200),
    paused_at bigint
);
CREATE TABLE quartz.qrtz_scheduler_state (
    sched_name text NOT NULL,
    instance_name text NOT NULL,
    last_checkin_time bigint NOT NULL,
    checkin_interval bigint NOT NULL,
    quartz_version character varying(20)
);
CREATE TABLE quartz.qrtz_simple_triggers (
    sched_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    repeat_count bigint NOT NULL,
    repeat_interval bigint NOT NULL,
    times_triggered bigint NOT NULL
);
CREATE TABLE quartz.qrtz_simprop_triggers (
    sched_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    str_prop_1 text,
    str_prop_2 text,
    str_prop_3 text,
    int_prop_1 integer,
    int_prop_2 integer,
    long_prop_1 bigint,
    long_prop_2 bigint,
    dec_prop_1 numeric,
    dec_prop_2 numeric,
    bool_prop_1 boolean,
    bool_prop_2 boolean,
    time_zone_id text
);
CREATE TABLE quartz.qrtz_triggers (
    sched_name text NOT NULL,
    trigger_name text NOT NULL,
    trigger_group text NOT NULL,
    job_name text NOT NULL,
    job_group text NOT NULL,
    description text,
    next_fire_time bigint,
    prev_fire_time bigint,
    priority integer,
    trigger_state text NOT NULL,
    trigger_type text NOT NULL,
    start_time bigint NOT NULL,
    end_time bigint,
    calendar_name text,
    misfire_instr smallint,
    misfire_orig_fire_time bigint,
    execution_group character varying(200),
    preferred_node character varying(200),
    preferred_node_auto boolean DEFAULT false NOT NULL,
    retry_policy character varying(250),
    retry_attempt integer,
    continues_trigger_name text,
    continues_trigger_group text,
    continuation_condition integer,
    overlap_policy integer,
    pause_reason character varying(250),
    paused_by character varying(200),
    paused_at bigint,
    misfire_threshold bigint,
    fixed_delay boolean,
    job_data bytea
);
ALTER TABLE ONLY ingest.article_aliases
    ADD CONSTRAINT pk_article_aliases PRIMARY KEY (alias_key);
ALTER TABLE ONLY ingest.article_changes
    ADD CONSTRAINT pk_article_changes PRIMARY KEY (xid, id);
ALTER TABLE ONLY ingest.article_links
    ADD CONSTRAINT pk_article_links PRIMARY KEY (article_key, other_key);
ALTER TABLE ONLY ingest.article_revisions
    ADD CONSTRAINT pk_article_revisions PRIMARY KEY (id);
ALTER TABLE ONLY ingest.article_search
    ADD CONSTRAINT pk_article_search PRIMARY KEY (article_id);
ALTER TABLE ONLY ingest.article_shingles
    ADD CONSTRAINT pk_article_shingles PRIMARY KEY (shingle, day, article_id);
ALTER TABLE ONLY ingest.article_sightings
    ADD CONSTRAINT pk_article_sightings PRIMARY KEY (source_id, entry_key, article_key);
ALTER TABLE ONLY ingest.articles
    ADD CONSTRAINT pk_articles PRIMARY KEY (id);
ALTER TABLE ONLY ingest.fetches
    ADD CONSTRAINT pk_fetches PRIMARY KEY (id);
ALTER TABLE ONLY ingest.host_holds
    ADD CONSTRAINT pk_host_holds PRIMARY KEY (host);
ALTER TABLE ONLY ingest.page_queue
    ADD CONSTRAINT pk_page_queue PRIMARY KEY (article_key);
ALTER TABLE ONLY ingest.schema_migrations
    ADD CONSTRAINT pk_schema_migrations PRIMARY KEY (migration_id);
ALTER TABLE ONLY ingest.search_progress
    ADD CONSTRAINT pk_search_progress PRIMARY KEY (only_row);
ALTER TABLE ONLY ingest.source_events
    ADD CONSTRAINT pk_source_events PRIMARY KEY (id);
ALTER TABLE ONLY ingest.sources
    ADD CONSTRAINT pk_sources PRIMARY KEY (id);
ALTER TABLE ONLY ingest.stories
    ADD CONSTRAINT pk_stories PRIMARY KEY (id);
ALTER TABLE ONLY quartz.qrtz_blob_triggers
    ADD CONSTRAINT qrtz_blob_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY quartz.qrtz_calendars
    ADD CONSTRAINT qrtz_calendars_pkey PRIMARY KEY (sched_name, calendar_name);
ALTER TABLE ONLY quartz.qrtz_cron_triggers
    ADD CONSTRAINT qrtz_cron_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY quartz.qrtz_execution_history
    ADD CONSTRAINT qrtz_execution_history_pkey PRIMARY KEY (sched_name, entry_id);
ALTER TABLE ONLY quartz.qrtz_fired_triggers
    ADD CONSTRAINT qrtz_fired_triggers_pkey PRIMARY KEY (sched_name, entry_id);
ALTER TABLE ONLY quartz.qrtz_job_details
    ADD CONSTRAINT qrtz_job_details_pkey PRIMARY KEY (sched_name, job_name, job_group);
ALTER TABLE ONLY quartz.qrtz_job_status
    ADD CONSTRAINT qrtz_job_status_pkey PRIMARY KEY (sched_name, job_group, job_name);
ALTER TABLE ONLY quartz.qrtz_locks
    ADD CONSTRAINT qrtz_locks_pkey PRIMARY KEY (sched_name, lock_name);
ALTER TABLE ONLY quartz.qrtz_misfire_history
    ADD CONSTRAINT qrtz_misfire_history_pkey PRIMARY KEY (sched_name, entry_id);
ALTER TABLE ONLY quartz.qrtz_paused_job_grps
    ADD CONSTRAINT qrtz_paused_job_grps_pkey PRIMARY KEY (sched_name, job_group);
ALTER TABLE ONLY quartz.qrtz_paused_trigger_grps
    ADD CONSTRAINT qrtz_paused_trigger_grps_pkey PRIMARY KEY (sched_name, trigger_group);
ALTER TABLE ONLY quartz.qrtz_scheduler_state
    ADD CONSTRAINT qrtz_scheduler_state_pkey PRIMARY KEY (sched_name, instance_name);
ALTER TABLE ONLY quartz.qrtz_simple_triggers
    ADD CONSTRAINT qrtz_simple_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY quartz.qrtz_simprop_triggers
    ADD CONSTRAINT qrtz_simprop_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY quartz.qrtz_triggers
    ADD CONSTRAINT qrtz_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
CREATE INDEX ix_article_aliases_article_key ON ingest.article_aliases USING btree (article_key);
CREATE INDEX ix_article_links_other_key ON ingest.article_links USING btree (other_key);
CREATE INDEX ix_article_revisions_article_id_id ON ingest.article_revisions USING btree (article_id, id);
CREATE INDEX ix_article_search_words ON ingest.article_search USING gin (ingest.search_words(document)) WITH (gin_pending_list_limit='65536');
CREATE INDEX ix_article_shingles_day ON ingest.article_shingles USING brin (day);
CREATE INDEX ix_article_sightings_article_key ON ingest.article_sightings USING btree (article_key);
CREATE UNIQUE INDEX ix_articles_article_key ON ingest.articles USING btree (article_key);
CREATE INDEX ix_articles_authors ON ingest.articles USING gin (authors) WITH (gin_pending_list_limit='512');
CREATE INDEX ix_articles_published_on_id ON ingest.articles USING btree (published_on DESC, id DESC);
CREATE INDEX ix_articles_source_id_id ON ingest.articles USING btree (source_id DESC, id DESC);
CREATE INDEX ix_articles_story_id_id ON ingest.articles USING btree (story_id, id) WHERE (story_id IS NOT NULL);
CREATE INDEX ix_articles_updated_at ON ingest.articles USING brin (updated_at) WITH (autosummarize='on');
CREATE INDEX ix_articles_url ON ingest.articles USING hash (url);
CREATE INDEX ix_fetches_source_id_id ON ingest.fetches USING btree (source_id DESC, id DESC);
CREATE INDEX ix_fetches_started_at ON ingest.fetches USING brin (started_at);
CREATE INDEX ix_page_queue_due ON ingest.page_queue USING btree (slot, next_attempt_at) WHERE (state = 'waiting'::text);
CREATE INDEX ix_page_queue_newest ON ingest.page_queue USING btree (slot, published_at DESC NULLS LAST) WHERE (state = 'waiting'::text);
CREATE INDEX ix_page_queue_source_id ON ingest.page_queue USING btree (source_id);
CREATE INDEX ix_source_events_source_id_id ON ingest.source_events USING btree (source_id, id);
CREATE INDEX ix_sources_due ON ingest.sources USING btree (slot, next_poll_at) WHERE (state = ANY (ARRAY['active'::text, 'gone'::text]));
CREATE UNIQUE INDEX ix_sources_name ON ingest.sources USING btree (name);
CREATE INDEX ix_sources_parent_id ON ingest.sources USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX idx_qrtz_eh_fire_inst ON quartz.qrtz_execution_history USING btree (sched_name, fire_instance_id);
CREATE INDEX idx_qrtz_eh_fired_time ON quartz.qrtz_execution_history USING btree (sched_name, fired_time);
CREATE INDEX idx_qrtz_eh_inst ON quartz.qrtz_execution_history USING btree (sched_name, instance_name);
CREATE INDEX idx_qrtz_eh_job_time ON quartz.qrtz_execution_history USING btree (sched_name, job_group, job_name, fired_time);
CREATE INDEX idx_qrtz_eh_trig_time ON quartz.qrtz_execution_history USING btree (sched_name, trigger_group, trigger_name, fired_time);
CREATE INDEX idx_qrtz_ft_inst_job_req_rcvry ON quartz.qrtz_fired_triggers USING btree (sched_name, instance_name, requests_recovery);
CREATE INDEX idx_qrtz_ft_j_g ON quartz.qrtz_fired_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_ft_t_g ON quartz.qrtz_fired_triggers USING btree (sched_name, trigger_name, trigger_group);
CREATE INDEX idx_qrtz_j_g_n ON quartz.qrtz_job_details USING btree (sched_name, job_group, job_name);
CREATE INDEX idx_qrtz_mh_inst ON quartz.qrtz_misfire_history USING btree (sched_name, instance_name);
CREATE INDEX idx_qrtz_mh_misfire_time ON quartz.qrtz_misfire_history USING btree (sched_name, misfire_time);
CREATE INDEX idx_qrtz_t_c ON quartz.qrtz_triggers USING btree (sched_name, calendar_name);
CREATE INDEX idx_qrtz_t_g_n ON quartz.qrtz_triggers USING btree (sched_name, trigger_group, trigger_name);
CREATE INDEX idx_qrtz_t_j ON quartz.qrtz_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_t_nft_st ON quartz.qrtz_triggers USING btree (sched_name, trigger_state, next_fire_time, priority DESC, misfire_instr);
CREATE TRIGGER record_added AFTER INSERT ON ingest.articles REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ingest.record_added();
CREATE TRIGGER record_changed AFTER UPDATE ON ingest.articles REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION ingest.record_changed();
CREATE TRIGGER record_removed AFTER DELETE ON ingest.articles REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION ingest.record_removed();
ALTER TABLE ONLY ingest.article_revisions
    ADD CONSTRAINT fk_article_revisions_articles_article_id FOREIGN KEY (article_id) REFERENCES ingest.articles(id) ON DELETE CASCADE;
ALTER TABLE ONLY ingest.article_sightings
    ADD CONSTRAINT fk_article_sightings_sources_source_id FOREIGN KEY (source_id) REFERENCES ingest.sources(id) ON DELETE CASCADE;
ALTER TABLE ONLY ingest.articles
    ADD CONSTRAINT fk_articles_sources_source_id FOREIGN KEY (source_id) REFERENCES ingest.sources(id);
ALTER TABLE ONLY ingest.fetches
    ADD CONSTRAINT fk_fetches_sources_source_id FOREIGN KEY (source_id) REFERENCES ingest.sources(id);
ALTER TABLE ONLY ingest.page_queue
    ADD CONSTRAINT fk_page_queue_sources_source_id FOREIGN KEY (source_id) REFERENCES ingest.sources(id) ON DELETE CASCADE;
ALTER TABLE ONLY ingest.source_events
    ADD CONSTRAINT fk_source_events_sources_source_id FOREIGN KEY (source_id) REFERENCES ingest.sources(id) ON DELETE CASCADE;
ALTER TABLE ONLY ingest.sources
    ADD CONSTRAINT fk_sources_sources_parent_id FOREIGN KEY (parent_id) REFERENCES ingest.sources(id);
ALTER TABLE ONLY quartz.qrtz_blob_triggers
    ADD CONSTRAINT qrtz_blob_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES quartz.qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE;
ALTER TABLE ONLY quartz.qrtz_cron_triggers
    ADD CONSTRAINT qrtz_cron_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES quartz.qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE;
ALTER TABLE ONLY quartz.qrtz_simple_triggers
    ADD CONSTRAINT qrtz_simple_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES quartz.qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE;
ALTER TABLE ONLY quartz.qrtz_simprop_triggers
    ADD CONSTRAINT qrtz_simprop_triggers_sched_name_trigger_name_trigger_grou_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES quartz.qrtz_triggers(sched_name, trigger_name, trigger_group) ON DELETE CASCADE;
ALTER TABLE ONLY quartz.qrtz_triggers
    ADD CONSTRAINT qrtz_triggers_sched_name_job_name_job_group_fkey FOREIGN KEY (sched_name, job_name, job_group) REFERENCES quartz.qrtz_job_details(sched_name, job_name, job_group);
GRANT USAGE ON SCHEMA ingest TO ingest_reader;
GRANT USAGE ON SCHEMA ingest TO ingest_worker;
GRANT USAGE ON SCHEMA quartz TO ingest_worker;
GRANT ALL ON FUNCTION ingest.announce_changes(kind text, articles bigint[]) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.announce_changes(kind text, articles bigint[]) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.changes_since(cursor text, max_rows integer) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.changes_since(cursor text, max_rows integer) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) TO ingest_worker;
REVOKE ALL ON FUNCTION ingest.rebase_changes() FROM PUBLIC;
GRANT ALL ON FUNCTION ingest.record_added() TO ingest_reader;
GRANT ALL ON FUNCTION ingest.record_added() TO ingest_worker;
GRANT ALL ON FUNCTION ingest.record_changed() TO ingest_reader;
GRANT ALL ON FUNCTION ingest.record_changed() TO ingest_worker;
GRANT ALL ON FUNCTION ingest.record_removed() TO ingest_reader;
GRANT ALL ON FUNCTION ingest.record_removed() TO ingest_worker;
GRANT SELECT ON TABLE ingest.schema_migrations TO ingest_reader;
GRANT SELECT ON TABLE ingest.schema_migrations TO ingest_worker;
GRANT ALL ON FUNCTION ingest.schema_version() TO ingest_reader;
GRANT ALL ON FUNCTION ingest.schema_version() TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search(query text, first_day date, last_day date, language text, max_rows integer) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search(query text, first_day date, last_day date, language text, max_rows integer) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_alternatives(query tsquery) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_alternatives(query tsquery) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_condition(query tsquery) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_condition(query tsquery) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_config(language text) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_config(language text) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_document(published_on date, language text, title text, headline text, description text, body text, with_body boolean) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_text(text text) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_text(text text) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_query(query text, language text) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_query(query text, language text) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_snippet(language text, title text, description text, body text, query text, parsed tsquery) TO ingest_worker;
GRANT ALL ON FUNCTION ingest.search_words(document tsvector) TO ingest_reader;
GRANT ALL ON FUNCTION ingest.search_words(document tsvector) TO ingest_worker;
REVOKE ALL ON FUNCTION ingest.settle_search() FROM PUBLIC;
GRANT ALL ON FUNCTION ingest.settle_search() TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_aliases TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_aliases TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_changes TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_changes TO ingest_worker;
GRANT USAGE ON SEQUENCE ingest.article_changes_id_seq TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_links TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_links TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_revisions TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_revisions TO ingest_worker;
GRANT USAGE ON SEQUENCE ingest.article_revisions_id_seq TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_search TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_search TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_shingles TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_shingles TO ingest_worker;
GRANT SELECT ON TABLE ingest.article_sightings TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.article_sightings TO ingest_worker;
GRANT SELECT ON TABLE ingest.articles TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.articles TO ingest_worker;
GRANT USAGE ON SEQUENCE ingest.articles_id_seq TO ingest_worker;
GRANT SELECT ON TABLE ingest.sources TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.sources TO ingest_worker;
GRANT SELECT ON TABLE ingest.articles_per_day TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.articles_per_day TO ingest_worker;
GRANT SELECT ON TABLE ingest.dated_articles TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.dated_articles TO ingest_worker;
GRANT SELECT ON TABLE ingest.fetches TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.fetches TO ingest_worker;
GRANT SELECT ON TABLE ingest.host_holds TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.host_holds TO ingest_worker;
GRANT SELECT ON TABLE ingest.page_queue TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.page_queue TO ingest_worker;
GRANT SELECT ON TABLE ingest.search_progress TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.search_progress TO ingest_worker;
GRANT SELECT ON TABLE ingest.source_events TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.source_events TO ingest_worker;
GRANT USAGE ON SEQUENCE ingest.source_events_id_seq TO ingest_worker;
GRANT SELECT ON TABLE ingest.source_health TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.source_health TO ingest_worker;
GRANT USAGE ON SEQUENCE ingest.sources_id_seq TO ingest_worker;
GRANT SELECT ON TABLE ingest.stories TO ingest_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE ingest.stories TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_blob_triggers TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_calendars TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_cron_triggers TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_execution_history TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_fired_triggers TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_job_details TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_job_status TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_locks TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_misfire_history TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_paused_job_grps TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_paused_trigger_grps TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_scheduler_state TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_simple_triggers TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_simprop_triggers TO ingest_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE quartz.qrtz_triggers TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT USAGE ON SEQUENCES  TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT ALL ON FUNCTIONS  TO ingest_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT ALL ON FUNCTIONS  TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT SELECT ON TABLES  TO ingest_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA ingest GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA quartz GRANT USAGE ON SEQUENCES  TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA quartz GRANT ALL ON FUNCTIONS  TO ingest_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA quartz GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO ingest_worker;
INSERT INTO ingest.schema_migrations VALUES ('20261124125611_Spine', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261124141519_Identity', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261124144016_Endurance', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261124144202_Manners', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261124153000_Reading', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261124220000_Sampling', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261129080000_ChangedSince', '10.0.15');
INSERT INTO ingest.schema_migrations VALUES ('20261129090000_Words', '10.0.15');
INSERT INTO ingest.search_progress VALUES (true, 'Off', '0', 0, '2026-11-29 00:00:00+00');
