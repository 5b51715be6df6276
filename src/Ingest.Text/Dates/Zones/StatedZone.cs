namespace Ingest.Text.Dates.Zones;

/// <summary>A zone as a date states it: an offset, or the rules of a place.</summary>
/// <param name="Standard">The offset, without the rules' daylight saving.</param>
/// <param name="Rules">Null where an offset was stated.</param>
internal readonly record struct StatedZone(TimeSpan Standard, TimeZoneInfo? Rules)
{
    public static StatedZone Of(TimeSpan offset) => new(offset, null);

    public static StatedZone Of(TimeZoneInfo rules) => new(rules.BaseUtcOffset, rules);

    /// <summary>The offset at a time of the zone's own clocks; of a time that they show twice or never, the standard one.</summary>
    public TimeSpan OffsetAt(DateTime local) => Rules?.GetUtcOffset(local) ?? Standard;
}
