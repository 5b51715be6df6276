using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Feeds;
using Ingest.Text;
using Ingest.Text.Secrets;
using Spectre.Console;

namespace Ingest.Worker.Commands.Read;

/// <summary>Prints readings, each as soon as it is there.</summary>
internal abstract class FeedReport(TextWriter output) : IDisposable
{
    protected TextWriter Output { get; } = output;

    public static FeedReport Create(string format, TextWriter output) => format == "table" ? new TableReport(output) : new JsonLinesReport(output);

    public abstract void Write(string name, FeedReading reading);

    public void Dispose() => Output.Flush();

    /// <summary>ISO 8601: a moment with its offset, or a day.</summary>
    protected static string? Text(StatedDate? date) => date is null ? null
        : date.At is { } at ? at.ToString(at.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture)
        : date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class JsonLinesReport(TextWriter output) : FeedReport(output)
    {
        private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private readonly ArrayBufferWriter<byte> _line = new();

        public override void Write(string name, FeedReading reading)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line, Options))
            {
                json.WriteStartObject();
                json.WriteString("file", UrlSecrets.Mask(name));
                if (reading is FeedDocument document) Write(json, document);
                else json.WriteString("error", ((FeedReading.Unreadable)reading).Reason);
                json.WriteEndObject();
            }

            Output.WriteLine(SafeLine.InJson(Encoding.UTF8.GetString(_line.WrittenSpan)));
        }

        private static void Write(Utf8JsonWriter json, FeedDocument document)
        {
            json.WriteString("format", document.Format.ToString());
            Write(json, "title", document.Title);
            json.WriteStartArray("items");
            foreach (var entry in document.Entries)
            {
                json.WriteStartObject();
                Write(json, "title", entry.Title);
                Write(json, "link", entry.CountingLink ?? entry.Link);
                if (entry.CountingLink is not null) Write(json, "original_link", entry.Link);
                Write(json, "id", entry.Id);
                Write(json, "published", Text(entry.Published));
                Write(json, "updated", Text(entry.Updated));
                Write(json, "author", entry.Authors.Count == 0 ? null : string.Join(", ", entry.Authors));
                Write(json, "summary", entry.Summary);
                Write(json, "content", entry.Content);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteRest(json, document);
        }

        private static void WriteRest(Utf8JsonWriter json, FeedDocument document)
        {
            if (document.Children.Count > 0)
            {
                json.WriteStartArray("children");
                foreach (var child in document.Children)
                {
                    json.WriteStartObject();
                    json.WriteString("url", child.Url);
                    Write(json, "title", child.Title);
                    Write(json, "modified", Text(child.Modified));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            if (document.Repairs.Count == 0) return;
            json.WriteStartArray("repairs");
            foreach (var repair in document.Repairs) json.WriteStringValue(repair);
            json.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter json, string name, string? value)
        {
            if (value is not null) json.WriteString(name, value);
        }
    }

    private sealed class TableReport(TextWriter output) : FeedReport(output)
    {
        private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        public override void Write(string name, FeedReading reading)
        {
            name = SafeLine.Of(name);
            if (reading is not FeedDocument document)
            {
                _console.MarkupLineInterpolated($"[bold]{name}[/] [red]{SafeLine.Of(((FeedReading.Unreadable)reading).Reason)}[/]");
                return;
            }

            _console.MarkupLineInterpolated($"[bold]{name}[/] {document.Format}: {SafeLine.Of(PlainText.Line(document.Title))}");
            foreach (var repair in document.Repairs) _console.MarkupLineInterpolated($"  [yellow]repaired:[/] {SafeLine.Of(repair)}");
            var table = new Table { Border = TableBorder.Rounded };
            table.AddColumns("Published", "Title", "Link", "Author");
            foreach (var entry in document.Entries)
            {
                table.AddRow(
                    Cell(Text(entry.Published ?? entry.Updated)), Cell(entry.Title), Cell(entry.Link ?? entry.Id), Cell(string.Join(", ", entry.Authors)));
            }

            foreach (var child in document.Children) table.AddRow(Cell(Text(child.Modified)), Cell(child.Title), Cell(child.Url), Cell(null));
            if (table.Rows.Count > 0) _console.Write(table);
        }

        private static string Cell(string? text) => Markup.Escape(SafeLine.Of(PlainText.Line(text)));
    }
}
