using System.Globalization;

namespace Ingest.Text.Languages;

/// <summary>The keys that a language's file may have. <c>Data/languages/README.md</c> says what they mean.</summary>
internal static class LanguageKey
{
    public const string Name = "name";
    public const string Script = "script";
    public const string DeclaredAs = "declared-as";
    public const string Words = "words";
    public const string Letters = "letters";

    public const string Calendar = "calendar";
    public const string MonthsCut = "months-cut";
    public const string MonthsEndNames = "months-end-names";
    public const string YieldsTo = "yields-to";
    public const string YearSigns = "year-signs";
    public const string MonthSigns = "month-signs";
    public const string DaySigns = "day-signs";
    public const string HourSigns = "hour-signs";
    public const string MinuteSigns = "minute-signs";
    public const string SecondSigns = "second-signs";
    public const string Eras = "eras";
    public const string Am = "am";
    public const string Pm = "pm";
    public const string WithinDates = "within-dates";
    public const string Updated = "updated";
    public const string Published = "published";

    public const string ReadMore = "read-more";
    public const string Requests = "requests";
    public const string Buttons = "buttons";
    public const string GroupHeadings = "group-headings";
    public const string GroupHeadingsAround = "group-headings-around";
    public const string Credits = "credits";
    public const string LineBylines = "line-bylines";
    public const string Calls = "calls";
    public const string Addressing = "addressing";
    public const string SiteNotes = "site-notes";
    public const string ReadingTimes = "reading-times";
    public const string AboutHouses = "about-houses";
    public const string StaffNotes = "staff-notes";
    public const string StaffNoteEnds = "staff-note-ends";
    public const string Challenges = "challenges";
    public const string LinkNotes = "link-notes";
    public const string Consent = "consent";
    public const string ReadOn = "read-on";
    public const string ReadOnAlone = "read-on-alone";
    public const string Retracted = "retracted";
    public const string SentenceMarks = "sentence-marks";
    public const string SiteEndings = "site-endings";

    public const string By = "by";
    public const string ByAlone = "by-alone";
    public const string ByFirstWords = "by-first-words";
    public const string ByForCertain = "by-for-certain";
    public const string ByInside = "by-inside";
    public const string ByAfterTime = "by-after-time";
    public const string ClockWords = "clock-words";
    public const string Signature = "signature";
    public const string And = "and";
    public const string Particles = "particles";
    public const string With = "with";
    public const string Translators = "translators";
    public const string Places = "places";
    public const string Reporters = "reporters";
    public const string ReportersBehind = "reporters-behind";
    public const string Surnames = "surnames";
    public const string UnknownNames = "unknown-names";
    public const string PostFooters = "post-footers";
    public const string NoNames = "no-names";
    public const string ListsOf = "lists-of";
    public const string ListsOfWhat = "lists-of-what";
    public const string NameEnds = "name-ends";
    public const string DateArticles = "date-articles";
    public const string InstitutionParts = "institution-parts";
    public const string Institutions = "institutions";
    public const string StaffWords = "staff-words";

    public const string Yes = "yes";
    public const string SolarHijri = "solar-hijri";

    /// <summary>Words of class names, ids and paths; <c>Data/class-names.txt</c> has the same keys.</summary>
    public static readonly string[] OfClassNames =
    [
        "names-boilerplate", "names-margin", "name-pairs-margin", "name-stems-margin", "names-doubtful", "names-comments", "names-caption", "names-hidden",
        "names-lead", "names-live-blog", "names-byline", "names-voices", "names-summary", "names-promotion", "name-pairs-boilerplate", "name-pairs-lead",
        "name-pairs-live-blog", "name-pairs-summary", "name-pairs-hidden", "name-pairs-caption", "name-stems-boilerplate", "name-stems-comments",
        "name-stems-doubtful", "name-stems-caption", "name-theme-prefixes", "name-article-nouns", "name-body-nouns", "name-bodies", "name-parts-related",
        "name-parts-aside", "name-parts-navigation", "name-parts-update", "name-parts-date", "name-parts-author", "name-parts-hidden",
        "name-parts-other-dates", "name-starts-comments", "name-parts-comment-marks", "name-parts-about-comments", "name-parts-kicker",
        "name-parts-ingredients", "name-layout-words", "name-layout-counts", "names-of-own-articles", "name-structure-nouns", "author-paths", "person-paths",
    ];

