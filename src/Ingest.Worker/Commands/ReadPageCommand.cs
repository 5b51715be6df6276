using System.CommandLine;

namespace Ingest.Worker.Commands;

/// <summary><c>read page FILE|URL…</c>: extract only, print the article.</summary>
internal static class ReadPageCommand
{
    public static Command Create(FetchAsync fetch)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        return new Command("page", "Extract the article of pages and print it.");
    }
}
