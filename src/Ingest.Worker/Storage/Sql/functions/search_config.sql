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
comment on function ingest.search_config(text) is 'The text search configuration of a language tag; simple for languages without one.';
