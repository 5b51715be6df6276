-- A document holds at most a megabyte of words and places, an entry of the index 2 kB. A hundred thousand characters make less, whatever they are.
-- It runs for every article: it names the schema of everything, because a SET clause would cost a third of a headline's document.
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

do $$
begin
  revoke execute on function ingest.search_document(date, text, text, text, text, text, boolean) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.search_document(date, text, text, text, text, text, boolean) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.search_document(date, text, text, text, text, text, boolean) to ingest_worker; end if;
end $$;
