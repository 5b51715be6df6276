using System.Globalization;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// <c>storage-growth [N [FOLDER [PART…]]]</c>: what the database does and costs with N articles (ten million), everything in one run. A folder keeps the filled
/// database for the next run; parts (ledger, reads, questions, visits, writes, export, import) measure only these. The ledger needs no articles.
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
            if (Wanted("ledger"))
            {
                await using var year = await server.OpenAsync("year_" + Path.GetRandomFileName()[..8]);
                await GrowthLedger.RunAsync(year, Report);
                if (args.Length == 3) return 0;
            }

            await using var grown = await server.OpenAsync("grown");
            var articles = new GeneratedArticles();
            if (await Sql.ValueAsync<long>(grown, "select count(*) from (select from ingest.articles limit 1) x") == 0)
                await GrowthLoad.RunAsync(grown, articles, count, Report);
            await using var empty = await server.OpenAsync("empty");
            var stored = await Sql.ValueAsync<long>(grown, "select count(*) from ingest.articles");
            await GrowthDisk.RunAsync(grown, Report);

            // As in a database that has been at work for a while: what was built just now is not in the server's cache.
            await Sql.RunAsync(grown, "create extension if not exists pg_prewarm");
            await Sql.RunAsync(
                grown, "select pg_prewarm(indexrelid) from pg_index join pg_class c on c.oid = indrelid where relnamespace = 'ingest'::regnamespace");
            if (Wanted("reads")) await GrowthReads.RunAsync(grown, articles, count, Report);
            if (Wanted("questions")) await GrowthQuestions.RunAsync(grown, articles, Report);

            // Before what opens more sessions: each has to map the server's memory first, which costs as much as an insert.
            if (Wanted("writes")) await GrowthWrites.RunAsync(grown, empty, articles, count, rounds: 7, Report);
            if (Wanted("visits")) await GrowthVisits.RunAsync(grown, articles, count, Report);
            if (Wanted("export")) await GrowthExport.RunAsync(grown, stored, Report);
            if (Wanted("import")) await GrowthImport.RunAsync(grown, empty, stored, Report);
            Report(Sql.Say($"done, load {File.ReadAllText("/proc/loadavg").Trim()}"));
            return 0;

            bool Wanted(string part) => args.Length < 3 || args.Skip(2).Contains(part, StringComparer.Ordinal);
        }
        finally
        {
            if (args.Length < 2 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(string line) => Console.WriteLine(line);
}
