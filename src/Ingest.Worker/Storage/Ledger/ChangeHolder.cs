using System.Globalization;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>An open transaction that changes wait for: a session's, or one that was prepared and left behind.</summary>
/// <param name="Pid">The process of the session; null for a prepared one.</param>
/// <param name="Prepared">The name of the prepared one; null for a session.</param>
/// <param name="Database">In which of the server's databases.</param>
/// <param name="Role">Whose it is.</param>
/// <param name="Application">What the session calls itself; null where it does not.</param>
/// <param name="Began">When the transaction began; null where our role may not see it.</param>
internal sealed record ChangeHolder(int? Pid, string? Prepared, string Database, string? Role, string? Application, DateTimeOffset? Began)
{
    /// <summary>Who, in which database, for how long, and how it is ended.</summary>
    public string Words(DateTimeOffset now)
    {
        var who = Prepared is { } name
            ? $"the prepared transaction '{name}'"
            : string.Create(CultureInfo.InvariantCulture, $"the transaction of process {Pid}");
        var age = Began is { } began
            ? $"open for {Age(now - began)}"
            : "open for a time that only a member of pg_read_all_stats may see";
        return $"{who} in database {Database} ({string.Join(", ", new[] { Role, Application, age }.OfType<string>())})";
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "less than 1 s",
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalSeconds} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} days"),
    };
}
