using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Network;

namespace Ingest.Worker.Commands.Output;

/// <summary>Says at the start what would otherwise end the process in the middle of its work.</summary>
internal static class FileLimit
{
    /// <summary>The program's own files, and what a verb opens beside them.</summary>
    public const int OfAnyVerb = 200;

    /// <summary>The program's own files, the schedule, the database and some connections to the web.</summary>
    public const int OfVisits = 400;

    /// <summary>Whether this process may open that many files; says so where it may not.</summary>
    public static async Task<bool> SufficesAsync(int least, TextWriter error)
    {
        if (!(Descriptors.Limit < least)) return true;
        await error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"This process may open {Descriptors.Limit} files and needs at least {least}: raise the limit (ulimit -n, or LimitNOFILE of a unit)."));
        return false;
    }
}
