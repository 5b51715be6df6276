using System.Globalization;

namespace Ingest.Worker.Text;

/// <summary>
/// Reads the dated-article format, a line at a time. Lenient where nothing is lost (CRLF, a byte order mark, a first header without its
/// leading space, blank lines at the end of a record); a record that must be refused is a located fault and never costs its neighbours.
/// </summary>
internal static class DatedArticleReader
{
    private static readonly string[] PartNames = ["title", "headline", "description"];

    /// <summary>Reads lazily; holds one record at a time.</summary>
    /// <param name="lines">The lines of one file, without their line feeds.</param>
    public static IEnumerable<DatedTextReading> Read(IEnumerable<string> lines)
    {
        var record = new List<string>();
        long lineNumber = 0, recordLine = 0;
        var strayReported = false;
        foreach (var raw in lines)
        {
            lineNumber++;
            var line = Clean(raw, lineNumber);
            if (IsHeader(line, isFirstRecord: recordLine == 0))
            {
                if (recordLine > 0) yield return ReadRecord(record, recordLine);
                record.Clear();
                recordLine = lineNumber;
                record.Add(line.TrimStart());
            }
            else if (recordLine > 0)
            {
                record.Add(line);
            }
            else if (line.Length > 0 && !strayReported)
            {
                strayReported = true;
                yield return new DatedTextReading.Fault(lineNumber, $"text before the first header: \"{Excerpt(line)}\"; a record begins with \" date YYYY-MM-DD URL\"");
            }
        }

        if (recordLine > 0) yield return ReadRecord(record, recordLine);
    }

    private static string Clean(string raw, long lineNumber)
    {
        var line = lineNumber == 1 ? raw.TrimStart('\uFEFF') : raw;
        return line.TrimEnd();
    }

    private static bool IsHeader(string line, bool isFirstRecord) =>
        line.StartsWith(DatedArticleText.HeaderStart, StringComparison.Ordinal)
        || (isFirstRecord && line.StartsWith("date ", StringComparison.Ordinal));

    private static DatedTextReading ReadRecord(List<string> lines, long headerLine)
    {
        var header = lines[0].Split(' ', 3);
        if (header.Length < 3 || !DateOnly.TryParseExact(header[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DatedTextReading.Fault(headerLine, $"\"{Excerpt(lines[0])}\" has no date that exists; a header is \" date YYYY-MM-DD URL\"");
        if (!DatedArticleText.IsArticleUrl(header[2]))
            return new DatedTextReading.Fault(headerLine, $"\"{Excerpt(header[2])}\" is not an absolute http or https URL without white space");

        var end = lines.Count;
        while (end > 1 && lines[end - 1].Length == 0) end--;
        var parts = new string[PartNames.Length];
        if (LineAt(lines, 1).Length > 0) return MissingBlank(headerLine + 1, "header");
        for (var part = 0; part < parts.Length; part++)
        {
            var at = 2 + (2 * part);
            parts[part] = PlainText.Line(LineAt(lines, at));
            if (LineAt(lines, at + 1).Length > 0) return MissingBlank(headerLine + at + 1, PartNames[part]);
        }

        var bodyAt = 2 + (2 * parts.Length);
        var paragraphs = lines.Take(end).Skip(bodyAt).Select(PlainText.Line).Where(static line => line.Length > 0);
        return new DatedTextReading.Record(headerLine, new DatedText(day, header[2], parts[0], parts[1], parts[2], string.Join("\n\n", paragraphs)));
    }

    private static string LineAt(List<string> lines, int index) => index < lines.Count ? lines[index] : "";

    private static DatedTextReading.Fault MissingBlank(long line, string part) => new(line, $"a blank line must follow the {part}");

    private static string Excerpt(string line) => line.Length <= 80 ? line : string.Concat(line.AsSpan(0, 80), "…");
}
