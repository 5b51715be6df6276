using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>Imports the newest 150,000 articles, in each format, from a file into an empty database.</summary>
internal static class GrowthImport
{
    private const long Wanted = 150_000;

    public static async Task RunAsync(Database grown, Database empty, long stored, Action<string> report)
    {
        var days = (int)Math.Clamp(GeneratedArticles.Days * Wanted / stored, 1, GeneratedArticles.Days);
        var filter = new ExportFilter(GeneratedArticles.LastDay.AddDays(1 - days), GeneratedArticles.LastDay);
        foreach (var format in Enum.GetValues<ArchiveFormat>())
        {
            var file = Path.Combine(
                Path.GetTempPath(),
                Path.GetRandomFileName() + (format == ArchiveFormat.Parquet ? ".parquet" : format == ArchiveFormat.Dated ? ".txt" : ".jsonl"));
            try
            {
                await using (var output = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite))
                    await new ArchiveWriter(new ArticleExport(grown)).WriteAsync(filter, format, output, CancellationToken.None);
                await Sql.RunAsync(empty, "truncate ingest.articles, ingest.article_changes, ingest.article_search cascade");
                await Sql.RunAsync(empty, "checkpoint");
                var tally = new ImportTally();
                var import = new ArchiveImport(new ArticleStore(empty, new DuplicateSearch(new DuplicatesOptions())), TimeProvider.System, report);
                var own = Environment.CpuUsage.TotalTime;
                var effort = await new CpuMeter(empty).MeasureAsync(() => import.RunAsync([file], tally, CancellationToken.None));
                report(Sql.Say(
                    $"import: {format,-12} {tally.Added} articles, {new FileInfo(file).Length / 1e6:0} MB, {tally.Added / effort.Wall,6:0}/s; ",
                    $"each {effort.Per(tally.Added)}, the importer {(Environment.CpuUsage.TotalTime - own).TotalMicroseconds / tally.Added:0} us"));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
