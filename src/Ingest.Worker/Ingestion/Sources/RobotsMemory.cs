using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Robots;
using Ingest.Worker.Storage.Hosts;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>Keeps copies of robots.txt in the database, so that neither a restart nor another worker asks a site again for what it said today.</summary>
internal sealed partial class RobotsMemory(RobotsFiles files, ILogger<RobotsMemory> log) : IDisposable
{
    // Visits ask without a slot; they must not take the sessions of those that save.
    private readonly SemaphoreSlim turn = new(2);

    public RobotsShelf Shelf => new(LoadAsync, (copy, ct) => SaveAsync(Row(copy), ct));

    public void Dispose() => turn.Dispose();

    private async Task<RobotsCopy?> LoadAsync(string origin, CancellationToken ct) =>
        await InTurnAsync(async () => await files.LoadAsync(origin, ct), origin, ct) is { } row ? Copy(row) : null;

    private Task SaveAsync(RobotsFile row, CancellationToken ct) =>
        InTurnAsync(
            async () =>
            {
                await files.SaveAsync(row, ct);
                return row;
            },
            row.Origin,
            ct);

    // Without a database the site is asked, as if nothing were stored.
    private async Task<RobotsFile?> InTurnAsync(Func<Task<RobotsFile?>> work, string origin, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            LogNotKept(log, origin, error.Message);
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    private static RobotsFile Row(RobotsCopy copy) =>
        new(copy.Origin, copy.IsAbsent ? RobotsState.None : copy.Failure is null ? RobotsState.Read : RobotsState.Unreached, copy.CheckedAt, copy.UseUntil)
        {
            Body = copy.Body,
            IsSame = copy.IsSame,
            ETag = copy.Validators?.ETag,
            LastModified = copy.Validators?.LastModified,
            ValidatorsUrl = copy.Validators?.Url?.AbsoluteUri,
            OutOfReachSince = copy.OutOfReachSince,
            Failure = copy.Failure,
        };

    private static RobotsCopy Copy(RobotsFile row) => new(row.Origin, row.CheckedAt, row.UseUntil)
    {
        Body = row.Body,
        IsAbsent = row.State == RobotsState.None,
        Validators = Uri.TryCreate(row.ValidatorsUrl, UriKind.Absolute, out var url) ? new Validators(row.ETag, row.LastModified, url) : null,
        OutOfReachSince = row.OutOfReachSince,
        Failure = row.Failure,
    };

    [LoggerMessage(615, LogLevel.Warning, "The copy of {Origin}/robots.txt cannot be read from or written to the database; the site is asked: {Error}")]
    private static partial void LogNotKept(ILogger logger, string origin, string error);
}
