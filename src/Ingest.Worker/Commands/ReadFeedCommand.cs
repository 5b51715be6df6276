using System.CommandLine;

namespace Ingest.Worker.Commands;

/// <summary><c>read feed FILE|URL…</c>: parse only, print what was read.</summary>
internal static class ReadFeedCommand
{
    public static Command Create(FetchAsync fetch)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        return new Command("feed", "Parse feeds and print their entries.");
    }
}
