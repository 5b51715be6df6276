using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ingest.Worker.Tests.Commands;

/// <summary>The built program in a process of its own.</summary>
internal static class WorkerProgram
{
    /// <summary>How a run ended.</summary>
    internal sealed record Run(int Exit, string Out, string Error);

    public static Task<Run> RunAsync(params string[] arguments) => RunAsync(arguments, new Dictionary<string, string>());

    public static async Task<Run> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Func<Process, Task>? meanwhile = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start).ShouldNotBeNull();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (meanwhile is not null) await meanwhile(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>Sends a signal, INT or TERM.</summary>
    public static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }
}
