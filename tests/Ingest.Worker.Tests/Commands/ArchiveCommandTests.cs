using System.Diagnostics;
using System.Text;

namespace Ingest.Worker.Tests.Commands;

/// <summary><c>import</c> and <c>export</c> as programs: what they print, write and exit with.</summary>
public sealed class ArchiveCommandTests(PostgresFixture postgres) : IDisposable
{
    private const string Archive =
        " date 2023-07-26 https://example.org/ä\n\nTitle\n\nHeadline\n\n\n\nBody “quoted”.\n\n date 2023-07-27 https://example.org/b\n\nB\n\nB\n\n\n\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-command-");

    [Fact]
    public async Task An_archive_goes_in_and_comes_out_the_same()
    {
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var file = Path.Combine(folder.FullName, "in.txt");
        await File.WriteAllTextAsync(file, Archive);

        var imported = await RunAsync(database, Archive, "import", "-", "--format", "jsonl");
        imported.ShouldBe((0, "{\"files\":1,\"records\":2,\"added\":2,\"known\":0,\"faults\":0}\n", ""));
        (await RunAsync(database, "", "export")).ShouldBe((0, Archive, ""));

        await File.AppendAllTextAsync(file, " date 2023-02-30 https://example.org/c\n\nC\n\n");
        var again = await RunAsync(database, "", "import", file, "--format", "jsonl");
        (again.Exit, again.Output).ShouldBe((1, "{\"files\":1,\"records\":2,\"added\":0,\"known\":2,\"faults\":1}\n"));
        again.Errors.ShouldStartWith($"{file}:19: ");

        var target = Path.Combine(folder.FullName, "out.txt");
        (await RunAsync(database, "", "export", "--from", "2023-07-27", "--to", "2023-07-27", "--out", target)).Exit.ShouldBe(0);
        (await File.ReadAllTextAsync(target)).ShouldBe(Archive[Archive.IndexOf(" date 2023-07-27", StringComparison.Ordinal)..]);
        (await RunAsync(database, "", "export", "--out", target)).Errors.ShouldContain("--force");
    }

    [Theory]
    [InlineData("import")]
    [InlineData("export", "--from", "2023-02-30")]
    [InlineData("export", "--from", "2023-02-02", "--to", "2023-02-01")]
    [InlineData("export", "--language", "?")]
    [InlineData("export", "--format", "xml")]
    public async Task A_wrong_command_line_exits_with_2(params string[] arguments) => (await RunAsync(null, "", arguments)).Exit.ShouldBe(2);

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(TestDatabase? database, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = AppContext.BaseDirectory,
            Environment =
            {
                ["ConnectionStrings__Ingest"] = database?.ConnectionString ?? "",
                ["Logging__LogLevel__Default"] = "Error",
                ["Logging__LogLevel__Ingest.Worker"] = "Error",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
