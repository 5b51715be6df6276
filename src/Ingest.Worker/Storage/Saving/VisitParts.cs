using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Saving;

/// <summary>Takes a visit apart into what can be stored or refused by itself, and puts it together again.</summary>
internal static class VisitParts
{
    /// <summary>The rows of one article each, then each deletion, found source and event.</summary>
    public static List<VisitWrites> Of(VisitWrites visit)
    {
        var bare = visit with { Changes = EntryChanges.None, Children = [], Events = [] };
        return
        [
            .. visit.Changes.Parts().Select(part => bare with { Changes = part }),
            .. visit.Children.Select(row => bare with { Children = [row] }),
            .. visit.Events.Select(row => bare with { Events = [row] }),
        ];
    }

    /// <summary>The rows of some parts.</summary>
    public static VisitWrites Joined(VisitWrites visit, IReadOnlyList<VisitWrites> parts) => visit with
    {
        Changes = EntryChanges.Join([.. parts.Select(static part => part.Changes)]),
        Children = [.. parts.SelectMany(static part => part.Children)],
        Events = [.. parts.SelectMany(static part => part.Events)],
    };

    /// <summary>What it says of a part that it was refused.</summary>
    public static Refusal Refuse(VisitWrites part, Exception error)
    {
        var (subject, kind, url) = part switch
        {
            { Children: [var child, ..] } => (Fingerprint.Of(child.Name), "found source", child.Name),
            { Changes.Deleted: [var deleted, ..] } => (deleted.Entry.Value, "deletion", deleted.Reason),
            { Events: [{ Kind: var what } happened, ..] } =>
                (Fingerprint.Of(part.Source.Name, Words<SourceEventKind>.Of(what), happened.Detail), "event", Words<SourceEventKind>.Of(what)),
            { Changes.New: [var row, ..] } => (row.Key.Value, "article", row.Article.Url.OriginalString),
            { Changes.Changed: [var row, ..] } => (row.Key.Value, "article", row.Article.Url.OriginalString),
            { Changes.Pages: [var page, ..] } => (page.Key.Value, "article", page.Url.OriginalString),
            { Changes.Sightings: [var sighting, ..] } => (sighting.Article.Value, "article", sighting.Url),
            { Changes.Aliases: [var alias, ..] } => (alias.Article.Value, "article", alias.Url.OriginalString),
            { Changes.Links: [var link, ..] } => (link.Article.Value, "article", ""),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Refusal(subject, kind, url, part.Source.Id, error);
    }

    /// <summary>An entry that is not stored counts as rejected.</summary>
    public static EntryCounts Without(EntryCounts counts, EntryChanges changes)
    {
        if (changes.Sightings.Count + changes.New.Count + changes.Changed.Count + changes.Pages.Count == 0) return counts;
        var rejected = counts with { Rejected = counts.Rejected + 1 };
        if (changes.Changed.Count > 0 || changes.Pages.Any(static page => page.Again)) return rejected with { Changed = Math.Max(0, counts.Changed - 1) };
        return changes.New.Count + changes.Pages.Count > 0
            ? rejected with { New = Math.Max(0, counts.New - 1) }
            : rejected with { Known = Math.Max(0, counts.Known - 1) };
    }
}
