using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Ingest.Text.Secrets;

namespace Ingest.Worker.Operations.Site;

/// <summary>Markup. What is put into the holes of <see cref="Of"/> is text, and becomes harmless there: no markup, no controls, no secrets.</summary>
internal sealed record Html(string Text)
{
    public static Html None { get; } = new("");

    public static Html Of(Holes markup) => new(markup.ToString());

    public static Html All(IEnumerable<Html> parts) => new(string.Concat(parts.Select(static part => part.Text)));

    /// <summary>Each line of a text a paragraph.</summary>
    public static Html Paragraphs(string text) => All(
        text.Split('\n').Where(static line => line.Trim().Length > 0).Select(static line => Of($"<p>{line}</p>")));

    /// <summary>A moment for people, and for programs beside it.</summary>
    public static Html At(DateTimeOffset? at) =>
        at is { } moment ? Of($"<time datetime=\"{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{moment.UtcDateTime:yyyy-MM-dd HH:mm}</time>") : Of($"never");

    public static Html Day(DateOnly? day) => day is { } known ? Of($"<time>{known:yyyy-MM-dd}</time>") : None;

    /// <summary>A length of time in its largest unit.</summary>
    public static string Length(TimeSpan length)
    {
        var (count, unit) = length.Duration() switch
        {
            { TotalDays: >= 2 } long_ => (long_.TotalDays, "days"),
            { TotalHours: >= 2 } hours => (hours.TotalHours, "h"),
            { TotalMinutes: >= 2 } minutes => (minutes.TotalMinutes, "min"),
            var short_ => (short_.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count:0} {unit}");
    }

    /// <summary>Builds markup from an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Holes
    {
        private readonly StringBuilder text;

        public Holes(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (formattedCount * 32));

        public void AppendLiteral(string value) => text.Append(value);

        public void AppendFormatted(Html value) => text.Append(value.Text);

        public void AppendFormatted(IEnumerable<Html> values)
        {
            foreach (var value in values) text.Append(value.Text);
        }

        public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(SafeLine.Of(value ?? "")));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : struct, IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => text.ToString();
    }
}
