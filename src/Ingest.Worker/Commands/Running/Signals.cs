using System.Runtime.InteropServices;

namespace Ingest.Worker.Commands.Running;

/// <summary>SIGINT and SIGTERM ask a command to stop; a SIGINT after that ends the process at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration interrupt, terminate;
    private int exitCode;

    public Signals()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>What a command that was ended by the signal exits with, as shells count; null while there was none.</summary>
    public int? ExitCode => exitCode == 0 ? null : exitCode;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        stop.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        var code = context.Signal == PosixSignal.SIGINT ? Commands.ExitCode.Interrupted : Commands.ExitCode.Terminated;
        if (Interlocked.CompareExchange(ref exitCode, code, 0) == 0) _ = stop.CancelAsync();
        else if (context.Signal == PosixSignal.SIGINT) Environment.Exit(code);
    }
}
