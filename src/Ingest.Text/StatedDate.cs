namespace Ingest.Text;

/// <summary>A date as its publisher stated it: a calendar day, and the moment when a time of day was given.</summary>
/// <param name="Day">The publisher's own calendar day, in the offset that the publisher stated.</param>
/// <param name="At">The moment with the stated offset (zero where none was stated); null when only a day was given.</param>
/// <param name="ZoneStated">False when a time of day came without a zone and was read as UTC.</param>
public sealed record StatedDate(DateOnly Day, DateTimeOffset? At, bool ZoneStated)
{
    /// <summary>A day without a time of day.</summary>
    public static StatedDate OfDay(DateOnly day) => new(day, null, false);

    /// <summary>A moment in its stated offset.</summary>
    public static StatedDate OfMoment(DateTimeOffset at, bool zoneStated) => new(DateOnly.FromDateTime(at.DateTime), at, zoneStated);
}
