-- Who owns a function or view ($1 which of both) of the name $2, and who may do what with it: for each the statement that gives it, and the one that takes it.
with object as (
  select format('ingest.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as name, p.proowner as owner, coalesce(p.proacl, acldefault('f', p.proowner)) as acl, null::oid as view
  from pg_proc p where $1 = 'function' and p.pronamespace = 'ingest'::regnamespace and p.proname = $2
  union all
  select format('ingest.%I', c.relname), c.relowner, coalesce(c.relacl, acldefault('r', c.relowner)), c.oid
  from pg_class c where $1 = 'view' and c.relkind = 'v' and c.relnamespace = 'ingest'::regnamespace and c.relname = $2
), held as (
  select 2 as step, o.name, a.privilege_type as what, a.grantee, a.is_grantable from object o, aclexplode(o.acl) a
  union all
  select 3, o.name, format('%s (%I)', a.privilege_type, c.attname), a.grantee, a.is_grantable from object o join pg_attribute c on c.attrelid = o.view, aclexplode(c.attacl) a
), statements as (
  select h.step,
         format('grant %s on %s %s to %s%s', h.what, case $1 when 'view' then 'table' else 'function' end, h.name,
                case h.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(h.grantee)) end, case when h.is_grantable then ' with grant option' end) as give,
         format('revoke %s on %s %s from %s', h.what, case $1 when 'view' then 'table' else 'function' end, h.name,
                case h.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(h.grantee)) end) as take
  from held h
)
select 1 as step, format('alter %s %s owner to %I', $1, o.name, pg_get_userbyid(o.owner)) as give, 'select' as take from object o
union all
-- A column may be gone.
select step, case step when 3 then format('do $do$ begin %s; exception when undefined_column then null; end $do$', give) else give end, take from statements
order by step
