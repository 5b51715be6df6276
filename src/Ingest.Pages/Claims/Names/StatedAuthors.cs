using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Pages.Claims.Schema;
using Ingest.Text.Html;

namespace Ingest.Pages.Claims.Names;

/// <summary>Reads the authors that a page states for machines: of schema.org items and meta elements.</summary>
internal static class StatedAuthors
{
    private const int Most = 20;

    private static readonly string[] Properties = ["author", "creator", "contributor"];

    public static List<string> OfItem(SchemaItem item, IReadOnlyDictionary<string, SchemaItem> byId, bool organizations)
    {
        foreach (var property in Properties)
        {
            var names = item.Values(property)
                .SelectMany(value => OfValue(value, byId, organizations))
                .Where(Byline.IsName)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(Most)
                .ToList();
            if (names.Count > 0) return names;
        }

        return [];
    }

    public static List<string> OfMetas(PageSignals signals, string name, SiteNames sites)
    {
        var stated = signals.Metas.Where(meta => meta.Name == name && !meta.Content.Contains("://", StringComparison.Ordinal))
            .Select(static meta => HtmlText.Line(meta.Content)).ToList();
        if (stated.Count == 0) return [];
        var names = SurnamesComeFirst(name, stated)
            ? stated.SelectMany(static content => content.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .SelectMany(static person => StatedPerson.Names(StatedPerson.InOrder(person) ?? person))
            : stated.SelectMany(content => StatedPerson.Names(sites.Strip(content)));
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
    }

    // The formats of libraries want "Doe, Jane". Others write so too, but also list full names, towns and houses behind a comma.
    private static bool SurnamesComeFirst(string name, List<string> stated) =>
        name.Contains("citation_author", StringComparison.Ordinal) || name.StartsWith("eprints", StringComparison.Ordinal)
        || ((name == "author" || name.StartsWith("dc", StringComparison.Ordinal))
            && stated.TrueForAll(static content => Array.TrueForAll(content.Split(';'), IsSurnameAndGivenNames)));

    private static bool IsSurnameAndGivenNames(string person) =>
        person.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 1 } surname, { Length: > 1 } given] && char.IsUpper(given[0])
            && (!surname.Contains(' ', StringComparison.Ordinal) || char.IsLower(surname[0])) && surname.Any(char.IsLower)
            && given.Count(static c => c == ' ') < 2 && given.Any(char.IsLower) && !Byline.IsInstitution(person) && !Byline.HasRole(person);

    private static IEnumerable<string> OfValue(SchemaValue value, IReadOnlyDictionary<string, SchemaItem> byId, bool organizations)
    {
        if (value.Text is { } text) return text.Contains("://", StringComparison.Ordinal) ? [] : StatedPerson.Names(HtmlText.Line(text));
        var item = SchemaArticles.Resolve(value.Item!, byId);
        if (!organizations && item.Types.Exists(static type => type.EndsWith("Organization", StringComparison.OrdinalIgnoreCase))) return [];
        var name = item.Text("name") ?? string.Join(' ', new[] { item.Text("givenName"), item.Text("familyName") }.Where(static part => part is not null));
        return StatedPerson.Names(HtmlText.Line(name));
    }
}
