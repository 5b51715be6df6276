using System.Text;
using Ingest.Pages.Claims.Marks;
using Ingest.Text;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.Names;

/// <summary>The names a site goes by, for telling them apart from titles and authors.</summary>
internal sealed class SiteNames
{
    private const int LongestAddition = 6;
    private const int LongestTitle = 1_000;

    // Four letters of five are the whole name, "The" left out.
    private const int WholeOf = 5;

    private static readonly string[] Separators = [" | ", " – ", " — ", " - ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", " ‹ ", " › ", "|", ": "];

    private static readonly string[] SiteEndings = Language.Words(LanguageKey.SiteEndings);
    private static readonly string[] StaffWords = Language.Words(LanguageKey.StaffWords);

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly string _host;
    private readonly string _label;

    private SiteNames(string? name, string host)
    {
        Name = name;
        _host = ComparableText.Letters(host);
        _label = host.Split('.') is { Length: > 1 } labels
            ? ComparableText.Letters(labels[^2].Length > 3 || labels.Length == 2 ? labels[^2] : labels[^3]) : _host;
    }

    /// <summary>The name to show; null when the page states none.</summary>
    public string? Name { get; }

    public static SiteNames Of(PageSignals signals, Uri url)
    {
        var items = signals.Items;
        var publishers = items.SelectMany(static item => item.Values("publisher", "sourceOrganization")).Select(static value => value.AsText());
        var sites = items
            .Where(static item => item.Types.Any(static type => type is "WebSite" or "NewsMediaOrganization" or "Organization"))
            .Select(static item => item.Text("name"));
        var stated = signals.Meta("og:site_name") ?? publishers.FirstOrDefault(IsName) ?? sites.FirstOrDefault(IsName)
            ?? signals.Meta("application-name", "apple-mobile-web-app-title");
        var names = new SiteNames(
            IsName(stated) ? Ingest.Text.Html.HtmlText.Line(stated) : null,
            url.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.Host[4..] : url.Host);
        // Some pages give their own title as their app's or their publisher's.
        var titles = items.Select(static item => item.Text("headline")).Append(signals.Meta("og:title")).Select(ComparableText.Letters)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in publishers.Concat(sites)
            .Append(stated)
            .Append(signals.Meta("application-name"))
            .Append(signals.Meta("apple-mobile-web-app-title"))
            .Append(signals.Meta("al:android:app_name")))
        {
            if (ComparableText.Letters(name) is { Length: >= 2 and <= 50 } key && !titles.Contains(key)) names._keys.Add(key);
        }

        return names;
    }

    /// <summary>Is this text exactly one of the names that the page gives its site?</summary>
    public bool IsExactly(string text) => _keys.Contains(ComparableText.Letters(text));

    /// <summary>Is this text, short of a few letters, one of the site's names or its host's?</summary>
    public bool IsSite(string text)
    {
        var key = ComparableText.Letters(text);
        if (key.Length < 2) return false;
        if (_keys.Contains(key)) return true;
        // "Daily Example" is example.org's and "The Example" is theexample.org's. Hosts have no accents.
        if (key.Length >= 4 && _host.Contains(WithoutAccents(key), StringComparison.Ordinal)) return true;
        return _keys.Any(name => IsVariant(key, name)) || IsVariant(key, _label) || IsSpelledOut(text);
    }

    /// <summary>Is this the site of a person of that name?</summary>
    public bool IsOf(string person) => ComparableText.Letters(person) is { Length: >= 8 } key && _host.Contains(WithoutAccents(key), StringComparison.Ordinal);

    // "Deutsche Example Welle" is dew.example's.
    private bool IsSpelledOut(string text) =>
        _label.Length is 2 or 3 && text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: 2 or 3 } words && words.Length == _label.Length
            && words.Select(static word => char.ToLowerInvariant(word[0])).SequenceEqual(_label);

    private static string WithoutAccents(string key) =>
        Ascii.IsValid(key) ? key : string.Concat(key.Normalize(NormalizationForm.FormD).Where(char.IsLetterOrDigit));

    /// <summary>
    /// Is this text the whole of a name of the site, and not a word that its name or host has as well: "Climate: why winters are wet" on climatenews.example?
    /// </summary>
    private bool IsWholeSite(string text)
    {
        var key = ComparableText.Letters(text);
        return key.Length >= 2 && (key == _label || key == _host || _keys.Contains(key) || _keys.Append(_label).Any(name => IsVariant(key, name)
            && (key.Length > name.Length || key.Length * WholeOf >= name.Length * (WholeOf - 1))));
    }

    // "The Example", "Example Online" and "Example" are one site.
    private static bool IsVariant(string key, string name) =>
        key.Length >= 5 && name.Length >= 5
            && Math.Abs(key.Length - name.Length) <= (name.Length >= 8 && key.Length >= 8 ? LongestAddition * 2 : LongestAddition)
        && (
            key.StartsWith(name, StringComparison.Ordinal) || key.EndsWith(name, StringComparison.Ordinal) || name.StartsWith(key, StringComparison.Ordinal)
                || name.EndsWith(key, StringComparison.Ordinal));

    /// <summary>The title without the site's names at its ends; only parts that are surely names of the site are dropped.</summary>
    /// <param name="title">The title.</param>
    /// <param name="isSeen">Whether the reader sees it on the page: such titles seldom have the site's name.</param>
    public string Strip(string title, bool isSeen = false)
    {
        while (title.Length <= LongestTitle)
        {
            var shorter = WithoutTail(title, isSeen) ?? WithoutHead(title);
            if (shorter is null) return title;
            title = shorter;
        }

        return title;
    }

    /// <summary>"Jane Doe Example Times" and "Jane Doe Example Times Staff" → "Jane Doe".</summary>
    public string WithoutSiteAtEnd(string name)
    {
        var staff = Array.Find(
            StaffWords, word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && name.Length > word.Length && name[^(word.Length + 1)] == ' ');
        var end = staff is null ? name : name[..^(staff.Length + 1)];
        return Name is { Length: > 2 } site && end.Length > site.Length + 1 && end.EndsWith(site, StringComparison.OrdinalIgnoreCase)
            && end[..^site.Length].TrimEnd(' ', ',', '-', '/', '|') is { Length: > 1 } person
            ? person
            : name;
    }

    private string? WithoutTail(string title, bool isSeen)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at <= 0 || title[(at + separator.Length)..] is not { Length: > 0 } tail) continue;
            if (isSeen || separator is ": " or " : " ? IsWholeSite(tail) : IsSite(tail)) return title[..at].Trim();
        }

        return WithoutGluedTail(title);
    }

    // Chinese pages join their site's name without spaces, and most such names end with the word for "net". No text of theirs has an underscore.
    private string? WithoutGluedTail(string title)
    {
        var at = title.LastIndexOfAny(['-', '_', '－', '—']);
        return at > 3 && title[^1] > '\u2E80' && title[(at + 1)..] is { Length: >= 2 and <= 10 } tail
            && (title[at] == '_' || SiteEndings.Contains(tail[^1..]) || IsSite(tail))
            ? title[..at].TrimEnd('-', '_', '－', '—', ' ')
            : null;
    }

    private string? WithoutHead(string title)
    {
        foreach (var separator in Separators)
        {
            var at = title.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && at + separator.Length < title.Length && IsWholeSite(title[..at])) return title[(at + separator.Length)..].Trim();
        }

        return null;
    }

    private static bool IsName(string? text) => text is { Length: > 0 and < 80 } && !text.Contains("://", StringComparison.Ordinal);
}
