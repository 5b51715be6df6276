-- A question, word by word and phrase by phrase, in all languages at once. Most words are one in most languages, so that a word has two or three forms; to ask each language's whole question instead
-- asks for the same words up to thirty times. An example, with English and German:
--   question  war "towns of spain" or rain -snow
--   units     'war' | '@de'                     what is no word in a language (a stop word) need not be there in its articles
--             'towns' <-> 'of' <-> 'spain' | 'town' <2> 'spain' & '@en'
--   matched   ( 'war' | '@de' ) & ( … ) | ( 'rain' ) & !( 'snow' )
-- What only excludes is no question, since it would find everything. Each further form is one more that every article is asked for, and there is a bound to that.
create or replace function ingest.search_parse(query text, language text default null)
  returns table (matched tsquery, loose tsquery, ranked tsquery, wanted tsquery, forms integer)
  language sql stable parallel safe set search_path = pg_catalog, ingest, pg_temp
  -- Punctuation asks for nothing, and PostgreSQL says so word by word.
  set client_min_messages = warning as $$
  with unit as materialized (
    select u.n, u.part[1] <> '' as excluded, coalesce(u.part[2], u.part[3]) as words, u.part[1] = '' and coalesce(u.part[3] = 'or', false) as divides
    from regexp_matches(
           (regexp_match(ingest.search_text(left(search_parse.query, 1000)), E'^\\s*(?:\\S+\\s*){0,50}'))[1],
           E'(-*)(?:"([^"]*)"|([^\\s"]+))', 'g') with ordinality as u(part, n)
  ), spoken as materialized (
    select u.n, phraseto_tsquery(ingest.search_config(t.tag), u.words)::text as form,
           case t.tag when 'no' then '''@no'' | ''@nb'' | ''@nn''' else '''@' || lower(substring(t.tag from '^[A-Za-z]*')) || '''' end as mark
    from unit u, unnest(case when search_parse.language is null
      then '{en,de,fr,es,it,pt,nl,ru,sv,da,fi,hu,no,ro,tr,el,ar,hi,id,ga,lt,ne,ta,ca,eu,hy,sr,yi,zz}' else array[search_parse.language] end) as t(tag)
    where not u.divides
  ), form as (
    select s.n, s.form, string_agg(s.mark, ' | ') as marks, s.form ~ E'^''(?:[^''\\\\]|''''|\\\\\\\\)*''(?: <(?:-|\\d+)> ''(?:[^''\\\\]|''''|\\\\\\\\)*'')*$' as plain
    from spoken s where s.form <> '' group by s.n, s.form
  ), piece as (
    select f.n, f.form, f.marks, p.place, coalesce(p.found[1], '') as gap, p.found[2] as word
    from form f, regexp_matches(f.form, E'(?:<(-|\\d+)> )?(''(?:[^''\\\\]|''''|\\\\\\\\)*'')', 'g') with ordinality as p(found, place) where f.plain
    union all
    -- As somebody's own dictionary may make it.
    select f.n, f.form, f.marks, 1, '', '( ' || f.form || ' )' from form f where not f.plain
  ), spaced as (
    select p.*, string_agg(p.gap, ' ') over (partition by p.n, p.form order by p.place rows between unbounded preceding and unbounded following) as gaps from piece p
  ), spot as (
    select s.n, s.gaps, s.place, s.gap, count(distinct s.word) as forms, string_agg(distinct s.word, ' | ') as words from spaced s group by s.n, s.gaps, s.place, s.gap
  ), phrase as (
    select s.n, s.gaps, sum(s.forms) as forms, string_agg(case s.gap when '' then '' else ' <' || s.gap || '> ' end || '( ' || s.words || ' )', '' order by s.place) as exact,
           string_agg('( ' || s.words || ' )', ' & ' order by s.place) as loose, string_agg(s.words, ' | ' order by s.place) as words,
           max(count(*)) over (partition by s.n) > count(*) as is_short,
           (select string_agg(distinct m.mark, ' | ') from spaced w, regexp_split_to_table(w.marks, ' [|] ') as m(mark) where w.n = s.n and w.gaps = s.gaps) as marks
    from spot s group by s.n, s.gaps
  ), told as (
    select p.n, sum(p.forms) as forms, string_agg(case when p.is_short then p.exact || ' & ( ' || p.marks || ' )' else p.exact end, ' | ' order by p.gaps) as exact,
           string_agg(p.exact, ' | ' order by p.gaps) as ranked, string_agg('( ' || p.loose || ' )', ' | ' order by p.gaps) as loose, string_agg(p.words, ' | ' order by p.gaps) as words
    from phrase p group by p.n
  ), mute as (
    select s.n, count(*) as tongues, string_agg(s.mark, ' | ' order by s.mark) as marks from spoken s where s.form = '' group by s.n
  ), asked as (
    select u.side, u.n, u.excluded, t.*, coalesce(m.tongues, 0) as mute_in, m.marks,
           sum(t.forms) over (order by u.n) as so_far, bool_or(not u.excluded and m.n is null) over (partition by u.side) as has_words
    from (select *, count(*) filter (where divides) over (order by n) as side from unit) u
    join told t(unit, forms, exact, ranked, loose, words) on t.unit = u.n left join mute m on m.n = u.n
    where not u.divides
  ), kept as (
    -- A word that is none in many languages is left out where others are there.
    select a.*, case when a.mute_in > 0 and a.has_words and not a.excluded then ' | ' || a.marks else '' end as or_mute
    from asked a where (a.so_far <= 120 or a.so_far = a.forms) and (a.excluded or a.mute_in <= 6 or not a.has_words)
  ), side as (
    select k.side,
           string_agg(distinct '( ' || k.exact || k.or_mute || ' )', ' & ') filter (where not k.excluded) || coalesce(' & ' || string_agg(distinct '!( ' || k.exact || ' )', ' & ') filter (where k.excluded), '') as matched,
           string_agg(distinct '( ' || k.loose || ' )', ' & ') filter (where not k.excluded and k.or_mute = '') as loose,
           string_agg(distinct '( ' || k.ranked || ' )', ' & ') filter (where not k.excluded and k.or_mute = '') as ranked,
           string_agg(distinct k.words, ' | ') filter (where not k.excluded) as wanted, sum(k.forms) as forms
    from kept k group by k.side
  )
  select string_agg(distinct '( ' || s.matched || ' )', ' | ')::tsquery, string_agg(distinct '( ' || s.loose || ' )', ' | ')::tsquery, string_agg(distinct '( ' || s.ranked || ' )', ' | ')::tsquery,
         string_agg(distinct s.wanted, ' | ')::tsquery, sum(s.forms)::integer
  from side s where s.wanted is not null
$$;
comment on function ingest.search_parse(text, text) is
  'A question as the search takes it: what has to match; the same with phrases as words; without what is excluded, for ranking; its words alone; and how many forms of words that are. Nothing of a question that asks for nothing.';
