-- A function or view ($1 which of both) of the name $2, and what goes when it goes, wherever it is: the last first, each with the statement that drops it.
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
), named as (
  select b.kind, b.depth, n.nspname as space, coalesce(p.proname, c.relname) as name,
         format('drop %s %I.%I%s', b.kind, n.nspname, coalesce(p.proname, c.relname), '(' || pg_get_function_identity_arguments(p.oid) || ')') as statement
  from (select kind, id, max(depth) as depth from bound group by kind, id) b
  left join pg_proc p on b.kind = 'function' and p.oid = b.id
  left join pg_class c on b.kind = 'view' and c.oid = b.id
  join pg_namespace n on n.oid = coalesce(p.pronamespace, c.relnamespace)
)
select kind, case space when 'ingest' then name else format('%I.%I', space, name) end, statement from named order by depth desc