    /// <summary>What every file has.</summary>
    public static readonly string[] Required = [Name, Script];

    private static readonly Func<Language, string, string?> Phrase = static (_, value) =>
        value.All(static c => c == char.ToLowerInvariant(c)) ? null : "values must be in lower case";

    private static readonly Func<Language, string, string?> Sign = static (_, value) => value.Length == 1 ? null : "it must be one character";
    private static readonly Func<Language, string, string?> Tag = static (_, value) => LanguageTag.Read(value) == value ? null : "it must be a language tag";
    private static readonly Func<Language, string, string?> Flag = static (_, value) => value == Yes ? null : "it must be \"yes\", or be left out";

    /// <summary>What is wrong with a value of each key; null when nothing is.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Language, string, string?>> Rules = new Dictionary<string, Func<Language, string, string?>>
    {
        [Name] = static (_, _) => null,
        [Script] = static (_, value) => Scripts.Named(value) is null ? "scripts.txt has no such script" : null,
        [DeclaredAs] = Tag,
        [Words] = static (language, value) => Phrase(language, value) ?? OfOwnScript(language, value),
        [Letters] = static (language, value) => Sign(language, value) ?? OfOwnScript(language, value),
        [Calendar] = static (_, value) => value == SolarHijri ? null : $"it must be \"{SolarHijri}\", or be left out",
        [MonthsCut] = Flag,
        [MonthsEndNames] = Flag,
        [YieldsTo] = Tag,
        [YearSigns] = Sign,
        [MonthSigns] = Sign,
        [DaySigns] = Sign,
        [HourSigns] = Sign,
        [MinuteSigns] = Sign,
        [SecondSigns] = Sign,
        [SentenceMarks] = Sign,
        [Eras] = static (_, value) => EraYear(value) is null ? "it must be the name of an era, a space, and the year before its first" : null,
        [PostFooters] = static (_, value) => value.IndexOf(" … ", StringComparison.Ordinal) > 0 ? null : "it must be a beginning, \" … \" and a middle",
        [GroupHeadingsAround] = static (_, value) => value.Contains(" … ", StringComparison.Ordinal) ? null : "it must be a beginning, \" … \" and an end",
    }.Concat(Enumerable.Range(1, 12).Select(Month).Concat(Enumerable.Range(1, 12).Select(CommonMonth)).Concat([
        Am, Pm, WithinDates, Updated, Published, ReadMore, Requests, Buttons, GroupHeadings, Credits, LineBylines, Calls, Addressing, SiteNotes,
        ReadingTimes, AboutHouses, StaffNotes, StaffNoteEnds, Challenges, LinkNotes, Consent, ReadOn, ReadOnAlone, Retracted, SiteEndings, By, ByAlone,
        ByFirstWords, ByForCertain, ByInside, ByAfterTime, ClockWords, Signature, And, Particles, With, Translators, Places, Reporters, ReportersBehind,
        Surnames, UnknownNames, NoNames, ListsOf, ListsOfWhat, NameEnds, DateArticles, InstitutionParts, Institutions, StaffWords, .. OfClassNames,
    ]).Select(static key => KeyValuePair.Create(key, Phrase))).ToDictionary(StringComparer.Ordinal);

    /// <summary>The names of a month, 1 to 12.</summary>
    public static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"month-{month}");

    /// <summary>The names of a month of the common calendar, where <see cref="Month"/> has those of another.</summary>
    public static string CommonMonth(int month) => string.Create(CultureInfo.InvariantCulture, $"common-month-{month}");

    /// <summary>"令和 2018" → 2018; null for anything else.</summary>
    public static int? EraYear(string value) =>
        value.LastIndexOf(' ') is > 0 and var space && int.TryParse(value.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;

    private static string? OfOwnScript(Language language, string value) =>
        Scripts.Most(value) is { } script && language[Script].Contains(script.Name) ? null : "it is not in the language's script";
}
