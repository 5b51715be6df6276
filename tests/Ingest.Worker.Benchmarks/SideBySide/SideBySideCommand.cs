using System.Globalization;
using System.Text.Json;
using Ingest.Worker.Benchmarks.Endurance;
using Npgsql;

namespace Ingest.Worker.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side [--feeds 500] [--times 3] [--product FILE]</c>: CPU time of client and PostgreSQL and the most memory, of this worker's <c>run --once</c>
/// and of a naive worker, over the same feeds and pages: a first round, a second one in which little is new, and pages. Medians.
/// </summary>
internal static class SideBySideCommand
{
    private const int PageFeeds = 20;

    private sealed record Contender(string Name, bool IsNaive, bool IsLight);

    private sealed record Figure(double Cpu, double Memory, long Rows);

    public static async Task<int> RunAsync(string[] args)
    {
        var product = Text(args, "--product") ?? Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll");
        var (feeds, times) = (Number(args, "--feeds") ?? 500, Number(args, "--times") ?? 3);
        await using var site = await FeedSite.StartAsync();
        Console.WriteLine($"{feeds} feeds of {FeedSite.Entries} entries, {PageFeeds * FeedSite.Entries} pages");
        Console.WriteLine("CPU seconds of client and PostgreSQL, most memory, articles:");
        Console.WriteLine($"{"",-32}{"round 1",22}{"round 2",22}{"pages",22}");
        foreach (var contender in (Contender[])[new("naive", true, false), new("worker", false, false), new("worker, no search, no stories", false, true)])
        {
            var figures = new List<Figure[]>();
            for (var time = 0; time < times; time++) figures.Add(await MeasureAsync(site, contender, product, feeds));
            Console.WriteLine($"{contender.Name,-32}" + string.Concat(Enumerable.Range(0, 3).Select(at => Median([.. figures.Select(round => round[at])]))));
        }

        return 0;
    }

    private static async Task<Figure[]> MeasureAsync(FeedSite site, Contender contender, string product, int feeds)
    {
        var figures = new List<Figure>();
        await using (var server = await ScratchPostgres.StartAsync())
        {
            figures.Add(await RunAsync(site, server, contender, product, feeds, pages: false));
            site.IsSecondRound = true;
            figures.Add(await RunAsync(site, server, contender, product, feeds, pages: false));
            site.IsSecondRound = false;
        }

        await using (var server = await ScratchPostgres.StartAsync()) figures.Add(await RunAsync(site, server, contender, product, PageFeeds, pages: true));
        return [.. figures];
    }

    private static async Task<Figure> RunAsync(FeedSite site, ScratchPostgres server, Contender contender, string product, int feeds, bool pages)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-side-by-side-");
        try
        {
            var list = Path.Combine(folder.FullName, contender.IsNaive ? "feeds.txt" : "settings.json");
            var urls = site.Feeds(feeds);
            await File.WriteAllTextAsync(list, contender.IsNaive ? string.Join('\n', urls) : Settings(urls, server.ConnectionString, contender.IsLight, pages));
            await ExecuteAsync(server, "update ingest.sources set next_poll_at = now() - interval '1 second'");
            var cpu = new ServerCpu(server.Folder);
            var before = cpu.Read();
            string[] command = contender.IsNaive
                ? [Environment.ProcessPath!, typeof(SideBySideCommand).Assembly.Location, "naive", server.ConnectionString, list, pages ? "pages" : "feeds"]
                : [.. product.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", product] : [product], "run", "--once", "--config", list];
            var cost = await ProcessCost.RunAsync(command[0], command[1..]);
            var rows = await ExecuteAsync(server, contender.IsNaive ? "select count(*) from naive_items" : "select count(*) from ingest.articles");
            return new Figure((cost.Cpu + cpu.Read() - before).TotalSeconds, cost.PeakBytes / 1e6, rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Settings(IReadOnlyList<string> urls, string connection, bool isLight, bool pages) => JsonSerializer.Serialize(new
    {
        ConnectionStrings = new { Ingest = connection },
        Logging = new { LogLevel = new { Default = "Warning" } },
        Ingest = new
        {
            Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00", PerHostConcurrency = 4 },
            Search = new { Scope = isLight ? "Off" : "Headlines" },
            Duplicates = new { Mode = isLight ? "Off" : "Link" },
            Sources = urls.Select(static (url, at) => (url, at)).ToDictionary(
                static pair => string.Create(CultureInfo.InvariantCulture, $"s{pair.at}"),
                pair => new { Url = pair.url, FullText = pages ? "Always" : "Never" }),
        },
    });

    private static async Task<long> ExecuteAsync(ScratchPostgres server, string sql)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is long count ? count : 0;
    }

    private static string Median(IReadOnlyList<Figure> figures)
    {
        double Middle(Func<Figure, double> of) => figures.Select(of).Order().ElementAt(figures.Count / 2);
        var (cpu, memory) = (Middle(static one => one.Cpu), Middle(static one => one.Memory));
        return string.Create(CultureInfo.InvariantCulture, $"{$"{cpu:0.00} s {memory:0} MB {figures[0].Rows}",22}");
    }

    private static int? Number(string[] args, string name) => Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
