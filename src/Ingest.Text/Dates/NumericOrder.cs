namespace Ingest.Text.Dates;

/// <summary>How day and month stand in a date of three numbers with the year last.</summary>
internal enum NumericOrder
{
    /// <summary>Not such a date.</summary>
    None,

    /// <summary>Both numbers may be the month's.</summary>
    Uncertain,

    DayFirst,

    MonthFirst,
}
