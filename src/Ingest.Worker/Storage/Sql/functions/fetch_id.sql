create or replace function ingest.fetch_id(moment timestamp with time zone) returns uuid
  language sql immutable strict parallel safe
  return (lpad(to_hex(least(greatest(floor(extract(epoch from moment) * 1000), 0), 281474976710655)::bigint), 12, '0') || '00000000000000000000')::uuid;
comment on function ingest.fetch_id(timestamp with time zone) is
  'The lowest id of a fetch that began at a time or later: where id >= fetch_id(now() - interval ''1 day'') reads the tables of these days only.';
