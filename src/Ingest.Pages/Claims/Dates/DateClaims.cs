using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Collects the dates that the page states for machines, each with its role.</summary>
internal static class DateClaims
{
    /// <summary><see cref="DateClaim.Where"/> of a day in the URL that may be no day.</summary>
    public const string BareNumber = "number in the url";

    /// <summary>The URL's date, then those of the articles (best first), then those of the head.</summary>
    public static List<DateClaim> Collect(PageSignals signals, IReadOnlyList<SchemaItem> articles, Uri url, DateHabits habits, PlausibleDays plausible)
    {
        var claims = new List<DateClaim>();
        if (UrlDate.Read(url, habits.MonthFirst) is { } inUrl)
        {
            var role = inUrl.IsOwn ? DateRole.Published : DateRole.Created;
            claims.Add(new DateClaim(StatedDate.OfDay(inUrl.Day), role, Origins.Url, inUrl.IsBare ? BareNumber : "url"));
        }

        foreach (var article in articles) AddItem(claims, article, habits);
        AddItem(claims, signals.LooseProperties, habits);
        foreach (var meta in signals.Metas) AddMeta(claims, meta, habits);
        claims.RemoveAll(claim => !plausible.Contain(claim.Date.Day));
        return claims;
    }

    private static void AddItem(List<DateClaim> claims, SchemaItem item, DateHabits habits)
    {
        Add("datePublished", DateRole.Published);
        Add("uploadDate", DateRole.Published);
        Add("dateCreated", DateRole.Created);
        Add("dateModified", DateRole.Modified);

        void Add(string property, DateRole role)
        {
            if (DateReading.Read(item.Text(property), habits) is { } date)
                claims.Add(new DateClaim(date, role, item.Origin, $"{item.Types.FirstOrDefault()}.{property}"));
        }
    }

    private static void AddMeta(List<DateClaim> claims, MetaMark meta, DateHabits habits)
    {
        if (!DateReading.MayBeDate(meta.Content) || MetaRole(meta.Name) is not { } role) return;
        if (DateReading.Read(meta.Content, habits) is { } date) claims.Add(new DateClaim(date, role, Origins.Meta, meta.Name));
    }

    /// <summary>What a meta's name says of its date; null when it names no date of the article.</summary>
    private static DateRole? MetaRole(string name)
    {
        var key = string.Concat(name.Where(char.IsAsciiLetter));
        if (key.Contains("expir", StringComparison.Ordinal) || key.Contains("unavailable", StringComparison.Ordinal)
            || key.Contains("birth", StringComparison.Ordinal))
            return null;
        if (key.Contains("modif", StringComparison.Ordinal) || key.Contains("updat", StringComparison.Ordinal)
            || key.Contains("revis", StringComparison.Ordinal))
            return DateRole.Modified;
        var isDate = key.Contains("date", StringComparison.Ordinal) || key.Contains("time", StringComparison.Ordinal)
            || key.Contains("publi", StringComparison.Ordinal);
        if (isDate
            && (
                key.Contains("pub", StringComparison.Ordinal) || key.Contains("issue", StringComparison.Ordinal)
                    || key.Contains("release", StringComparison.Ordinal)))
            return DateRole.Published;
        if (key is "date" or "dcdate" or "dctermsdate" or "dcissued" or "dctermsissued" or "citationdate" or "citationonlinedate" or "displaydate"
            or "articledate" or "sailthrudate" or "originaldate")
            return DateRole.Published;
        return key.Contains("created", StringComparison.Ordinal) || key.EndsWith("uploaded", StringComparison.Ordinal) || key == "createdate"
            ? DateRole.Created
            : null;
    }
}
