using System.Runtime.InteropServices;

namespace Ingest.Worker.Ingestion;

/// <summary>Processor time of the current thread: what a machine under load, or the clock of the wall, says of a document is not the document's doing.</summary>
internal static class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>The time so far; where the system does not tell, always none.</summary>
    public static TimeSpan Now() =>
        OperatingSystem.IsLinux() && GetTime(ThreadClock, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000) : TimeSpan.Zero;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
