using System.Globalization;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Ingestion.Month;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>month [DAYS] [NAME…]</c>: a simulated month of sources of every temperament, on a PostgreSQL of its own. Ctrl-C ends it after the day.
/// <c>day [COUNT]</c>: one day of many sources of all temperaments, when three have passed. Gaps are the shortest between two polls of a source, in minutes:
/// after one that was answered, and after one that failed; latencies are minutes as well. Columns between the bars are faults.
/// </summary>
internal static class Month
{
    private const int WarmUp = 3;
    private const string Head =
        "source           requests   304      KB     gap  failed uncond. | no check too soon held at once retries again bad tag added |  news missed median      p95";

    // What stays of each source: articles, sightings, aliases, revisions.
    private const string Kept = """
        select s.name, (select count(*) from ingest.articles a where a.source_id = s.id), (select count(*) from ingest.article_sightings n where n.source_id = s.id),
          (select count(*) from ingest.article_aliases l join ingest.articles a using (article_key) where a.source_id = s.id),
          (select count(*) from ingest.article_revisions r join ingest.articles a on a.id = r.article_id where a.source_id = s.id)
        from ingest.sources s order by s.name
        """;

    public static Task<int> RunAsync(string[] args)
    {
        var days = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        var temperaments = Temperament.All.Where(temperament => args.Length < 2 || args.Skip(1).Contains(temperament.Name)).ToList();
        return RunAsync(connection => new SimulatedMonth(connection, days, temperaments, compared: true), WriteMonthAsync);
    }

    public static Task<int> RunDayAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var temperaments = Enumerable.Range(0, count).Select(static i => Temperament.All[i % Temperament.All.Count]).ToList();

        // What comes late on the day may be found on the next.
        return RunAsync(connection => new SimulatedMonth(connection, WarmUp + 2, temperaments, compared: false) { WarmUp = WarmUp }, WriteDayAsync);
    }

    private static async Task<int> RunAsync(Func<string, SimulatedMonth> make, Func<SimulatedMonth, IReadOnlyList<MonthRow>, string, Task> writeAsync)
    {
        var folder = Path.Combine(Path.GetTempPath(), "ingest-month-" + Path.GetRandomFileName());
        try
        {
            var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = new Dictionary<string, string> { ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off" } };
            if (await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None) is not EmbeddedStart.Started started)
            {
                await Console.Error.WriteLineAsync("There is no PostgreSQL to run on.");
                return 1;
            }

            await using var server = started.Postgres;
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString).ConnectionString;
            await using (var database = new Database(connection, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance))
                await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, CancellationToken.None);
            using var enough = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                enough.Cancel();
            };
            var month = make(connection);
            await writeAsync(month, await month.RunAsync(enough.Token, CancellationToken.None), connection);
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteMonthAsync(SimulatedMonth month, IReadOnlyList<MonthRow> rows, string connection)
    {
        Console.WriteLine(Head);
        foreach (var row in rows) Write(row);
        Write(MonthRow.Of("by rhythm", [.. rows.Where(static row => !row.Name.EndsWith("-60", StringComparison.Ordinal))]));
        Write(MonthRow.Of("every 60 min", [.. rows.Where(static row => row.Name.EndsWith("-60", StringComparison.Ordinal))]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{month.Lived} days"));
        await WriteRowsAsync(connection, Kept);
        await WriteRowsAsync(connection, "select s.name, e.at, e.kind, left(e.detail, 110) from ingest.source_events e join ingest.sources s on s.id = e.source_id where s.name not like '%-60' and (e.kind <> 'entries_missed' or e.id % 20 = 0) order by e.id limit 60");
        await WriteRowsAsync(connection, "select name, state, next_poll_at, next_poll_reason from ingest.sources order by name");
    }

    private static Task WriteDayAsync(SimulatedMonth month, IReadOnlyList<MonthRow> rows, string connection)
    {
        Console.WriteLine(Head);
        foreach (var alike in rows.GroupBy(static row => row.Temperament!.Name)) Write(MonthRow.Of(alike.Key, [.. alike]));
        var all = MonthRow.Of("all", rows);
        Write(all);
        var share = (double)all.Counts.NotModified / all.Counts.Requests;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count} sources, one day: {all.Counts.Requests} requests, {all.Counts.Bytes / 1e6:0.0} MB of bodies, {share:0.0 %} are 304, {all.Counts.Faults} faults"));
        foreach (var (day, counts) in Enumerable.Range(1, month.Lived).Select(day => (day, month.Between(day - 1, day))))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"day {day}: {counts.Requests} requests, {counts.Bytes / 1e6:0.0} MB"));
        return Task.CompletedTask;
    }

    private static void Write(MonthRow row)
    {
        var counts = row.Counts;
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name,-16} {counts.Requests,8} {counts.NotModified,5} {counts.Bytes / 1024,7} {counts.LeastGap?.TotalMinutes,7:0.0} "));
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{counts.LeastAfterFailure?.TotalMinutes,7:0.0} {counts.Unconditional,7} | "));
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.NoWeeklyCheck,8} {counts.TooSoon,8} {counts.Held,4} {counts.AtOnce,7} {counts.Retries,7} {counts.Again,5} "));
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{counts.BadTags,7} {counts.Additions,5} | "));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.News,5} {row.Missed,6} {row.Median,6:0.0} {row.P95,8:0.0}"));
    }

    private static async Task WriteRowsAsync(string connection, string sql)
    {
        Console.WriteLine();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            Console.WriteLine(string.Join("  ", Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
    }
}
