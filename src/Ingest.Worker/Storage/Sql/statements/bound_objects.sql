-- A function or view ($1 which of both) of the name $2, and the functions and views that go when it goes: the last of them first, each with the statement that drops it.
with recursive bound(kind, id, depth) as (
  select 'function', p.oid, 0 from pg_proc p where $1 = 'function' and p.pronamespace = 'ingest'::regnamespace and p.proname = $2
  union all
  select 'view', c.oid, 0 from pg_class c where $1 = 'view' and c.relnamespace = 'ingest'::regnamespace and c.relname = $2
  union all
  -- A view is bound by its rule, a function with RETURN itself.
  select case when r.oid is null then 'function' else 'view' end, coalesce(r.ev_class, d.objid), b.depth + 1
  from bound b
  join pg_depend d on d.refclassid = case b.kind when 'view' then 'pg_class'::regclass else 'pg_proc'::regclass end and d.refobjid = b.id
  left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  where d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass) and coalesce(r.ev_class, d.objid) <> b.id
)
select b.kind, coalesce(p.proname, c.relname)::text,
       case b.kind when 'view' then format('drop view ingest.%I', c.relname) else format('drop function ingest.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) end
from (select kind, id, max(depth) as depth from bound group by kind, id) b
left join pg_proc p on b.kind = 'function' and p.oid = b.id and p.pronamespace = 'ingest'::regnamespace
left join pg_class c on b.kind = 'view' and c.oid = b.id and c.relnamespace = 'ingest'::regnamespace and c.relkind = 'v'
where coalesce(p.oid, c.oid) is not null
order by b.depth desc
