using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Saving;

namespace Ingest.Worker.Archive.Import;

/// <summary>What an import came to so far; <see cref="Known"/> were in the database, or earlier in the archives.</summary>
internal sealed class ImportTally
{
    private long saved;
    private long added;
    private long faults;

    public int Files { get; set; }

    /// <summary>Records that were read.</summary>
    public long Records { get; set; }

    /// <summary>Records whose transaction was committed.</summary>
    public long Saved => Interlocked.Read(ref saved);

    public long Added => Interlocked.Read(ref added);

    public long Known => Saved - Added;

    public long Faults => Interlocked.Read(ref faults);

    /// <summary>Bytes of the archives, as they lie there; null where one is not a file.</summary>
    public long? Bytes { get; set; }

    /// <summary>Those of them that have been read.</summary>
    public long BytesRead { get; set; }

    /// <summary>Counts a committed batch.</summary>
    public void Commit(int savedRecords, int addedArticles)
    {
        Interlocked.Add(ref saved, savedRecords);
        Interlocked.Add(ref added, addedArticles);
    }

    /// <summary>Counts what was refused, or kept with a loss.</summary>
    public void Fault() => Interlocked.Increment(ref faults);
}

/// <summary>Brings archives into the database, a transaction a batch; what was committed stays, and the same archive again adds nothing.</summary>
/// <param name="store">The database.</param>
/// <param name="time">When the articles are first seen.</param>
/// <param name="report">Takes each fault, as <c>file:line: reason</c>, one at a time.</param>
internal sealed class ArchiveImport(ArticleStore store, TimeProvider time, Action<string> report)
{
    private readonly Lock reporting = new();

    // Two sessions of the server keep one reader busy.
    private const int MostLanes = 2;

    /// <summary>Imports the archives in this order; of two records of one article the first counts.</summary>
    /// <param name="paths">Files, folders, or <c>-</c> for standard input.</param>
    /// <param name="tally">Is kept current, so that it tells what was done even when the import is broken off.</param>
    /// <param name="ct">Stops at the last committed batches.</param>
    /// <exception cref="System.Data.Common.DbException">The database failed, and not transiently.</exception>
    public async Task RunAsync(IReadOnlyList<string> paths, ImportTally tally, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        tally.Bytes = ArchiveInput.BytesOf(paths);

        // Copies of one text must see each other, where they are looked for.
        var lanes = new ImportLane[store.ComparesImports ? 1 : MostLanes];
        for (var i = 0; i < lanes.Length; i++) lanes[i] = new ImportLane(store, time, tally, Report);
        await Task.WhenAll(
            [
                OrStopAsync(Task.Run(() => ReadAllAsync(paths, tally, lanes, stop.Token), CancellationToken.None), stop),
                .. lanes.Select(lane => OrStopAsync(lane.RunAsync(stop.Token), stop)),
            ]);
    }

    // One that fails ends the others, and comes out before they do, which are only cancelled.
    private static async Task OrStopAsync(Task work, CancellationTokenSource stop)
    {
        try
        {
            await work;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task ReadAllAsync(IReadOnlyList<string> paths, ImportTally tally, ImportLane[] lanes, CancellationToken ct)
    {
        foreach (var path in paths) await ReadPathAsync(path, tally, lanes, ct);
        foreach (var lane in lanes) await lane.EndAsync(ct);
    }

    private async Task ReadPathAsync(string path, ImportTally tally, ImportLane[] lanes, CancellationToken ct)
    {
        try
        {
            foreach (var file in ArchiveInput.FilesOf(path)) await ReadFileAsync(file, tally, lanes, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report(tally, $"{path}: {error.Message}");
        }
    }

    private async Task ReadFileAsync(string file, ImportTally tally, ImportLane[] lanes, CancellationToken ct)
    {
        try
        {
            await using var input = await ArchiveInput.OpenAsync(file, ct);
            tally.Files++;
            var before = tally.BytesRead;
            await foreach (var reading in ArchiveReader.ReadAsync(input.Content, input.Format, ct))
            {
                tally.BytesRead = before + input.Position;
                if (reading is ArchiveReading.Record record)
                {
                    tally.Records++;
                    var row = StoredArticle.FromArchive(record.Article, record.Marks);
                    await lanes[(uint)row.Key.GetHashCode() % lanes.Length].AddAsync(new ImportedRow(row, file, record.Line), ct);
                }
                else if (reading is ArchiveReading.Fault fault)
                {
                    Report(tally, string.Create(CultureInfo.InvariantCulture, $"{file}:{fault.Line}: {fault.Reason}"));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Report(tally, $"{file}: {error.Message}");
        }
    }

    private void Report(ImportTally tally, string fault)
    {
        tally.Fault();
        lock (reporting) report(fault);
    }
}
