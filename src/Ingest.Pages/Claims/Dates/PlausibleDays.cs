namespace Ingest.Pages.Claims.Dates;

/// <summary>The days on which an article on the web can have been published.</summary>
/// <param name="Latest">The last of them: the day after the reader's own, for places that are ahead of it.</param>
internal sealed record PlausibleDays(DateOnly Latest)
{
    // There were no pages before; templates print the epoch and year one.
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    public bool Contain(DateOnly day) => day >= Earliest && day <= Latest;
}
