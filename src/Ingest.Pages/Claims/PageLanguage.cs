using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Schema;
using Ingest.Text.Detection;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims;

/// <summary>Tells the page's language: what it declares, unless its text is evidently in another.</summary>
internal static class PageLanguage
{
    private const int EnoughToContradict = 200;

    /// <summary>
    /// Templates come with a language of their own (mostly English), so that a clear text in another language is believed before its declaration.
    /// </summary>
    public static string? Of(PageSignals signals, IReadOnlyList<SchemaItem> articles, Explanation explanation)
    {
        var declared = LanguageTag.Read(signals.RootLanguage)
            ?? LanguageTag.Read(signals.Meta("content-language", "dc.language", "dcterms.language", "language"))
            ?? LanguageTag.Read(articles.Select(static article => article.Text("inLanguage")).FirstOrDefault(static language => language is not null))
                ?? LanguageTag.Read(signals.Meta("og:locale"));
        var detected = LanguageDetector.Detect(signals.Sample);
        explanation.Note($"language: declared {declared ?? "none"}, detected {detected ?? "none"}");
        if (detected is null || declared is null || signals.Sample.Length < EnoughToContradict) return declared ?? detected;
        return LanguageTag.Primary(declared) is { } primary && (primary == detected || AreNear(primary, detected)) ? declared : detected;
    }

    // Languages that small words hardly tell apart, and macrolanguages with their members.
    private static bool AreNear(string declared, string detected) =>
        Language.All.Any(language => language.Tag == detected && language[LanguageKey.DeclaredAs].Contains(declared));
}
