using System.Threading.Tasks;
using Ingest.Worker.Commands;
using Ingest.Worker.Commands.Running;

namespace Ingest.Worker;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        if (OpenFiles.Fault() is { } fault)
        {
            Console.Error.WriteLine(fault);
            return Task.FromResult(ExitCode.Failed);
        }

        // Before anything that takes time: until then a signal ends the process as it ends any other.
        return IngestCommandLine.RunAsync(args, Signals.Listen());
    }
}
