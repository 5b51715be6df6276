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
comment on function ingest.search_snippet(text, text, text, text, text, tsquery) is 'Where a text speaks of what was asked for: a passage of plain text with the words between <b> and </b>.';
