using System.Threading.Channels;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Garbage of large documents is collected before it adds up, and given back to the system once none is about.</summary>
public sealed class MemoryTrimTests
{
    private const int Large = 8 << 20;

    private readonly FakeTimeProvider clock = new();
    private readonly Channel<bool> trimmed = Channel.CreateUnbounded<bool>();
    private readonly MemoryRoom room = new(Options.Create(new FetchingOptions { MemoryBudget = 16 << 20 }), NullLogger<MemoryRoom>.Instance);

    [Fact]
    public async Task What_large_documents_took_is_given_back_when_none_has_come_for_a_while()
    {
        using var trim = new MemoryTrim(room, clock, new Trimmed(trimmed));

        trim.Note(Large);
        clock.Advance(TimeSpan.FromSeconds(21));

        await trimmed.Reader.ReadAsync(TestContext.Current.CancellationToken);

        // And again after the next.
        trim.Note(Large);
        clock.Advance(TimeSpan.FromSeconds(21));

        await trimmed.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Small_documents_start_nothing()
    {
        using var trim = new MemoryTrim(room, clock, new Trimmed(trimmed));

        trim.Note(1000);
        trim.MakeRoom(1000);

        trimmed.Reader.Count.ShouldBe(0);
    }

    [Fact]
    public void Garbage_is_collected_before_a_large_reading_that_would_find_no_room_beside_it()
    {
        using var trim = new MemoryTrim(room, clock, new Trimmed(trimmed));
        var garbage = Garbage((int)room.MostHeap);

        trim.MakeRoom(Large);

        trimmed.Reader.Count.ShouldBe(1);
        garbage.IsAlive.ShouldBeFalse();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Garbage(int bytes) => new(new byte[bytes]);

    private sealed class Trimmed(Channel<bool> trimmed) : ILogger<MemoryTrim>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            trimmed.Writer.TryWrite(true);
    }
}
