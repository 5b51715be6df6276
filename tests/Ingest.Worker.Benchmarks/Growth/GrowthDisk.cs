using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What a million articles take on the disk, table by table and index by index.</summary>
internal static class GrowthDisk
{
    public static async Task RunAsync(Database database, Action<string> report)
    {
        var count = await Sql.ValueAsync<long>(database, "select count(*) from ingest.articles");
        await using var command = database.DataSource.CreateCommand("""
            select case when t.oid is not null then t.relname || ', long texts' else coalesce(u.relname || ': ', '') || c.relname end, pg_relation_size(c.oid)
            from pg_class c
            left join pg_class t on t.reltoastrelid = c.oid
            left join pg_index x on x.indexrelid = c.oid left join pg_class u on u.oid = x.indrelid
            where c.relkind in ('r', 'i', 't') and (c.relnamespace = 'ingest'::regnamespace or t.relnamespace = 'ingest'::regnamespace)
              and pg_relation_size(c.oid) > 1000000
            order by 2 desc
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var total = 0.0;
        while (await reader.ReadAsync())
        {
            var megabytes = reader.GetInt64(1) / (double)count;
            total += megabytes;
            report(Sql.Say($"disk of 1 M articles: {megabytes,7:0.0} MB  {reader.GetString(0)}"));
        }

        report(Sql.Say($"disk of 1 M articles: {total,7:0.0} MB  in all ({count} stored)"));
    }
}
