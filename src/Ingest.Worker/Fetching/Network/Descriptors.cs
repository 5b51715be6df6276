using System.Globalization;
using System.IO;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The file descriptors of this process, where the system tells of them (Linux).</summary>
internal static class Descriptors
{
    // Left to the database, to names and certificates, and to the program's own files: a runtime that can load none of those ends the process.
    private const int Reserve = 64;

    private const string Label = "Max open files";

    /// <summary>How many this process may open; null when that is unknown or unbounded.</summary>
    public static int? Limit { get; } = ReadLimit();

    /// <summary>Whether a descriptor is of those that connections to the web may not take. The system gives out the lowest that is free.</summary>
    public static bool IsReserved(nint descriptor) => Limit is { } limit && descriptor >= limit - Reserve;

    /// <summary>Whether hardly any is left, so that what fails may have failed for that.</summary>
    public static bool AreExhausted()
    {
        if (Limit is null)
            return false;
        try
        {
            using var probe = File.OpenHandle("/dev/null");
            return IsReserved(probe.DangerousGetHandle());
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static int? ReadLimit()
    {
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(static l => l.StartsWith(Label, StringComparison.Ordinal));
            return int.TryParse(
                line?[Label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var limit)
                ? limit
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
