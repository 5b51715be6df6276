using System.Diagnostics;

namespace Ingest.Worker.Tests.Webhooks;

/// <summary>
/// Messages as the library of Standard Webhooks judges them (npm: standardwebhooks). Needs node, and <c>npm install --prefix tests/webhooks</c> or its folder
/// in <c>STANDARD_WEBHOOKS_MODULES</c>; skipped, with the reason, without.
/// </summary>
public sealed class StandardWebhooksPackageTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_package_of_the_specifications_authors_takes_our_messages()
    {
        if (Missing() is { } missing) Assert.Skip($"Not verified by npm's standardwebhooks: {missing}.");
        using var receiver = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "webhooks", "check.mjs"), WebhookWorker.Secret])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })
            .ShouldNotBeNull();
        try
        {
            var port = await receiver.StandardOutput.ReadLineAsync(Ct);
            if (port is null) Assert.Fail(await receiver.StandardError.ReadToEndAsync(Ct));
            await using var database = await postgres.CreateDatabaseAsync(Ct);
            await using var worker = await WebhookWorker.StartAsync(database.ConnectionString, $"http://127.0.0.1:{port}/hook");
            await worker.AddAsync("paper", 2, "Grüße 漢字");
            await worker.Rooms.RowsAsync(
                "insert into ingest.source_events (source_id, at, kind, detail) select min(id), now(), 'silent', 'so long' from ingest.sources");
            await worker.DeliverAsync();

            (await worker.PlaceAsync("sent, failed, last_error")).ShouldBe("3|0|");
            var told = new List<string>();
            while (told.Count < 3) told.Add((await receiver.StandardOutput.ReadLineAsync(Ct)).ShouldNotBeNull().Split(' ')[1]);
            told.ShouldBe(["article.added", "article.added", "source.silent"]);
        }
        finally
        {
            receiver.StandardInput.Close();
            await receiver.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string? Missing()
    {
        var modules = Environment.GetEnvironmentVariable("STANDARD_WEBHOOKS_MODULES") ?? Path.Combine(Repository.Root, "tests", "webhooks");
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "standardwebhooks"))) return $"the package is not in {modules}";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "node")))
            ? null
            : "there is no node";
    }
}
