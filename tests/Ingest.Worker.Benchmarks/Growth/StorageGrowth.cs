using System.Globalization;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// <c>storage-growth [N [FOLDER]]</c>: what the database does and costs with N articles (ten million), everything in one run. A folder keeps the filled
/// database for the next run.
/// </summary>
internal static class StorageGrowth
{
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "ingest-growth-" + Path.GetRandomFileName());
        Report(Sql.Say($"{count} articles, {Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Trim()}"));
        try
        {
            await using var server = await GrowthServer.StartAsync(folder);
            await using var grown = await server.OpenAsync("grown");
            var articles = new GeneratedArticles();
            if (await Sql.ValueAsync<long>(grown, "select count(*) from (select from ingest.articles limit 1) x") == 0) await GrowthLoad.RunAsync(grown, articles, count, Report);
            await using var empty = await server.OpenAsync("empty");
            var stored = await Sql.ValueAsync<long>(grown, "select count(*) from ingest.articles");
            await GrowthDisk.RunAsync(grown, Report);

            // As in a database that has been at work for a while: what was built just now is not in the server's cache.
            await Sql.RunAsync(grown, "create extension if not exists pg_prewarm");
            await Sql.RunAsync(grown, "select pg_prewarm(indexrelid) from pg_index join pg_class c on c.oid = indrelid where relnamespace = 'ingest'::regnamespace");
            if (Environment.GetEnvironmentVariable("TMPSKIP") is null) await GrowthReads.RunAsync(grown, articles, count, Report);
            if (Environment.GetEnvironmentVariable("TMPSKIP") is null) await GrowthVisits.RunAsync(grown, articles, count, Report);
            await Sql.RunAsync(grown, "select pg_stat_statements_reset()");
            await GrowthWrites.RunAsync(grown, empty, articles, count, rounds: 7, Report);
            foreach (var one in new[] { grown, empty })
            {
                await using var command = one.DataSource.CreateCommand("select calls, mean_exec_time, wal_fpi/calls, wal_bytes/calls, shared_blks_read/calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 70) from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database()) order by total_exec_time desc limit 8");
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync()) Report(Sql.Say($"TMP {reader.GetValue(0)} {reader.GetDouble(1):0.0} ms fpi {reader.GetValue(2)} wal {reader.GetValue(3)} read {reader.GetValue(4)} {reader.GetString(5)}"));
            }

            if (Environment.GetEnvironmentVariable("TMPSKIP") is null) await GrowthExport.RunAsync(grown, stored, Report);
            Report(Sql.Say($"done, load {File.ReadAllText("/proc/loadavg").Trim()}"));
            return 0;
        }
        finally
        {
            if (args.Length < 2 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(string line) => Console.WriteLine(line);
}
