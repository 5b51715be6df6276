using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive.Parquet;

/// <summary>A column of a Parquet file, a row group at a time.</summary>
internal abstract class ParquetColumn
{
    /// <summary>Reads a row group's values, in place of those of the group before.</summary>
    /// <exception cref="InvalidDataException">It does not have a value for each row.</exception>
    public abstract Task LoadAsync(ParquetRowGroupReader group, CancellationToken ct);
}

/// <summary>A column whose values are taken row by row. One that the file does not have is all nulls.</summary>
/// <typeparam name="T">Texts are bytes of UTF-8 in columns, characters in lists.</typeparam>
internal sealed class ParquetColumn<T> : ParquetColumn
    where T : struct
{
    // A list's items; rows are bounded by the reader of the file.
    private const int MaxEntries = 4_000_000;

    private readonly DataField? field;
    private T[] values = [];
    private int[] definitions = [];
    private int[] repetitions = [];
    private int entries;
    private int entry;
    private int value;

    /// <summary>Finds the column.</summary>
    /// <param name="schema">The file's.</param>
    /// <param name="name">Of the column.</param>
    /// <param name="lists">Whether a row may have a list of values.</param>
    /// <param name="part">In a list of structures, the name of the part.</param>
    /// <exception cref="InvalidDataException">The column is of another type.</exception>
    public ParquetColumn(ParquetSchema schema, string name, bool lists = false, string? part = null)
    {
        var found = schema.DataFields.FirstOrDefault(field => Matches(field.Path, name, part));
        if (found is null) return;
        var isBytes = typeof(T) == typeof(ReadOnlyMemory<byte>) && found.Path.Length == 1 && IsText(found);
        if (found.MaxRepetitionLevel > (lists ? 1 : 0) || !(isBytes || found.ClrType == typeof(T)))
            throw new InvalidDataException($"column {found.Name} is of another type: {(found.MaxRepetitionLevel > 0 ? "list of " : "")}{found.ClrType.Name}");
        field = isBytes ? ParquetFields.AsBytes(found) : found;
    }

    public override async Task LoadAsync(ParquetRowGroupReader group, CancellationToken ct)
    {
        (entry, value, entries) = (0, 0, 0);
        if (field is null) return;
        var count = group.GetMetadata(field)?.MetaData?.NumValues ?? 0;
        if (field.MaxRepetitionLevel == 0 ? count != group.RowCount : count is < 0 or > MaxEntries)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"column {field.Name} has {count} values in {group.RowCount} rows"));
        entries = (int)count;
        if (values.Length < entries) (values, definitions, repetitions) = (new T[entries], new int[entries], new int[entries]);
        Array.Clear(values);
        await group.ReadRawAsync(field, values.AsMemory(0, entries), definitions.AsMemory(0, entries), repetitions.AsMemory(0, entries), ct);
    }

    /// <summary>The next row's value.</summary>
    public T? Take()
    {
        if (entry == entries) return null;
        if (definitions[entry++] != field!.MaxDefinitionLevel) return null;
        var taken = values[value];

        // So that what was taken need not live as long as its group.
        values[value++] = default;
        return taken;
    }

    /// <summary>The next row's items; a list that is not there has one that is null.</summary>
    public IEnumerable<T?> TakeList()
    {
        do yield return Take();
        while (entry < entries && repetitions[entry] > 0);
    }

    private static bool Matches(FieldPath path, string name, string? part) =>
        string.Equals(path.FirstPart, name, StringComparison.Ordinal) && (part is null || string.Equals(path[path.Length - 1], part, StringComparison.Ordinal));

    private static bool IsText(DataField field) =>
        field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(byte[])
            || field.ClrType == typeof(ReadOnlyMemory<byte>);
}
