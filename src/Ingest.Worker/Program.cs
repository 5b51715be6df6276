using System.CommandLine;
using System.Threading.Tasks;
using Ingest.Worker.Commands;

namespace Ingest.Worker;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        static Task<Fetching.FetchResult> Fetch(Fetching.FetchRequest request, CancellationToken ct) => throw new NotSupportedException(request.Url.ToString());
        var root = new RootCommand("Feeds to dated articles in PostgreSQL.")
        {
            new Command("read", "Read feeds or pages without a database.") { ReadFeedCommand.Create(Fetch), ReadPageCommand.Create(Fetch) },
        };
        return root.Parse(args).InvokeAsync();
    }
}
