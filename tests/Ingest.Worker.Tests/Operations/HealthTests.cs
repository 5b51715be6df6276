using System.Net;
using Ingest.Worker.Storage.Saving;
using Npgsql;

namespace Ingest.Worker.Tests.Operations;

/// <summary>What probes are told.</summary>
public sealed class HealthTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_works_is_alive_and_ready_and_says_of_what_it_knows()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);

        (await host.GetAsync("/health/live")).ShouldSatisfyAllConditions(
            static live => live.Status.ShouldBe(HttpStatusCode.OK), static live => live.Text.ShouldStartWith("ok schedule: goes on, last seen "));
        var (status, text) = await host.GetAsync("/health/ready");
        status.ShouldBe(HttpStatusCode.OK, text);
        text.ShouldContain("ok service: runs\nok database: answers and takes writes\nok schema: is this version's\nok schedule: goes on");
        text.ShouldContain("ok saving: nothing was saved yet\n");

        host.Stop();
        (await host.GetAsync("/health/ready")).Text.ShouldContain("NO service: stops");
    }

    [Theory]
    [InlineData("schedule", "NO schedule: stands still: no turn has begun for 0 h 10 min", false)]
    [InlineData("writes", ": disk full (53100); nothing is fetched until then", true)]
    [InlineData("standby", "NO database: takes no writes: it is a standby or read-only", true)]
    [InlineData("schema", "NO schema: the schema of", true)]
    [InlineData("gone", "NO database: ", true)]
    public async Task What_keeps_it_from_working_is_told_and_only_a_schedule_that_stands_still_is_cured_by_a_restart(string fault, string words, bool isLive)
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        if (fault == "schedule") host.Worker.Clock.Shift = TimeSpan.FromMinutes(10);
        else if (fault == "writes") await RefuseAsync(host.Worker.Get<WriteGate>());
        else if (fault == "standby") await ExecuteAsync($"alter database {name} set default_transaction_read_only = on");
        else if (fault == "schema") await ExecuteAsync("drop schema ingest cascade");
        else await PostgresFixture.ExecuteAsync(Beside(database), $"alter database {name} allow_connections false", Ct);

        var (status, text) = await host.GetAsync("/health/ready");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        text.ShouldContain(words);
        (await host.GetAsync("/health/live")).Status.ShouldBe(isLive ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        if (fault == "gone") (await host.GetAsync("/metrics")).Text.ShouldContain("ingest_database_reached 0\n");
        if (fault == "gone") await PostgresFixture.ExecuteAsync(Beside(database), $"alter database {name} allow_connections true", Ct);

        Task ExecuteAsync(string sql) => PostgresFixture.ExecuteAsync(database.ConnectionString, sql, Ct);
    }

    private static async Task RefuseAsync(WriteGate gate) => await Should.ThrowAsync<PostgresException>(
        () => gate.TryAsync<int>(_ => throw new PostgresException("disk full", "ERROR", "ERROR", "53100"), Ct));

    private static string Beside(TestDatabase database) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
}
