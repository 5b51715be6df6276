using System.Collections.Frozen;

namespace Ingest.Text.Languages;

/// <summary>Reads a field that holds nothing but a name, for what software writes around it and instead of it.</summary>
internal static class StatedName
{
    private static readonly FrozenSet<string> Unknown = Language.Words(LanguageKey.UnknownNames).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnknownName = Unknown.GetAlternateLookup<ReadOnlySpan<char>>();

    // What nobody is called, and what needs a colon to be sure.
    private static readonly PhraseStarts Before = new(Language.Words(LanguageKey.ByAlone, LanguageKey.ByForCertain));
    private static readonly PhraseStarts BeforeColon = new(Language.Words(LanguageKey.By));

    /// <summary>"By Jane Doe" is Jane Doe; null where the name is said to be unknown, and for addresses that take no mail.</summary>
    public static string? Of(string? stated)
    {
        if (stated is null) return null;
        var name = stated.AsSpan().Trim();
        var announced = Announcement(name);
        if (announced > 0 && name[announced..] is var rest && rest.ContainsAnyExcept(" :：\u00A0\t")) name = rest.TrimStart(" :：\u00A0\t");
        var bare = name.Trim(" \t()[]<>-–—.?");
        if (bare.IsEmpty ? name.IsEmpty : UnknownName.Contains(bare) || IsMailbox(bare)) return null;
        return name.Length == stated.Length ? stated : name.ToString();
    }

    private static int Announcement(ReadOnlySpan<char> name)
    {
        var length = Before.LongestAt(name);
        if (length > 0 && length < name.Length && (char.IsWhiteSpace(name[length]) || name[length] is ':' or '：' || name[length - 1] == ':')) return length;
        length = BeforeColon.LongestAt(name);
        if (length == 0) return 0;
        var rest = name[length..].TrimStart();
        return name[length - 1] == ':' || (rest.Length > 0 && rest[0] is ':' or '：') ? length : 0;
    }

    // Blogs' hosts put their own where a writer shows none.
    private static bool IsMailbox(ReadOnlySpan<char> text) =>
        text.IndexOf('@') is > 0 and var at && !text.Contains(' ')
            && text[..at].ToString().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()
                is "noreply" or "donotreply";
}
