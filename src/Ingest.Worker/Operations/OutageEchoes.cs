using System.Data.Common;
using System.Net.Sockets;

namespace Ingest.Worker.Operations;

/// <summary>
/// What the parts of the worker say, each again and again, while the database is away. That it is away is told once, when it goes and when it is back; these
/// are left out in between.
/// </summary>
internal static class OutageEchoes
{
    // By event: they quote the error in words. Storage, the visits' records and robots.txt, the schedule, retention, the sources' synchronisation, the
    // heartbeat and what metrics ask.
    private static readonly HashSet<int> Events = [501, 503, 605, 614, 615, 701, 703, 705, 709, 712, 714, 802, 804, 901, 902];

    public static bool Hides(string category, int eventId, Exception? error) =>
        category.StartsWith("Quartz", StringComparison.Ordinal) || Events.Contains(eventId) || (error is not null && IsOfTheDatabase(error));

    private static bool IsOfTheDatabase(Exception error) =>
        error is DbException or SocketException
            || (error is AggregateException many ? many.InnerExceptions.Any(IsOfTheDatabase) : error.InnerException is { } cause && IsOfTheDatabase(cause));
}
