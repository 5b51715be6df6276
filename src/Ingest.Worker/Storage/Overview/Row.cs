using System.Globalization;

namespace Ingest.Worker.Storage.Overview;

/// <summary>A row of a question that only people see: its columns by their names.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> columns)
{
    public bool Has(string column) => columns[column] is not null;

    public string Text(string column) => Convert.ToString(columns[column], CultureInfo.InvariantCulture) ?? "";

    public string? TextOrNone(string column) => columns[column] as string;

    public long Count(string column) => Convert.ToInt64(columns[column] ?? 0, CultureInfo.InvariantCulture);

    public double Number(string column) => Convert.ToDouble(columns[column] ?? 0, CultureInfo.InvariantCulture);

    public bool Flag(string column) => columns[column] is true;

    public DateTimeOffset? Moment(string column) => columns[column] is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    public DateOnly? Day(string column) => columns[column] switch
    {
        DateOnly day => day,
        DateTime at => DateOnly.FromDateTime(at),
        _ => null,
    };

    public TimeSpan? Length(string column) => columns[column] as TimeSpan?;

    public IReadOnlyList<string> Texts(string column) => columns[column] as string[] ?? [];

    /// <summary>Numbers; none for a null.</summary>
    public IReadOnlyList<float> Numbers(string column) => columns[column] as float[] ?? [];
}
