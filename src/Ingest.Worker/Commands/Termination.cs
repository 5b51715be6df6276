using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Ingest.Worker.Commands;

/// <summary>The signals that ask the process to end, heard from its first moment to its last: a second one, or one while it ends, changes nothing.</summary>
internal static class Termination
{
    private static readonly CancellationTokenSource Asked = new();

    // Kept for the process's life: a registration that is collected or disposed gives the signal back its power to kill.
    private static readonly List<PosixSignalRegistration> Listening = [];

    /// <summary>Listens.</summary>
    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken Listen()
    {
        Listening.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask));
        Listening.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask));
        if (!IsHangupIgnored()) Listening.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ask));
        return Asked.Token;
    }

    private static void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        Asked.Cancel();
    }

    // The runtime leaves an ignored SIGINT alone, but not an ignored SIGHUP, and nohup means what it says.
    private static bool IsHangupIgnored()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        if (!File.Exists(Status)) return true;
        var line = File.ReadLines(Status).FirstOrDefault(static line => line.StartsWith(Ignored, StringComparison.Ordinal));
        return ulong.TryParse(line.AsSpan(Ignored.Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var signals) && (signals & 1) != 0;
    }
}
