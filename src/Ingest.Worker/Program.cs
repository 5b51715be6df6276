using System.Threading.Tasks;
using Ingest.Worker.Commands;

namespace Ingest.Worker;

internal static class Program
{
    private static Task<int> Main(string[] args) => IngestCommandLine.RunAsync(args);
}
