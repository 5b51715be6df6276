using Ingest.Worker.Pages.Claims.Marks;
using Ingest.Worker.Pages.Claims.Schema;
using Ingest.Worker.Text;

namespace Ingest.Worker.Pages.Claims.Dates;

/// <summary>Collects every date that the page claims, each with its role and its place.</summary>
internal static class DateClaims
{
    private const int MostVisible = 400;

    /// <summary>Structured and URL dates first, then time elements and visible dates in document order.</summary>
    public static List<DateClaim> Collect(PageMarks marks, IReadOnlyList<SchemaItem> articles, Uri url, bool monthFirst)
    {
        var claims = new List<DateClaim>();
        if (UrlDate.Read(url, monthFirst) is { } day) claims.Add(new DateClaim(StatedDate.OfDay(day), DateRole.Published, "url", "url"));
        foreach (var article in articles) AddItem(claims, article);
        AddItem(claims, marks.LooseProperties);
        foreach (var meta in marks.Metas) AddMeta(claims, meta, monthFirst);
        foreach (var time in marks.Times) AddTime(claims, time, monthFirst);
        foreach (var text in marks.DateTexts.Take(MostVisible)) AddVisible(claims, text, monthFirst);
        return claims;
    }

    private static void AddItem(List<DateClaim> claims, SchemaItem item)
    {
        Add("datePublished", DateRole.Published);
        Add("uploadDate", DateRole.Published);
        Add("dateCreated", DateRole.Created);
        Add("dateModified", DateRole.Modified);

        void Add(string property, DateRole role)
        {
            if (LenientDate.Read(item.Text(property)) is { } date) claims.Add(new DateClaim(date, role, item.Origin, $"{item.Types.FirstOrDefault()}.{property}"));
        }
    }

    private static void AddMeta(List<DateClaim> claims, MetaMark meta, bool monthFirst)
    {
        if (meta.Content.Length is < 6 or > 60 || MetaRole(meta.Name) is not { } role) return;
        if (Read(meta.Content, monthFirst) is { } date) claims.Add(new DateClaim(date, role, "meta", meta.Name));
    }

    /// <summary>What a meta's name says of its date; null when it names no date of the article.</summary>
    private static DateRole? MetaRole(string name)
    {
        var key = string.Concat(name.Where(char.IsAsciiLetter));
        if (key.Contains("expir", StringComparison.Ordinal) || key.Contains("unavailable", StringComparison.Ordinal) || key.Contains("birth", StringComparison.Ordinal)) return null;
        if (key.Contains("modif", StringComparison.Ordinal) || key.Contains("updat", StringComparison.Ordinal) || key.Contains("revis", StringComparison.Ordinal)) return DateRole.Modified;
        var isDate = key.Contains("date", StringComparison.Ordinal) || key.Contains("time", StringComparison.Ordinal) || key.Contains("publi", StringComparison.Ordinal);
        if (isDate && (key.Contains("pub", StringComparison.Ordinal) || key.Contains("issue", StringComparison.Ordinal) || key.Contains("release", StringComparison.Ordinal))) return DateRole.Published;
        if (key is "date" or "dcdate" or "dctermsdate" or "dcissued" or "dctermsissued" or "citationdate" or "citationonlinedate" or "displaydate" or "articledate" or "sailthrudate" or "originaldate") return DateRole.Published;
        return key.Contains("created", StringComparison.Ordinal) || key == "createdate" ? DateRole.Created : null;
    }

    private static void AddTime(List<DateClaim> claims, ElementMark time, bool monthFirst)
    {
        if (Read(time.Element.GetAttribute("datetime") ?? time.Element.GetAttribute("content"), monthFirst) is not { } date) return;
        var isUpdate = time.Surroundings.Any(Surroundings.Update) && !time.Names.Contains("publish", StringComparison.OrdinalIgnoreCase);
        claims.Add(new DateClaim(date, isUpdate ? DateRole.Modified : DateRole.Published, "time", $"time {time.Names}") { Order = time.Order, Surroundings = time.Surroundings });
    }

    private static void AddVisible(List<DateClaim> claims, TextMark text, bool monthFirst)
    {
        if (VisibleDate.Find(text.Text, monthFirst) is not { } day) return;
        var isUpdate = DateWords.SpeaksOfUpdate(text.Text) || (text.Surroundings.Any(Surroundings.Update) && !text.Text.Contains(':', StringComparison.Ordinal));
        var role = isUpdate ? DateRole.Modified : DateRole.Published;
        claims.Add(new DateClaim(StatedDate.OfDay(day), role, "visible", text.Text) { Order = text.Order, Surroundings = text.Surroundings });
    }

    /// <summary>Machine notations first; 3/4/2024 in the order of the page's language.</summary>
    private static StatedDate? Read(string? text, bool monthFirst)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var separated = text.AsSpan().Trim();
        if (separated.Length >= 8 && separated[2] == '/' && VisibleDate.Find(text, monthFirst) is { } day) return StatedDate.OfDay(day);
        return LenientDate.Read(text) ?? (VisibleDate.Find(text, monthFirst) is { } found ? StatedDate.OfDay(found) : null);
    }
}
