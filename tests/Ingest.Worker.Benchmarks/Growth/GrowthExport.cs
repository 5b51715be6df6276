using System.Diagnostics;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// Exports about a million articles in each format into files, beside COPY … TO of the same rows into nothing; and how memory went meanwhile.
/// </summary>
internal static class GrowthExport
{
    public static async Task RunAsync(Database database, long stored, Action<string> report)
    {
        // So many days hold a million.
        var days = (int)Math.Min(GeneratedArticles.Days, GeneratedArticles.Days * 1_000_000L / stored);
        var from = GeneratedArticles.LastDay.AddDays(1 - days);
        var filter = new ExportFilter(from, GeneratedArticles.LastDay);
        var meter = new CpuMeter(database);
        var copied = 0L;
        var copy = await meter.MeasureAsync(async () => copied = await CopyAsync(database, from));
        report(Sql.Say(
            $"export: COPY TO      {copied / 1e6,6:0} MB, {copied / 1e6 / copy.Wall,5:0} MB/s on the clock, {copied / 1e6 / copy.Cpu,5:0} MB a CPU second"));
        var writer = new ArchiveWriter(new ArticleExport(database));
        foreach (var narrow in (ExportFilter[])[new(Source: "paper-7"), new(ChangedSince: GeneratedArticles.SeenAt.AddDays(1))])
        {
            var some = 0L;
            var work = await meter.MeasureAsync(async () => some = await writer.WriteAsync(narrow, ArchiveFormat.Dated, Stream.Null, CancellationToken.None));
            report(Sql.Say($"export: {(narrow.Source is null ? "changed since" : "of a source")} {some} articles, {work.Wall * 1000:0} ms"));
        }

        foreach (var format in Enum.GetValues<ArchiveFormat>())
        {
            await using var output = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
            var memory = new List<long>();
            long count = 0;
            using var stop = new CancellationTokenSource();
            var watching = WatchAsync(memory, stop.Token);
            var effort = await meter.MeasureAsync(async () => count = await writer.WriteAsync(filter, format, output, CancellationToken.None));
            await stop.CancelAsync();
            await watching;
            var half = memory.Count / 2;
            report(Sql.Say(
                $"export: {format,-12} {output.Length / 1e6,6:0} MB, {output.Length / 1e6 / effort.Wall,5:0} MB/s on the clock, ",
                $"{output.Length / 1e6 / effort.Cpu,5:0} MB a CPU second, {count} articles, {count / effort.Wall:0}/s; ",
                $"resident memory at most {memory[..half].Max() / 1e6:0} MB in the first half, {memory[half..].Max() / 1e6:0} MB in the second"));
        }
    }

    private static async Task<long> CopyAsync(Database database, DateOnly from)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync(Sql.Say(
            $"copy (select * from ingest.articles where published_on >= '{from:yyyy-MM-dd}') to stdout (format binary)"));
        var buffer = new byte[128 * 1024];
        var total = 0L;
        int read;
        while ((read = await copy.ReadAsync(buffer.AsMemory(), CancellationToken.None)) > 0) total += read;
        return total;
    }

    private static async Task WatchAsync(List<long> memory, CancellationToken ct)
    {
        using var self = Process.GetCurrentProcess();
        do
        {
            self.Refresh();
            memory.Add(self.WorkingSet64);
        }
        while (await Task.Delay(200, ct).ContinueWith(static task => !task.IsCanceled, TaskScheduler.Default));
        memory.Add(memory[^1]);
    }
}
