using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>
/// Where copies of robots.txt outlive the process and are shared by workers. Neither delegate fails: a copy that cannot be had is asked of the site.
/// </summary>
/// <param name="LoadAsync">The copy of an origin; null for none.</param>
/// <param name="SaveAsync">Keeps what was answered.</param>
internal sealed record RobotsShelf(Func<string, CancellationToken, Task<RobotsCopy?>> LoadAsync, Func<RobotsCopy, CancellationToken, Task> SaveAsync)
{
    /// <summary>Keeps nothing: for commands without a database.</summary>
    public static RobotsShelf None { get; } = new(static (_, _) => Task.FromResult<RobotsCopy?>(null), static (_, _) => Task.CompletedTask);
}

/// <summary>What a site answered when it was asked for its robots.txt.</summary>
/// <param name="Origin">Scheme, host and port that it binds.</param>
/// <param name="CheckedAt">When it was asked.</param>
/// <param name="UseUntil">Until when the answer counts.</param>
internal sealed record RobotsCopy(string Origin, DateTimeOffset CheckedAt, DateTimeOffset UseUntil)
{
    /// <summary>The text; null where there is none to tell of.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The site has none.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>The site said that the copy on the shelf is current.</summary>
    public bool IsSame { get; init; }

    public Validators? Validators { get; init; }

    /// <summary>Since when it cannot be read; null when it can.</summary>
    public DateTimeOffset? OutOfReachSince { get; init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Failure { get; init; }
}
