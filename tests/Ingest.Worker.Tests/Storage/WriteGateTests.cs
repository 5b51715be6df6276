using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

public sealed class WriteGateTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly WriteGate gate;

    public WriteGateTests() => gate = new WriteGate(time, NullLogger<WriteGate>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("25006", 2)]
    [InlineData("53100", 2)]
    [InlineData("53300", 2)]
    [InlineData("57P01", 2)]
    [InlineData("57P03", 2)]
    [InlineData("58030", 2)]
    [InlineData("08006", 2)]
    [InlineData("28P01", 2)]
    [InlineData("42501", 1)]
    [InlineData("42P01", 1)]
    [InlineData("3F000", 1)]
    [InlineData("57014", 0)]
    [InlineData("22P05", 0)]
    [InlineData("23505", 0)]
    [InlineData("54000", 0)]
    [InlineData("P0001", 0)]
    [InlineData("40001", 0)]
    public void An_error_is_about_the_server_about_a_table_or_about_what_was_to_be_saved(string state, int refusal) =>
        RefusalScopes.Of(Error(state)).ShouldBe((RefusalScope)refusal);

    [Fact]
    public async Task While_it_is_shut_one_save_at_a_time_is_tried_and_the_first_that_succeeds_opens_it()
    {
        var (refuses, tries, underWay, most) = (true, 0, 0, 0);
        async Task<int> SaveAsync(CancellationToken ct)
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            Interlocked.Increment(ref tries);
            return refuses ? throw Error("53100") : 1;
        }

        var saves = Enumerable.Range(0, 20).Select(_ => gate.SaveAsync(SaveAsync, Ct)).ToList();
        await PassAsync(() => tries >= 20, TimeSpan.Zero);
        (tries, most) = (0, 0);
        for (var second = 0; second < 60; second++) await PassAsync(() => true, TimeSpan.FromSeconds(1));

        most.ShouldBe(1);
        tries.ShouldBeInRange(3, 10);
        gate.Refused!.Reason.ShouldBe("refused (53100)");
        gate.Enter().ShouldBeNull();

        refuses = false;
        await PassAsync(() => saves.All(static save => save.IsCompletedSuccessfully), TimeSpan.FromSeconds(1));
        gate.Refused.ShouldBeNull();
        gate.Enter().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_save_that_fails_for_what_it_holds_does_not_wait()
    {
        await gate.SaveAsync<int>(static _ => throw Error("23505"), Ct).ShouldThrowAsync<PostgresException>();

        gate.Refused.ShouldBeNull();
    }

    [Fact]
    public async Task Where_a_table_alone_is_refused_others_are_tried_now_and_then_and_open_the_gate()
    {
        using var ended = new CancellationTokenSource();
        var stuck = gate.SaveAsync<int>(static _ => throw Error("42501"), ended.Token);
        gate.Enter().ShouldBeNull();

        await PassAsync(() => true, TimeSpan.FromSeconds(16));
        gate.Enter().ShouldNotBeNull();
        gate.Enter().ShouldBeNull();
        await gate.SaveAsync(static _ => Task.FromResult(1), Ct);
        gate.Enter().ShouldNotBeNull();

        // The one that still waits keeps nobody.
        for (var second = 0; second < 30; second++) await PassAsync(() => true, TimeSpan.FromSeconds(1));
        gate.Refused.ShouldBeNull();
        stuck.IsCompleted.ShouldBeFalse();
        await ended.CancelAsync();
        await stuck.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task When_the_save_that_waited_was_cancelled_another_visit_finds_out()
    {
        using var ended = new CancellationTokenSource();
        var save = gate.SaveAsync<int>(static _ => throw Error("53100"), ended.Token);
        await PassAsync(() => true, TimeSpan.FromSeconds(40));
        gate.Enter().ShouldBeNull();
        await ended.CancelAsync();
        await save.ShouldThrowAsync<OperationCanceledException>();

        gate.Enter().ShouldNotBeNull();
        gate.Enter().ShouldBeNull();
    }

    public void Dispose() => gate.Dispose();

    private static PostgresException Error(string state) => new("refused", "ERROR", "ERROR", state);

    // Lets what waits go on before and after the clock moves.
    private async Task PassAsync(Func<bool> until, TimeSpan step)
    {
        for (var i = 0; i < 200; i++)
        {
            await Task.Delay(2, Ct);
            if (i % 10 == 0 && step > TimeSpan.Zero && (i == 0 || !until())) time.Advance(step);
            if (i > 5 && until()) return;
        }
    }
}
