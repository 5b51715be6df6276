using System.Globalization;
using System.Text.Json;
using Ingest.Text.Secrets;
using Spectre.Console;
using Cell = Spectre.Console.Text;

namespace Ingest.Worker.Commands.Output;

/// <summary>A column of a printed list.</summary>
/// <param name="Name">Heading, and key in JSON.</param>
/// <param name="Value">The cell; numbers stay numbers in JSON and are set to the right in a table.</param>
internal sealed record ListColumn<T>(string Name, Func<T, object?> Value)
{
    /// <summary>How well it can be spared in a table that is too wide: the highest number goes first, 0 never.</summary>
    public int Spare { get; init; }

    /// <summary>Whether it holds words that may stand below the table instead. Where no column is said to, the last one may.</summary>
    public bool IsWords { get; init; }
}

/// <summary>Prints lists as tables for people, or as JSON for programs; whatever strangers wrote, it does nothing to a terminal and tells no secret.</summary>
internal static class ListOutput
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(IReadOnlyList<T> rows, string format, IReadOnlyList<ListColumn<T>> columns)
    {
        if (format == OutputFormat.Table)
        {
            WriteTable(rows, columns);
            return;
        }

        var objects = rows
            .Select(row => columns.ToDictionary(static column => column.Name.Replace(' ', '_'), column => Shown(column.Value(row)), StringComparer.Ordinal))
            .ToList();
        if (format == OutputFormat.Json) Console.Out.WriteLine(SafeLine.InJson(JsonSerializer.Serialize(objects, Indented)));
        else foreach (var item in objects) Console.Out.WriteLine(SafeLine.InJson(JsonSerializer.Serialize(item, OneLine)));
    }

    /// <summary>Prints facts: a row each for people, for programs one object, whose names are the facts' own in lower case with underscores.</summary>
    public static void WriteFacts(IReadOnlyList<(string Name, object? Value)> facts, string format)
    {
        if (format == OutputFormat.Table)
        {
            WriteTable(facts, [new("fact", static fact => fact.Name), new("value", static fact => fact.Value)]);
            return;
        }

        var fields = facts.ToDictionary(static fact => Key(fact.Name), static fact => Shown(fact.Value), StringComparer.Ordinal);
        Console.Out.WriteLine(SafeLine.InJson(JsonSerializer.Serialize(fields, format == OutputFormat.Json ? Indented : OneLine)));
    }

    private static string Key(string name) =>
        string.Join('_', name.ToLowerInvariant().Split([' ', ',', '(', ')', '-', '.'], StringSplitOptions.RemoveEmptyEntries));

    private static void WriteTable<T>(IReadOnlyList<T> rows, IReadOnlyList<ListColumn<T>> columns)
    {
        // Without a terminal there is no width to keep to: one line a row, for grep.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 400;
        var cells = rows.Select(row => columns.Select(column => SafeLine.Of(Say(column.Value(row)))).ToList()).ToList();
        List<string> names = [.. columns.Select(static column => column.Name)];
        var words = columns.ToList().FindIndex(static column => column.IsWords);
        if (words < 0) words = columns.Count - 1;
        var shape = ListLayout.Choose(AnsiConsole.Profile.Width, names, cells, [.. columns.Select(static column => column.Spare)], words);
        if (shape.Columns.Count == 0)
        {
            WriteBlocks(names, cells);
            return;
        }

        AnsiConsole.Write(TableOf(rows, columns, cells, shape));
        foreach (var row in cells.Where(row => shape.Below >= 0 && row[shape.Below].Length > 0))
            AnsiConsole.Write(new Cell($"  {row[0]}: {row[shape.Below]}\n"));
        if (shape.LeftOut(columns.Count).Select(i => names[i]).ToList() is { Count: > 0 } leftOut)
            Console.Error.WriteLine($"Too narrow for: {string.Join(", ", leftOut)}. They are there with --format json.");
    }

    private static Table TableOf<T>(IReadOnlyList<T> rows, IReadOnlyList<ListColumn<T>> columns, List<List<string>> cells, ListShape shape)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var i in shape.Columns)
        {
            var isNumber = rows.Select(columns[i].Value).FirstOrDefault(static value => value is not null) is int or long or double;
            var isShort = cells.All(row => row[i].Length <= ListLayout.Shortest(i));
            table.AddColumn(
                new TableColumn(new Cell(columns[i].Name))
                {
                    Alignment = isNumber ? Justify.Right : Justify.Left,
                    NoWrap = isNumber || isShort,
                    Padding = new Padding(0, 0, 1, 0),
                });
        }

        foreach (var row in cells) table.AddRow(shape.Columns.Select(i => new Cell(row[i])).ToArray());
        return table;
    }

    private static void WriteBlocks(List<string> names, List<List<string>> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) AnsiConsole.WriteLine();
            AnsiConsole.Write(ListLayout.Block(names, cells[i]));
        }
    }

    // JSON escapes what would act on a terminal, and is given it as it is; secrets are for no output.
    private static object? Shown(object? value) => value switch
    {
        string text => UrlSecrets.Mask(text),
        IEnumerable<string> texts => texts.Select(UrlSecrets.Mask),
        IReadOnlyDictionary<string, object?> fields => fields.ToDictionary(static field => field.Key, static field => Shown(field.Value)),
        IReadOnlyDictionary<string, string?> fields => fields.ToDictionary(static field => field.Key, static field => Shown(field.Value)),
        IEnumerable<IReadOnlyDictionary<string, object?>> rows => rows.Select(Shown),
        _ => value,
    };

    private static string Say(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "yes" : "no",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IEnumerable<string> words => string.Join(", ", words),
        double number => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
