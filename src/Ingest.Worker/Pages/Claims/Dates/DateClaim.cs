using Ingest.Worker.Pages.Claims.Marks;
using Ingest.Worker.Text;

namespace Ingest.Worker.Pages.Claims.Dates;

/// <summary>What a claimed date says of the article.</summary>
internal enum DateRole
{
    Published,
    Created,
    Modified,
}

/// <summary>A date that the page claims.</summary>
/// <param name="Date">As stated.</param>
/// <param name="Role">What it is said to be.</param>
/// <param name="Origin">As in <see cref="PageDate.Origin"/>.</param>
/// <param name="Where">The property, meta name or class that carried it.</param>
internal sealed record DateClaim(StatedDate Date, DateRole Role, string Origin, string Where)
{
    /// <summary>Its position among all elements of the page; -1 for the URL and the page's head.</summary>
    public int Order { get; init; } = -1;

    public Surroundings Surroundings { get; init; }
}
