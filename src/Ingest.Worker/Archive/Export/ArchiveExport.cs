using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive.Export;

/// <summary>What an export came to.</summary>
/// <param name="Articles">Written now.</param>
/// <param name="Files">Written now.</param>
/// <param name="Passed">Files that were there already.</param>
internal sealed record ExportTally(long Articles, int Files, int Passed);

/// <summary>Exports into files: each is whole under its name, or not there.</summary>
internal sealed class ArchiveExport(ArticleExport articles)
{
    private readonly ArchiveWriter writer = new(articles);

    /// <summary>Writes one file, or standard output.</summary>
    /// <exception cref="IOException">It cannot be written, or exists and is not to be replaced.</exception>
    public async Task<ExportTally> ToFileAsync(ExportFilter filter, ArchiveFormat format, string path, bool overwrite, CancellationToken ct)
    {
        await using var output = ArchiveOutput.Open(path, overwrite);
        var count = await writer.WriteAsync(filter, format, output.Stream, ct);
        await output.CompleteAsync(ct);
        return new ExportTally(count, 1, 0);
    }

    /// <summary>
    /// Writes a file for each day that has articles. Days whose file is there are skipped, so that an export that broke off goes on where it was.
    /// </summary>
    /// <param name="filter">Which articles.</param>
    /// <param name="format">What is written.</param>
    /// <param name="folder">Where; made when it is not there.</param>
    /// <param name="suffix">What follows the day in a file's name, such as <c>.jsonl.zst</c>.</param>
    /// <param name="overwrite">Rewrites days whose file is there.</param>
    /// <param name="ct">Stops; the day under way leaves nothing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task<ExportTally> ToFolderAsync(ExportFilter filter, ArchiveFormat format, string folder, string suffix, bool overwrite, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var tally = new ExportTally(0, 0, 0);
        foreach (var day in await articles.LoadDaysAsync(filter, ct))
        {
            var path = Path.Combine(folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + suffix);
            if (!overwrite && File.Exists(path))
            {
                tally = tally with { Passed = tally.Passed + 1 };
                continue;
            }

            var written = await ToFileAsync(filter with { From = day, To = day }, format, path, overwrite, ct);
            tally = tally with { Articles = tally.Articles + written.Articles, Files = tally.Files + 1 };
        }

        return tally;
    }
}
