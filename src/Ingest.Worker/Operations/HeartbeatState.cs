using System.IO;
using System.Text.Json;

namespace Ingest.Worker.Operations;

/// <summary>What the service writes of itself: one line of JSON, which a health check reads.</summary>
/// <param name="Instance">Machine and process.</param>
/// <param name="Process">Process id.</param>
/// <param name="WrittenAt">When, by the clock of the wall; for people.</param>
/// <param name="Ticks">When, by the machine's steady clock, which jumps only when the machine restarts.</param>
/// <param name="TurnAge">How long ago the schedule was last seen to go on.</param>
/// <param name="TurnLimit">How long that may be.</param>
/// <param name="Unanswered">Why the database did not answer; null when it did.</param>
/// <param name="Refused">Why the database takes no writes; null when it does.</param>
/// <param name="RefusedFor">Since how long.</param>
internal sealed record HeartbeatState(
    string Instance, int Process, DateTimeOffset WrittenAt, long Ticks, TimeSpan TurnAge, TimeSpan TurnLimit, string? Unanswered, string? Refused,
    TimeSpan RefusedFor)
{
    /// <summary>Replaces the file by a new one, so that a link in its place is replaced and not followed.</summary>
    public void Write(string file)
    {
        var next = file + "." + Path.GetRandomFileName();
        try
        {
            using (var stream = new FileStream(next, FileMode.CreateNew, FileAccess.Write)) JsonSerializer.Serialize(stream, this);
            File.Move(next, file, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }

    /// <summary>Null when the file holds no state.</summary>
    public static HeartbeatState? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<HeartbeatState>(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with the service; null when nothing is.</summary>
    /// <param name="longestSilence">So old the file may be.</param>
    /// <param name="time">The clocks.</param>
    public string? Fault(TimeSpan longestSilence, TimeProvider time)
    {
        var age = time.GetElapsedTime(Ticks);
        if (age < TimeSpan.Zero || age > longestSilence)
            return FormattableString.Invariant(
                $"it has not given a sign of life for {(age < TimeSpan.Zero ? time.GetUtcNow() - WrittenAt : age):hh\\:mm\\:ss}");
        if (Unanswered is not null) return $"it does not reach its database: {Unanswered}";
        if (Refused is not null)
            return FormattableString.Invariant($"nothing can be saved, for {RefusedFor:hh\\:mm\\:ss}: {Refused}; nothing is fetched until then");
        return TurnAge + age > TurnLimit ? FormattableString.Invariant($"no turn has begun for {TurnAge + age:hh\\:mm\\:ss}: the schedule stands still") : null;
    }
}
