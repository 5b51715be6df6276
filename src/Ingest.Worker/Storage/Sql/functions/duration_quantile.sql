create or replace function ingest.duration_quantile(durations integer[], share double precision) returns double precision
  language sql immutable strict parallel safe
  return (select power(2::double precision, (s.step - 1) / 2::double precision)
          from (select d.n, d.step, sum(d.n) over (order by d.step) as upto, sum(d.n) over () as total from unnest(durations) with ordinality as d(n, step)) s
          where s.n > 0 and s.upto >= share * s.total order by s.step limit 1);
comment on function ingest.duration_quantile(integer[], double precision) is
  'Milliseconds within which a share of fetches was done, from fetch_counts.durations or a sum of such lists: 0.5 gives the median. At most the square root of two too high.';
