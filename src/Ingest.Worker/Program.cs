using System.Threading.Tasks;
using Ingest.Worker.Commands;
using Ingest.Worker.Commands.Sessions;

namespace Ingest.Worker;

internal static class Program
{
    // Before anything that takes time: until then a signal ends the process as it ends any other.
    private static Task<int> Main(string[] args) => IngestCommandLine.RunAsync(args, Signals.Listen());
}
