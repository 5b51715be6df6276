using Ingest.Text.Limits;

namespace Ingest.Text.Tests;

public sealed class ReadingLimitTests
{
    private const int ManySteps = 10_000;

    [Fact]
    public void Reading_ends_once_its_processor_time_is_spent()
    {
        var spent = TimeSpan.FromMinutes(1);
        var limit = new ReadingLimit(TimeSpan.FromSeconds(5), () => spent, CancellationToken.None);
        Take(limit, ManySteps);
        spent += TimeSpan.FromSeconds(6);
        Should.Throw<ReadingLimitException>(() => Take(limit, ManySteps)).Message.ShouldBe("took more than 5 s of processor time to read");
    }

    [Fact]
    public void Reading_ends_when_it_is_given_up()
    {
        using var stopping = new CancellationTokenSource();
        var limit = new ReadingLimit(TimeSpan.MaxValue, static () => TimeSpan.Zero, stopping.Token);
        Take(limit, ManySteps);
        stopping.Cancel();
        Should.Throw<OperationCanceledException>(() => Take(limit, ManySteps));
    }

    [Theory]
    [InlineData(0, 256)]
    [InlineData(1_000, 8)]
    [InlineData(1_000_000, 1)]
    public void The_clock_is_asked_the_sooner_the_longer_the_pieces_are(int characters, int steps)
    {
        var asked = 0;
        var limit = new ReadingLimit(TimeSpan.MaxValue, () => TimeSpan.FromTicks(asked++), CancellationToken.None);
        for (var step = 0; step < steps; step++) limit.Check(characters);
        asked.ShouldBe(2);
    }

    private static void Take(ReadingLimit limit, int steps)
    {
        for (var step = 0; step < steps; step++) limit.Check();
    }
}
