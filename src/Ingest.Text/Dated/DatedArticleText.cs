using System.Globalization;
using System.Text;

namespace Ingest.Text.Dated;

/// <summary>Writes the dated-article format: <c>␠date␠YYYY-MM-DD␠URL</c>, title, headline, description and paragraphs, each followed by a blank line.</summary>
public static class DatedArticleText
{
    /// <summary>How a header begins; the leading space sets it apart from every other line of a record.</summary>
    public const string HeaderStart = " date ";

    /// <summary>Appends one record. Every part is brought into the format's form (one line, NFC, no controls).</summary>
    public static void Write(DatedText article, StringBuilder output)
    {
        output.Append(HeaderStart).Append(CultureInfo.InvariantCulture, $"{article.Day:yyyy-MM-dd}")
            .Append(' ')
            .Append(UrlWithoutBlanks(article.Url))
            .Append("\n\n");
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

    /// <summary>True when the URL is absolute http(s), has a host, and can stand in a header.</summary>
    public static bool IsArticleUrl(string url) =>
        IsHeaderUrl(url) && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && HasHost(parsed);

    /// <summary>True when the URL has a host by which it could be reached.</summary>
    public static bool HasHost(Uri url)
    {
        try
        {
            return url.IdnHost.Trim('.').Length > 0;
        }
        catch (UriFormatException)
        {
            // A Uri can be made of a host that no domain name can be, such as one that begins with a combining mark.
            return false;
        }
    }

    /// <summary>
    /// True when the text begins as an http(s) URL and holds only what an IRI may: no white space, controls, lone surrogates or noncharacters.
    /// </summary>
    public static bool IsHeaderUrl(string url) =>
        (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && (
            System.Text.Ascii.IsValid(url)
                ? !url.AsSpan().ContainsAnyInRange('\0', ' ') && !url.Contains('\u007F', StringComparison.Ordinal)
                : HoldsIriCharacters(url));

    // RFC 3987, ucschar and iprivate, but nothing that is not seen where white space would be.
    private static bool HoldsIriCharacters(string url)
    {
        for (var i = 0; i < url.Length; i++)
        {
            if (!Rune.TryGetRuneAt(url, i, out var rune)) return false;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)) return false;
            if (rune.Value is (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF0 and <= 0xFFFF) or 0xFEFF || (rune.Value & 0xFFFE) == 0xFFFE) return false;
            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    private static void AppendPart(StringBuilder output, string line) => output.Append(line).Append("\n\n");

    private static string UrlWithoutBlanks(string url) =>
        url.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? string.Concat(url.Trim().Select(static c => char.IsWhiteSpace(c) || char.IsControl(c) ? Uri.EscapeDataString(c.ToString()) : c.ToString()))
            : url;
}
