using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Ingest.Text.Dates;
using Ingest.Text.Languages;
using Key = Ingest.Text.Languages.LanguageKey;

namespace Ingest.Pages.Claims.People;

/// <summary>What bylines are made of in all languages, for <see cref="Byline"/>.</summary>
internal static class BylinePatterns
{
    /// <summary>What announces a name at a line's beginning: "By", "Text:", "文／".</summary>
    public static readonly Regex Lead = WordPattern.Of($@"^\W*{WordPattern.Any(Key.By)}(\s*[:：／＝●]\s*|\s+)");

    /// <summary>The same where nothing but a name can follow.</summary>
    public static readonly Regex Explicit = WordPattern.Of($@"^\W*{WordPattern.Any(Key.ByForCertain)}");

    /// <summary>The same where the name is the writer's, in a line that says no more.</summary>
    public static readonly Regex Writer = WordPattern.Of($@"^\W*{WordPattern.Any(Key.Signature, Key.ByForCertain, Key.ByAlone)}[\s:：]");

    /// <summary>What announces a name within a line.</summary>
    public static readonly Regex InnerLead = WordPattern.Of($@"\b(?<word>{WordPattern.Any(Key.ByInside)})\s*[:：]?\s+");

    /// <summary>What announces a name behind a date: "6 November 2023 13:30 by".</summary>
    public static readonly Regex AfterDate = WordPattern.Of($@"\d\s*{WordPattern.Any(Key.ClockWords)}?[\s,|·–-]+{WordPattern.Any(Key.ByAfterTime)}\s+");

    /// <summary>How a line below the article begins that says whose text it is.</summary>
    public static readonly Regex Signature = WordPattern.Of($@"^\W*{WordPattern.Any(Key.Signature)}\s*[:：]");

    /// <summary>What parts one name from the next. A single letter behind a comma may be an initial.</summary>
    public static readonly Regex Between = WordPattern.Of(
        $@"\s*[,;、]\s*{WordPattern.AnyOf(Language.Words(Key.And).Where(static word => word.Length > 2))}?\s+|\s*;\s*"
            + $@"|\s+(?<and>{WordPattern.Any(Key.And)}|&|\+)\s+");

    /// <summary>What parts two names where each stands in an element of its own.</summary>
    public static readonly FrozenSet<string> Joints =
        Language.Words(Key.And, Key.With).Concat([",", ";", "&", "+", "/"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What joins two full names and is a part of other texts: "Jane Doe with Richard Roe", "Jane Doe/Richard Roe".</summary>
    public static readonly Regex Joint = WordPattern.Of($@"\s*[/／]\s*|\s+{WordPattern.Any(Key.With)}\s+");

    /// <summary>The end of a text behind which a translator's name stands.</summary>
    public static readonly Regex Translator = WordPattern.Of($@"\b{WordPattern.Any(Key.Translators)}\s*[:：/|]?\s*$");

    /// <summary>What stands between a name and a place. Only small letters count.</summary>
    public static readonly string[] Places = [.. Language.Words(Key.Places).Select(static word => $" {word} ")];

    /// <summary>The small words that names have.</summary>
    public static readonly FrozenSet<string> Particles = Language.Words(Key.Particles).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Texts that stand where a name should.</summary>
    public static readonly FrozenSet<string> NoNames = Language.Words(Key.NoNames, Key.UnknownNames).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>"All articles by Jane Doe".</summary>
    public static readonly Regex ListOf = WordPattern.Of($"^{WordPattern.Any(Key.ListsOf)} {WordPattern.Any(Key.ListsOfWhat)}( .*)?$");

    /// <summary>Names of institutions.</summary>
    public static readonly Regex Institution = WordPattern.Of($@"{WordPattern.Any(Key.InstitutionParts)}|\b{WordPattern.Any(Key.Institutions)}\b");

    /// <summary>Words that say what somebody is or does.</summary>
    public static readonly Regex Role = WordPattern.Of($@"\b{WordPattern.Any(Key.NameEnds)}\b");

    /// <summary>
    /// Where a name ends: at a digit, a mark that parts, or a word that says something about the person or the time. Theresa May and Marine Le Pen are whole
    /// names: a month or an article needs its number.
    /// </summary>
    public static readonly Regex End = WordPattern.Of(
        $@"\d|[|·•»«<>()\[\]@…]| - | – | — | // |\s+(?<word>{WordPattern.Any(Key.NameEnds)})\b"
            + $@"|\s+{WordPattern.Any(Key.DateArticles)}\s+(\p{{L}}+,?\s+)?\d|\s+{WordPattern.AnyOf(MonthNames.ThatEndNames())}\.?\s+\d");
}
