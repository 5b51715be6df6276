using System.Globalization;
using System.Text;

namespace Ingest.Worker.Text;

/// <summary>Writes the dated-article format: <c>␠date␠YYYY-MM-DD␠URL</c>, title, headline, description and paragraphs, each followed by a blank line.</summary>
internal static class DatedArticleText
{
    /// <summary>How a header begins; the leading space sets it apart from every other line of a record.</summary>
    public const string HeaderStart = " date ";

    /// <summary>Appends one record. Every part is brought into the format's form (one line, NFC, no controls).</summary>
    public static void Write(DatedText article, StringBuilder output)
    {
        output.Append(HeaderStart).Append(article.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(' ').Append(UrlWithoutBlanks(article.Url)).Append("\n\n");
        AppendPart(output, PlainText.Line(article.Title));
        AppendPart(output, PlainText.Line(article.Headline));
        AppendPart(output, PlainText.Line(article.Description));
        foreach (var paragraph in PlainText.Paragraphs(article.Body)) AppendPart(output, paragraph);
    }

    /// <summary>One record as a string.</summary>
    public static string Write(DatedText article)
    {
        var output = new StringBuilder();
        Write(article, output);
        return output.ToString();
    }

    /// <summary>True when the URL is absolute http(s) and holds no white space or control.</summary>
    public static bool IsArticleUrl(string url) =>
        url.Length > 0
        && !url.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
        && parsed.Host.Length > 0;

    private static void AppendPart(StringBuilder output, string line) => output.Append(line).Append("\n\n");

    private static string UrlWithoutBlanks(string url) =>
        url.Any(char.IsWhiteSpace) ? string.Concat(url.Trim().Select(static c => char.IsWhiteSpace(c) ? "%20" : c.ToString())) : url;
}
