using System.Diagnostics;

namespace Ingest.Worker.Tests.Commands.Hostile;

/// <summary>What the program printed.</summary>
internal sealed record ProgramRun(int Exit, string Out, string Error)
{
    public string All => Out + Error;

    /// <summary>Runs the program with these words and variables.</summary>
    public static async Task<ProgramRun> OfAsync(IReadOnlyList<string> arguments, params (string Name, string Value)[] variables)
    {
        string[] all = [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), .. arguments];
        var start = new ProcessStartInfo("dotnet", all) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start).ShouldNotBeNull();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(process.ExitCode, await output, await error);
    }
}
