using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>Runs PostgreSQL's programs and the few system tools around them.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(5);

    /// <summary>What a program left behind; the exit code of one that could not be started is 127.</summary>
    internal sealed record Ended(int ExitCode, string Output, string Errors);

    /// <summary>
    /// A start that passes on neither our environment (it may hold secrets, and PG* variables would steer the server) nor our folder (another account
    /// may not enter it), and speaks English.
    /// </summary>
    public static ProcessStartInfo Prepare(IReadOnlyList<string> command)
    {
        var program = Path.IsPathRooted(command[0]) ? command[0] : FindTool(command[0]) ?? command[0];
        var start = new ProcessStartInfo(program, command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var kept = start.Environment.Where(static variable => variable.Key is "LD_LIBRARY_PATH" or "TMPDIR").ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept) start.Environment[name] = value;
        start.Environment["PATH"] = string.Join(':', ToolFolders());
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs a command to its end with <paramref name="input"/> on its standard input; a cancelled one is killed.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyList<string> command, string input, CancellationToken ct)
    {
        using var process = new Process();
        process.StartInfo = Prepare(command);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new Ended(127, "", e.Message);
        }

        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await WriteAsync(process, input, ct);
            await process.WaitForExitAsync(ct);
            return new Ended(process.ExitCode, await output.WaitAsync(ct), (await errors.WaitAsync(ct)).Trim());
        }
        catch (OperationCanceledException)
        {
            // Its pipes close when the last of its children has gone, and no longer writes into a folder that is about to be removed.
            process.Kill(entireProcessTree: true);
            await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(LastBreath, CancellationToken.None));
            throw;
        }
    }

    /// <summary>The full path of a program in the system's own folders or on PATH; null when there is none.</summary>
    public static string? FindTool(string name) => ToolFolders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    // PATH may be empty or name folders that are gone, and a relative one means something else in the folder we run programs in.
    private static IEnumerable<string> ToolFolders() =>
        ((string[])["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted))
            .Distinct(StringComparer.Ordinal);

    private static async Task WriteAsync(Process process, string input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells why.
        }
    }
}
