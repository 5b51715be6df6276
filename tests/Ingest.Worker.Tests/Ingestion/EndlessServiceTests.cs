using Ingest.Worker.Ingestion.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class EndlessServiceTests
{
    [Fact]
    public async Task An_error_nobody_expected_ends_neither_the_service_nor_the_worker()
    {
        var time = new FakeTimeProvider();
        using var service = new Failing(time);
        await service.StartAsync(CancellationToken.None);

        for (var i = 0; i < 500 && service.Begun < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        service.Begun.ShouldBeGreaterThanOrEqualTo(3);
        service.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await service.StopAsync(CancellationToken.None);
        service.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private sealed class Failing(TimeProvider time) : EndlessService(time, NullLogger.Instance)
    {
        public int Begun { get; private set; }

        protected override Task WorkAsync(CancellationToken ct)
        {
            Begun++;
            throw new InvalidOperationException("unexpected");
        }
    }
}
