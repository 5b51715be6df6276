using System.Globalization;

namespace Ingest.Text.Limits;

/// <summary>
/// How much processor time the reading of one document may take, and whether it shall go on at all. Every loop over what strangers wrote asks it.
/// </summary>
/// <remarks>
/// Processor time of the reading thread, not time on the wall: on a machine with much to do an honest document would take too long by the clock. A document is
/// read by one thread from its beginning to its end.
/// </remarks>
/// <param name="most">The most that reading may take.</param>
/// <param name="spent">The processor time of the current thread so far.</param>
/// <param name="ct">Ends reading with <see cref="OperationCanceledException"/>.</param>
public sealed class ReadingLimit(TimeSpan most, Func<TimeSpan> spent, CancellationToken ct)
{
    // Asking costs some hundred nanoseconds, as much as a few steps: a node of a tree, a tag, a line of text.
    private const int StepsBetween = 256;
    private const int CharactersAStep = 32;

    private readonly TimeSpan _begin = spent();
    private int _left = StepsBetween;

    /// <summary>No limit, for what has no stranger's bytes to read.</summary>
    public static ReadingLimit None => new(TimeSpan.MaxValue, static () => TimeSpan.Zero, CancellationToken.None);

    /// <summary>
    /// A limit of one document, which the calling thread now reads from its beginning to its end. Where the system does not tell a thread's time (Windows),
    /// nothing is limited.
    /// </summary>
    /// <param name="most">The most processor time that reading may take; a few seconds are plenty for any honest document.</param>
    /// <param name="ct">Ends reading with <see cref="OperationCanceledException"/>.</param>
    public static ReadingLimit OfThread(TimeSpan most, CancellationToken ct) => new(most, ThreadTime.Spent, ct);

    /// <summary>Counts one step.</summary>
    /// <exception cref="ReadingLimitException">Reading took too long.</exception>
    /// <exception cref="OperationCanceledException">Reading shall end.</exception>
    public void Check()
    {
        if (--_left <= 0) Ask();
    }

    /// <summary>Counts the work of a piece of text.</summary>
    /// <exception cref="ReadingLimitException">Reading took too long.</exception>
    /// <exception cref="OperationCanceledException">Reading shall end.</exception>
    public void Check(int characters)
    {
        if ((_left -= 1 + (characters / CharactersAStep)) <= 0) Ask();
    }

    private void Ask()
    {
        _left = StepsBetween;
        ct.ThrowIfCancellationRequested();
        if (spent() - _begin > most)
            throw new ReadingLimitException(string.Create(
                CultureInfo.InvariantCulture, $"took more than {most.TotalSeconds:0.###} s of processor time to read"));
    }
}

/// <summary>A document took longer to read than it may; the rooms that read documents make a value of it.</summary>
public sealed class ReadingLimitException(string message) : Exception(message);
