using Ingest.Worker.Storage.Words;
using static Ingest.Worker.Tests.Configuration.SourceSyncTests;

namespace Ingest.Worker.Tests.Configuration;

/// <summary>Sources that are paused, resumed and polled by hand.</summary>
public sealed class SourceControlTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Pausing_and_resuming_reach_found_sources_too()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(AB);
        await AddFoundAsync(table);
        (await table.Control.PauseAsync(["a", "nobody"], SourceTable.Noon, TestContext.Current.CancellationToken))
            .ShouldBe(new Dictionary<string, SourceState> { ["a"] = SourceState.Active });
        (await table.StatesAsync()).ShouldBe(["a paused", "a/1 paused", "a/2 paused", "b active"]);
        (await table.Control.ResumeAsync(["a"], SourceTable.Noon, TestContext.Current.CancellationToken))
            .ShouldBe(new Dictionary<string, SourceState> { ["a"] = SourceState.Paused });
        (await table.StatesAsync()).ShouldBe(["a active", "a/1 active", "a/2 active", "b active"]);
    }

    [Fact]
    public async Task A_source_that_is_gone_can_be_resumed_and_is_due_without_its_failures()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.ExecuteAsync("update ingest.sources set state = 'gone', failure_weight = 11, next_poll_at = '2030-01-01Z'");
        (await table.Control.ResumeAsync(["a"], SourceTable.Noon, TestContext.Current.CancellationToken))["a"].ShouldBe(SourceState.Gone);
        (await table.ReadAsync("select state, failure_weight, next_poll_at = '2026-06-15 12:00Z' from ingest.sources")).ShouldBe(["active 0 True"]);
    }

    [Fact]
    public async Task Polling_by_hand_makes_active_sources_due_and_no_others()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(AB);
        await table.ExecuteAsync("update ingest.sources set next_poll_at = '2030-01-01Z'");
        await table.Control.PauseAsync(["b"], SourceTable.Noon, TestContext.Current.CancellationToken);
        await table.Control.PollAsync(["a", "b"], SourceTable.Noon, TestContext.Current.CancellationToken);
        (await table.ReadAsync("select name, next_poll_at = '2026-06-15 12:00Z' from ingest.sources order by name")).ShouldBe(["a True", "b False"]);
    }
}
