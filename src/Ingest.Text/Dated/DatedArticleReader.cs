using System.Globalization;
using System.Text;

namespace Ingest.Text.Dated;

/// <summary>
/// Reads the dated-article format, a line at a time, and holds one record. Lenient where nothing is lost (CRLF, byte order marks, a first header
/// without its leading space, blank lines at the end of a record); a record that must be refused is a located fault and never costs its neighbours.
/// </summary>
public sealed class DatedArticleReader(int maxRecordChars = DatedArticleReader.MaxRecordChars)
{
    /// <summary>A longer record is refused; that no article is so long, and that memory stays bounded.</summary>
    public const int MaxRecordChars = 64 * 1024 * 1024;

    private const int ExcerptChars = 80;

    // The record's lines by their place: header, blank, title, blank, headline, blank, description, blank, body.
    private static readonly string[] PartNames = ["header", "title", "headline", "description"];
    private static readonly int BodyPlace = 2 * PartNames.Length;

    private readonly string[] parts = ["", "", "", ""];
    private readonly StringBuilder body = new();
    private DatedTextReading.Fault? fault;
    private DateOnly day;
    private long lineNumber, headerLine;
    private long? repairedLine;
    private int place, recordChars;
    private bool strayReported;

    /// <summary>Takes the next line of the file.</summary>
    /// <returns>The record or fault that this line brought to its end; null when none.</returns>
    public DatedTextReading? Take(TextLine line)
    {
        lineNumber++;
        // A file that was concatenated from others can hold the mark at the start of each.
        var text = line.Text.StartsWith('\uFEFF') ? line.Text.TrimStart('\uFEFF') : line.Text;
        DatedTextReading? finished = null;
        if (IsHeader(text))
        {
            finished = End();
            headerLine = lineNumber;
            ReadHeader(text.Trim());
        }
        else if (headerLine == 0)
        {
            return Stray(text);
        }
        else if (fault is null)
        {
            ReadLine(text);
        }

        if (line.IsCut) fault ??= new DatedTextReading.Fault(lineNumber, "line too long");
        if (line.IsRepaired) repairedLine ??= lineNumber;
        return finished;
    }

    /// <summary>Ends the record that is open, as the end of the file does.</summary>
    public DatedTextReading? End()
    {
        if (headerLine == 0) return null;
        var reading = fault ?? (DatedTextReading)new DatedTextReading.Record(
            headerLine, new DatedText(day, parts[0], parts[1], parts[2], parts[3], body.ToString()), repairedLine);
        Array.Fill(parts, "");
        body.Clear();
        (fault, repairedLine, place, recordChars) = (null, null, 0, 0);
        return reading;
    }

    private bool IsHeader(string line) =>
        line.StartsWith(DatedArticleText.HeaderStart, StringComparison.Ordinal)
        || (headerLine == 0 && line.StartsWith("date ", StringComparison.Ordinal));

    private void ReadHeader(string line)
    {
        var header = line.Split(' ', 3);
        if (header.Length < 2 || !DateOnly.TryParseExact(header[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            fault = new DatedTextReading.Fault(headerLine, $"\"{Excerpt(line)}\" has no date that exists; a header is \" date YYYY-MM-DD URL\"");
        else if (header.Length < 3 || !DatedArticleText.IsArticleUrl(header[2]))
            fault = new DatedTextReading.Fault(
                headerLine, $"\"{Excerpt(header.ElementAtOrDefault(2) ?? "")}\" is not an absolute http or https URL without white space");
        else
            parts[0] = header[2];
    }

    private void ReadLine(string text)
    {
        place++;
        recordChars += text.Length;
        if (recordChars > maxRecordChars)
        {
            body.Clear();
            fault = new DatedTextReading.Fault(lineNumber, string.Create(
                CultureInfo.InvariantCulture, $"the record that begins in line {headerLine} is longer than {maxRecordChars} characters"));
            return;
        }

        var line = PlainText.Line(text);
        if (place >= BodyPlace)
        {
            if (line.Length > 0) (body.Length > 0 ? body.Append("\n\n") : body).Append(line);
            // Blank lines may go on for as long as they like.
            place = BodyPlace;
        }
        else if (place % 2 == 0)
        {
            parts[place / 2] = line;
        }
        else if (line.Length > 0)
        {
            fault = new DatedTextReading.Fault(lineNumber, $"a blank line must follow the {PartNames[place / 2]}");
        }
    }

    private DatedTextReading.Fault? Stray(string line)
    {
        if (strayReported || string.IsNullOrWhiteSpace(line)) return null;
        strayReported = true;
        return new DatedTextReading.Fault(lineNumber, $"text before the first header: \"{Excerpt(line)}\"; a record begins with \" date YYYY-MM-DD URL\"");
    }

    // Without controls: reasons end on terminals.
    private static string Excerpt(string line) => PlainText.Line(line.Length <= ExcerptChars ? line : string.Concat(line.AsSpan(0, ExcerptChars), "…"));
}
