using System.Threading.Tasks;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Commands.Export;

/// <summary>How far an export is. How many articles there are is asked only when it has taken a while.</summary>
internal static class ExportProgress
{
    /// <summary>Begins to tell; nothing where the articles themselves go to the terminal.</summary>
    public static Progress? Begin(ArticleExport articles, ExportFilter filter, string path, CancellationToken ct)
    {
        if (path == ArchiveOutput.StandardOutput && !Console.IsOutputRedirected) return null;
        Task<long>? counting = null;
        return Progress.Begin(() =>
        {
            if (articles.Read == 0) return null;
            counting ??= Counted(articles, filter, ct);
            return new Measure("articles", articles.Read, counting.IsCompletedSuccessfully ? counting.Result : null);
        });
    }

    // Only the line would lack it.
    private static async Task<long> Counted(ArticleExport articles, ExportFilter filter, CancellationToken ct) => await articles.CountAsync(filter, ct);
}
