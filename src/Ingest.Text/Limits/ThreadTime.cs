using System.Runtime.InteropServices;

namespace Ingest.Text.Limits;

/// <summary>The processor time of the thread that asks.</summary>
internal static class ThreadTime
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private const int LinuxClock = 3;
    private const int MacClock = 16;

    private static readonly int Clock = OperatingSystem.IsLinux() ? LinuxClock : MacClock;

    /// <summary>Whether the system tells it.</summary>
    public static bool IsKnown { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>The time so far; zero where the system does not tell it.</summary>
    public static TimeSpan Spent() =>
        IsKnown && Read(Clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : TimeSpan.Zero;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
