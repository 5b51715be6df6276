using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

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
/// <param name="Where">The property, meta name, class or text that carried it.</param>
internal sealed record DateClaim(StatedDate Date, DateRole Role, string Origin, string Where);
