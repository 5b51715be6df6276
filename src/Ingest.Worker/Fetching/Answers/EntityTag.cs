using System.Text.RegularExpressions;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>
/// Validators as servers send them, entity tags above all (RFC 9110, section 8.8.3), and whether they may go back. Each char is a byte of the wire.
/// </summary>
internal static partial class EntityTag
{
    // Servers take some 8 KiB for a field; one that cannot be sent back would end every further visit in a 400 or 431.
    private const int LongestValue = 4096;

    // Mirrors that alternate have each a tag of its own for one text; farms are larger, but their next visitors mostly land on a few.
    private const int MostTags = 4;
    private const int LongestList = 1024;

    /// <summary>A validator that may be sent back byte for byte; null for one that would do harm.</summary>
    public static string? Safe(string? value) =>
        value is { Length: > 0 and <= LongestValue } && !value.Any(static letter => letter is < ' ' and not '\t' or '\u007f') && !NamesAnything(value)
            ? value
            : null;

    /// <summary>Whether a tag is among those of a list, or is the list itself.</summary>
    public static bool IsAmong(string? tags, string? tag) =>
        tags == tag || (tags is not null && tag is not null && List().IsMatch(tags) && Tag().Matches(tags).Any(match => match.Value == tag));

    /// <summary>The tag of the last answer, before those that other answers with the same body bore. What is no proper tag stands alone.</summary>
    public static string? Beside(string? tag, string? known)
    {
        if (tag is null || known is null || !List().IsMatch(tag) || !List().IsMatch(known)) return tag;
        var list = tag;
        foreach (var other in Tag().Matches(known).Select(static match => match.Value).Where(other => other != tag).Take(MostTags - 1))
        {
            if (list.Length + other.Length + 2 > LongestList) break;
            list += ", " + other;
        }

        return list;
    }

    // RFC 9110, section 13.1.2: "*" is met by whatever there is, so that the answer would be 304 forever.
    private static bool NamesAnything(string value) =>
        Quoted().Replace(value, "q").Split(',').Any(static part => part.Trim(' ', '\t') is "*" or "W/*" or "w/*");

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Quoted();

    [GeneratedRegex("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Tag();

    [GeneratedRegex(
        "^(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"(?:, (?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")*\\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex List();
}
