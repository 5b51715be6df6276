using Ingest.Identity;
using Ingest.Text;

namespace Ingest.Worker.Storage.Saving;

/// <summary>Takes a visit apart into what can be stored or refused by itself, and puts it together again.</summary>
internal static class VisitParts
{
    /// <summary>The rows of one article each, then each found source, deletion and event.</summary>
    public static List<Visit> Of(Visit visit)
    {
        var bare = visit with { New = [], Changed = [], Sightings = [], Pages = [], Children = [], Aliases = [], Links = [], Deleted = [], Events = [] };
        var (added, changed) = (visit.New.ToLookup(static row => row.Key), visit.Changed.ToLookup(static row => row.Key));
        var (sightings, pages) = (visit.Sightings.ToLookup(static row => row.Article), visit.Pages.ToLookup(static row => row.Key));
        var (aliases, links) = (visit.Aliases.ToLookup(static row => row.Article), visit.Links.ToLookup(static row => row.Article));
        IEnumerable<ArticleKey>[] keys =
        [
            visit.New.Select(static row => row.Key), visit.Changed.Select(static row => row.Key), visit.Sightings.Select(static row => row.Article),
            visit.Pages.Select(static row => row.Key),
            visit.Aliases.Select(static row => row.Article), visit.Links.Select(static row => row.Article),
        ];
        return
        [
            .. keys.SelectMany(static some => some).Distinct().Select(key => bare with
            {
                New = [.. added[key]], Changed = [.. changed[key]], Sightings = [.. sightings[key]], Pages = [.. pages[key]], Aliases = [.. aliases[key]],
                Links = [.. links[key]],
            }),
            .. visit.Children.Select(row => bare with { Children = [row] }),
            .. visit.Deleted.Select(row => bare with { Deleted = [row] }),
            .. visit.Events.Select(row => bare with { Events = [row] }),
        ];
    }

    /// <summary>The rows of some parts.</summary>
    public static Visit Joined(Visit visit, IReadOnlyList<Visit> parts) => visit with
    {
        New = [.. parts.SelectMany(static part => part.New)],
        Changed = [.. parts.SelectMany(static part => part.Changed)],
        Sightings = [.. parts.SelectMany(static part => part.Sightings)],
        Pages = [.. parts.SelectMany(static part => part.Pages)],
        Children = [.. parts.SelectMany(static part => part.Children)],
        Aliases = [.. parts.SelectMany(static part => part.Aliases)],
        Links = [.. parts.SelectMany(static part => part.Links)],
        Deleted = [.. parts.SelectMany(static part => part.Deleted)],
        Events = [.. parts.SelectMany(static part => part.Events)],
    };

    /// <summary>What it says of a part that it was refused.</summary>
    public static Refusal Refuse(Visit part, Exception error)
    {
        var (subject, kind, url) = part switch
        {
            { Children: [var child, ..] } => (Fingerprint.Of(child.Name), "found source", child.Name),
            { Deleted: [var deleted, ..] } => (deleted.Entry.Value, "deletion", deleted.Reason),
            { Events: [{ Kind: var what } happened, ..] } =>
                (Fingerprint.Of(part.Source.Name, Words<SourceEventKind>.Of(what), happened.Detail), "event", Words<SourceEventKind>.Of(what)),
            { New: [var row, ..] } => (row.Key.Value, "article", row.Article.Url.OriginalString),
            { Changed: [var row, ..] } => (row.Key.Value, "article", row.Article.Url.OriginalString),
            { Pages: [var page, ..] } => (page.Key.Value, "article", page.Url.OriginalString),
            { Sightings: [var sighting, ..] } => (sighting.Article.Value, "article", sighting.Url),
            { Aliases: [var alias, ..] } => (alias.Article.Value, "article", alias.Url.OriginalString),
            { Links: [var link, ..] } => (link.Article.Value, "article", ""),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Refusal(subject, kind, url, part.Source.Id, error);
    }

    /// <summary>An entry that is not stored counts as rejected.</summary>
    public static EntryCounts Without(EntryCounts counts, Visit part)
    {
        if (part.Sightings.Count + part.New.Count + part.Changed.Count + part.Pages.Count == 0) return counts;
        var rejected = counts with { Rejected = counts.Rejected + 1 };
        if (part.Changed.Count > 0 || part.Pages.Any(static page => page.Again)) return rejected with { Changed = Math.Max(0, counts.Changed - 1) };
        return part.New.Count + part.Pages.Count > 0
            ? rejected with { New = Math.Max(0, counts.New - 1) }
            : rejected with { Known = Math.Max(0, counts.Known - 1) };
    }
}
