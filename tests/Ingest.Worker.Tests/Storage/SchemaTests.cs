using Ingest.Worker.Tests.Ingestion;

namespace Ingest.Worker.Tests.Storage;

public sealed class SchemaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_table_view_function_and_column_has_a_comment()
    {
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>());

        (await worker.RowsAsync("""
            select c.relname || coalesce('.' || a.attname, '')
            from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'ingest'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')
              and (obj_description(c.oid) is null or col_description(c.oid, a.attnum) is null)
            union all
            select proname from pg_proc p where pronamespace = 'ingest'::regnamespace and obj_description(p.oid, 'pg_proc') is null
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_may_read_and_nothing_else()
    {
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>());

        (await worker.RowsAsync("""
            select distinct privilege_type from information_schema.role_table_grants where grantee = 'ingest_reader' and table_schema = 'ingest'
            """)).ShouldBe(["SELECT"]);
        (await worker.RowsAsync(
            "select has_schema_privilege('ingest_reader', 'ingest', 'create'), has_schema_privilege('ingest_reader', 'ingest', 'usage'), "
                + "has_table_privilege('ingest_reader', 'ingest.dated_articles', 'select')"))
            .ShouldBe(["False|True|True"]);
    }
}
