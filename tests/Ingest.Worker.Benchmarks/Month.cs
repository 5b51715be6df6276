using System.Globalization;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Storage;
using Ingest.Worker.Tests.Ingestion.Month;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Benchmarks;

/// <summary><c>month [DAYS] [NAME…]</c>: a simulated month of sources of every temperament, on a PostgreSQL of its own. Ctrl-C ends it after the day.</summary>
internal static class Month
{
    public static async Task<int> RunAsync(string[] args)
    {
        var days = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        var temperaments = Temperament.All.Where(temperament => args.Length < 2 || args.Skip(1).Contains(temperament.Name)).ToList();
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
            var month = new SimulatedMonth(connection, days, temperaments, compared: true);
            Write(await month.RunAsync(enough.Token, CancellationToken.None));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{month.Lived} days"));
            await WriteRowsAsync(connection, "select s.name, e.at, e.kind, left(e.detail, 110) from ingest.source_events e join ingest.sources s on s.id = e.source_id where s.name not like '%-60' and (e.kind <> 'entries_missed' or e.id % 20 = 0) order by e.id limit 60");
            await WriteRowsAsync(connection, "select name, state, next_poll_at, next_poll_reason from ingest.sources order by name");
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(IReadOnlyList<MonthRow> rows)
    {
        Console.WriteLine("source              requests  304  uncond.  no check  too soon  in Retry-After  additions    news  missed  median min  p95 min");
        foreach (var row in rows)
        {
            var meter = row.Meter;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-18} {meter.Requests,9} {meter.NotModified,4} {meter.Unconditional,8} {meter.NoWeeklyCheck,9} {meter.TooSoon,9} {meter.DuringRetryAfter,15} {meter.Additions,10} {row.News,7} {row.Missed,7} {row.Median,11:0.0} {row.P95,8:0.0}"));
        }

        foreach (var (label, some) in new[] { ("by rhythm", rows.Where(static row => !row.Name.EndsWith("-60", StringComparison.Ordinal))), ("every 60 min", rows.Where(static row => row.Name.EndsWith("-60", StringComparison.Ordinal))) })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label}: {some.Sum(static row => row.Meter.Requests)} requests, {some.Sum(static row => row.Missed)} of {some.Sum(static row => row.News)} entries missed"));
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
