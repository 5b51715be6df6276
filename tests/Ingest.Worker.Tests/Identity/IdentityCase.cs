using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Web;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Identity;

/// <summary>A golden case: what sites show, poll by poll, and what the database is to hold then.</summary>
internal sealed record IdentityCase
{
    /// <summary>What happens, and why the decision is right.</summary>
    public required string Case { get; init; }

    public required IReadOnlyList<CasePoll> Polls { get; init; }

    /// <summary>Reasons of the decisions about the entries of the last poll, in order.</summary>
    public required IReadOnlyList<string> Decisions { get; init; }

    /// <summary>title | path | revision</summary>
    public required IReadOnlyList<string> Articles { get; init; }

    /// <summary>path → title of the article | reason</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>later title → earlier title | reason</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>kind | title | changed fields</summary>
    public IReadOnlyList<string> Revisions { get; init; } = [];

    /// <summary>Articles a story.</summary>
    public IReadOnlyList<string> Stories { get; init; } = [];

    public static IdentityCase Read(string file) => JsonSerializer.Deserialize<IdentityCase>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
}

/// <summary>What sites show at one time.</summary>
/// <param name="Feeds">Entries by feed.</param>
/// <param name="Pages">Pages by path; what is not named here stays what it was.</param>
internal sealed record CasePoll(IReadOnlyDictionary<string, IReadOnlyList<CaseEntry>> Feeds, IReadOnlyDictionary<string, CasePage>? Pages)
{
    public void Serve(ScriptedOrigin origin, string name)
    {
        foreach (var (feed, entries) in Feeds) origin.Serve("/" + feed, Reply.Feed(Feed(origin.BaseUrl, entries, name)));
        foreach (var (path, page) in Pages ?? new Dictionary<string, CasePage>()) origin.Serve(path, page.Reply(origin.BaseUrl, name));
    }

    private static string Feed(Uri baseUrl, IReadOnlyList<CaseEntry> entries, string name)
    {
        var xml = new StringBuilder($"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Site</title><link>{baseUrl}</link>");
        foreach (var entry in entries)
        {
            xml.Append("<item>");
            if (entry.Guid is not null) xml.Append(CultureInfo.InvariantCulture, $"<guid isPermaLink=\"false\">{entry.Guid}</guid>");
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<link>{HttpUtility.HtmlEncode(baseUrl.ToString().TrimEnd('/') + entry.Link)}</link><title>{entry.Title}</title>");
            if (entry.Date is not null) xml.Append(CultureInfo.InvariantCulture, $"<pubDate>{entry.Date}</pubDate>");
            if (entry.Summary is not null) xml.Append(CultureInfo.InvariantCulture, $"<description>{entry.Summary}</description>");
            if (entry.Text is not null) xml
                .Append("<content:encoded xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><![CDATA[")
                .AppendJoin("", SampleText.Paragraphs($"{name} {entry.Text}", 5).Select(static p => $"<p>{p}</p>"))
                .Append("]]></content:encoded>");
            xml.Append("</item>");
        }

        return xml.Append("</channel></rss>").ToString();
    }
}

/// <summary>An entry; <paramref name="Text"/> names the sample that is its whole content.</summary>
internal sealed record CaseEntry(string? Guid, string Link, string Title, string? Date, string? Summary, string? Text);

/// <summary>A page; <paramref name="Text"/> names the sample that is its body.</summary>
internal sealed record CasePage(string? Title, string? Text, string? Canonical, string? Redirect, int? Status)
{
    public Reply Reply(Uri baseUrl, string name)
    {
        if (Redirect is not null) return Origin.Reply.Redirect(301, Redirect);
        if (Status is { } status) return Origin.Reply.Error(status);
        var canonical = Canonical is null
            ? ""
            : $"<link rel=\"canonical\" href=\"{(Canonical.StartsWith('/') ? baseUrl.ToString().TrimEnd('/') + Canonical : Canonical)}\">";
        var body = string.Concat(SampleText.Paragraphs($"{name} {Text}", 5).Select(static text => $"<p>{text}</p>"));
        return Origin.Reply.Page(
            $"<!doctype html><html lang=\"en\"><head><title>{Title}</title><meta property=\"og:title\" "
                + $"content=\"{Title}\">{canonical}</head><body><article><h1>{Title}</h1>{body}</article></body></html>");
    }
}
