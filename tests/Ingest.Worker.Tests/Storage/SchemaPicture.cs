namespace Ingest.Worker.Tests.Storage;

/// <summary>All that makes up the schema of a database, a line each, so that two can be compared.</summary>
internal static class SchemaPicture
{
    private const string Text = """
        with spaces as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname in ('ingest', 'quartz')),
        relations as (select c.* from pg_class c join spaces s on s.oid = c.relnamespace)
        select 'schema', nspname, pg_get_userbyid(nspowner), array(select acl::text from unnest(nspacl) acl order by 1)::text, obj_description(oid, 'pg_namespace') from spaces
        union all
        select 'relation ' || relkind::text, oid::regclass::text, pg_get_userbyid(relowner), array(select acl::text from unnest(relacl) acl order by 1)::text, concat_ws(' ', reloptions::text, obj_description(oid, 'pg_class')) from relations
        union all
        select 'column ' || a.attnum, a.attrelid::regclass || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || a.attnotnull || a.attidentity::text || a.attcompression::text || a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
        from relations r join pg_attribute a on a.attrelid = r.oid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attnum > 0
        union all
        select 'constraint', c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), obj_description(c.oid, 'pg_constraint') from pg_constraint c join spaces s on s.oid = c.connamespace
        union all
        select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), i.indisvalid::text, '' from pg_index i join relations r on r.oid = i.indexrelid
        union all
        select 'view', r.oid::regclass::text, pg_get_viewdef(r.oid), '', '' from relations r where r.relkind = 'v'
        union all
        select 'trigger', t.tgrelid::regclass::text, pg_get_triggerdef(t.oid), t.tgenabled::text, '' from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
        union all
        select 'function', pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), array(select acl::text from unnest(p.proacl) acl order by 1)::text, obj_description(p.oid, 'pg_proc') from pg_proc p join spaces s on s.oid = p.pronamespace
        union all
        select 'default privileges ' || d.defaclobjtype::text, s.nspname, pg_get_userbyid(d.defaclrole), array(select acl::text from unnest(d.defaclacl) acl order by 1)::text, '' from pg_default_acl d join spaces s on s.oid = d.defaclnamespace
        order by 1, 2, 3, 4
        """;

    public static Task<IReadOnlyList<string>> OfAsync(ArticleDatabase database) => database.RowsAsync(Text);
}
