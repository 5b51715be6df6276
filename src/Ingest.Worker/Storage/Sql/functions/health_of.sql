-- One expression, so that it becomes a part of the question that uses it. A source that does not answer fails, whatever else is known of it.
create or replace function ingest.health_of(source ingest.sources, drifts boolean, at timestamp with time zone) returns text
  language sql stable parallel safe
  return case when source.state <> 'active' then source.state
              when source.last_polled_at is null then 'new'
              when source.last_error is not null then case when source.last_success_at > at - interval '1 day' then 'shaky' else 'failing' end
              when source.silent_from <= source.last_success_at then 'silent'
              when drifts then 'drifting'
              when source.interval_ceiling is not null then 'missing_entries'
              else 'healthy' end;
comment on function ingest.health_of(ingest.sources, boolean, timestamp with time zone) is
  'How a source is doing: the state when it is not active, new, failing (has not answered for a day), shaky (fails now), silent (no news for longer than it leaves gaps by itself), drifting (its articles are no longer what they were, as source_drift says), missing_entries (entries came and went between polls lately) or healthy.';
