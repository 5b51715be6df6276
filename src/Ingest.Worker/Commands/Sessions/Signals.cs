using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP ask the process to end, from its first moment to its last. A second SIGINT ends it at once; any other signal
/// after the first changes nothing.
/// </summary>
internal static class Signals
{
    private static readonly CancellationTokenSource Asked = new();

    // Kept for the process's life: a registration that is collected or disposed gives the signal back its power to kill.
    private static readonly List<PosixSignalRegistration> Listening = [];

    private static int code;

    /// <summary>What a command that was ended by a signal exits with, as shells count; null while there was none.</summary>
    public static int? ExitCode => code == 0 ? null : code;

    /// <summary>Listens.</summary>
    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken Listen()
    {
        Listen(PosixSignal.SIGTERM, Commands.ExitCode.Terminated);
        Listen(PosixSignal.SIGINT, Commands.ExitCode.Interrupted);
        if (!IsHangupIgnored()) Listen(PosixSignal.SIGHUP, Commands.ExitCode.HungUp);
        return Asked.Token;
    }

    private static void Listen(PosixSignal signal, int exit) =>
        Listening.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (Interlocked.CompareExchange(ref code, exit, 0) == 0) _ = Asked.CancelAsync();
            else if (signal == PosixSignal.SIGINT && code == exit) Environment.Exit(exit);
        }));

    // The runtime leaves an ignored SIGINT alone, but not an ignored SIGHUP, and nohup means what it says.
    private static bool IsHangupIgnored()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        if (!File.Exists(Status)) return true;
        var line = File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(Ignored, StringComparison.Ordinal));
        return ulong.TryParse(
            line.AsSpan(Ignored.Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var signals)
            && (signals & 1) != 0;
    }
}
