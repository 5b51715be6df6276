using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Ingest.Text.Dates;
using Ingest.Text.Languages;
using Key = Ingest.Text.Languages.LanguageKey;

namespace Ingest.Pages.Claims.Marks;

/// <summary>What bylines are made of in all languages, for <see cref="Byline"/>.</summary>
internal static class BylinePatterns
{
    /// <summary>What announces a name at a line's beginning: "By", "Text:".</summary>
    public static readonly Regex Lead = WordPattern.Of($@"^\W*{WordPattern.Any(Key.By)}\s*[:：]?\s+");

    /// <summary>The same where nothing but a name can follow.</summary>
    public static readonly Regex Explicit = WordPattern.Of($@"^\W*{WordPattern.Any(Key.ByForCertain)}");

    /// <summary>What announces a name within a line.</summary>
    public static readonly Regex InnerLead = WordPattern.Of($@"\b{WordPattern.Any(Key.ByInside)}\s*[:：]?\s+");

    /// <summary>What announces a name behind a date: "6 November 2023 13:30 by".</summary>
    public static readonly Regex AfterDate = WordPattern.Of($@"\d\s*{WordPattern.Any(Key.ClockWords)}?[\s,|·–-]+{WordPattern.Any(Key.ByAfterTime)}\s+");

    /// <summary>How a line below the article begins that says whose text it is.</summary>
    public static readonly Regex Signature = WordPattern.Of($@"^\W*{WordPattern.Any(Key.Signature)}\s*[:：]");

    /// <summary>What parts one name from the next. A single letter behind a comma may be an initial.</summary>
    public static readonly Regex Between = WordPattern.Of(
        $@"\s*[,;、]\s*{WordPattern.AnyOf(Language.Words(Key.And).Where(static word => word.Length > 2))}?\s+|\s*;\s*"
            + $@"|\s+({WordPattern.Any(Key.And)}|&|\+)\s+");

    /// <summary>The small words that names have.</summary>
    public static readonly FrozenSet<string> Particles = Language.Words(Key.Particles).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Texts that stand where a name should.</summary>
    public static readonly Regex NoName = WordPattern.Of(
        $"^({WordPattern.Any(Key.NoNames)}|{WordPattern.Any(Key.ListsOf)} {WordPattern.Any(Key.ListsOfWhat)}( .*)?)$");

    /// <summary>Names of institutions.</summary>
    public static readonly Regex Institution = WordPattern.Of($@"{WordPattern.Any(Key.InstitutionParts)}|\b{WordPattern.Any(Key.Institutions)}\b");

    /// <summary>
    /// Where a name ends: at a digit, a mark that parts, or a word that says something about the person or the time. Theresa May and Marine Le Pen are whole
    /// names: a month or an article needs its number.
    /// </summary>
    public static readonly Regex End = WordPattern.Of(
        $@"\d|[|·•»«<>()\[\]@…]| - | – | — | // |\s+{WordPattern.Any(Key.NameEnds)}\b|\s+{WordPattern.Any(Key.DateArticles)}\s+(\p{{L}}+,?\s+)?\d"
            + $@"|\s+{WordPattern.AnyOf(MonthNames.ThatEndNames())}\.?\s+\d");
}
