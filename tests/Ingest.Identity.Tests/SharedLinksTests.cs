using Ingest.Feeds;
using Ingest.Text;

namespace Ingest.Identity.Tests;

public sealed class SharedLinksTests
{
    private const string Page = "https://status.example.com/now";
    private const string Long = "The line is closed between the harbour and the old town until the evening.";

    public static TheoryData<string, int, FeedEntry[]> Documents => new()
    {
        {
            "reports of a status page", 3,
            [
                Of("1", "Gas leak in Mill Lane", "Keep away.", 1), Of("2", "Fog on the coast road", "Drive slowly.", 2),
                Of("3", "School closed", "No heating.", 3),
            ]
        },
        { "reports of one day", 2, [Of("1", "Gas leak in Mill Lane", "Keep away.", 1), Of("2", "Fog on the coast road", "Drive slowly.", 1)] },
        { "without guids", 2, [Of(null, "Gas leak in Mill Lane", "Keep away.", 1), Of(null, "Fog on the coast road", "Drive slowly.", 2)] },
        { "without dates", 2, [Of("1", "Release 1.4", "Faster start."), Of("2", "Release 1.5", "Fewer crashes.")] },
        { "without texts", 3, [Of("1", "Episode 1", null, 1), Of("2", "Episode 2", null, 2), Of("3", "Episode 3", null, 3)] },
        { "one boilerplate under all", 2, [Of("1", "Episode 1: Bees", Long, 1), Of("2", "Episode 2: Salt", Long, 2)] },
        { "one title on several days", 2, [Of("1", "Maintenance", "The database moves.", 1), Of("2", "Maintenance", "The network moves.", 8)] },
        { "one guid for all", 2, [Of("n/a", "Word 16", "d", 1), Of("n/a", "Excel 16", "d", 2)] },
        { "notes of one page", 2, [Of("1", "Cats and rain", "a", 1, "#n1"), Of("2", "Dogs and snow", "b", 2, "#n2")] },
        { "noise in the fragment", 1, [Of("1", "One story", "The same text.", 1, "#xtor=1"), Of("2", "One story", "The same text.", 1, "#0")] },
        { "noise in the guid", 1, [Of("g1", "One story", "The same text."), Of("g2", "One story", "The same text.")] },
        { "the same on two days", 1, [Of("1", "One story", "The same text.", 1), Of("2", "One story", "The same text.", 2)] },
        { "a title and its longer form", 1, [Of("1", "One story", Long, 1), Of("2", "One story: what we know", Long, 1)] },
        { "two articles, one of them twice", 2, [Of("1", "One", "a", 1), Of("2", "Two", "b", 2), Of("3", "One", "a", 1)] },
        { "a sitemap's entry beside the feed's", 1, [Of(null, "A story", null, 1), Of("1", "The story in full", "What happened.", 1)] },
        { "letters and marks", 1, [Of("1", "One story!", "The same text.", 1), Of("2", "ONE STORY", "The same text.", 1)] },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Entries_of_one_link_are_as_many_articles_as_title_and_text_tell_apart(string what, int articles, FeedEntry[] entries)
    {
        var kinds = EntryClassifier.Choose(EntryIdentity.Identify(entries), KnownEntries.None, []);

        kinds.Count(static one => one.Kind == EntryKind.New).ShouldBe(articles, what);
        kinds.Count(static one => one.Kind == EntryKind.Repeated).ShouldBe(entries.Length - articles, what);
        EntryClassifier.Choose(EntryIdentity.Identify(entries), Known(entries), []).ShouldAllBe(static one => one.Kind != EntryKind.New, what);
        EntryClassifier.Choose(EntryIdentity.Identify([.. entries.Reverse()]), Known(entries), []).ShouldAllBe(static one => one.Kind != EntryKind.New, what);
    }

    [Fact]
    public void What_comes_later_at_a_link_that_is_taken_is_an_article_of_its_own()
    {
        var first = Of("1", "Gas leak in Mill Lane", "Keep away.", 1);
        var entries = EntryIdentity.Identify([Of("2", "Fog on the coast road", "Drive slowly.", 2)]);
        var known = Known([first]);
        var stored = new KnownArticle(ArticleKey.Of(new Uri(Page)), new Uri(Page), first.Title!, null, first.Published!.Day, first.Summary!);

        var later = EntryClassifier.Choose(entries, known, [stored]).Single();
        var both = Merged(known, entries[0] with { Article = later.Article });
        var again = EntryClassifier.Choose(entries, both, [stored, Stored(entries[0], later.Article)]).Single();

        EntryClassifier.Doubts(entries, known).ShouldBe([stored.Key]);
        (later.Kind, later.IsPart, later.Article == stored.Key).ShouldBe((EntryKind.New, true, false));
        (again.Kind, again.Article).ShouldBe((EntryKind.Known, later.Article));
    }

    [Fact]
    public void The_first_of_a_link_stays_when_others_join_it()
    {
        var first = Of("1", "Gas leak in Mill Lane", "Keep away.", 1);
        var stored = new KnownArticle(ArticleKey.Of(new Uri(Page)), new Uri(Page), first.Title!, null, first.Published!.Day, first.Summary!);

        var kinds = EntryClassifier.Choose(EntryIdentity.Identify([Of("2", "Fog on the coast road", "Drive slowly.", 2), first]), Known([first]), [stored]);

        kinds.Select(static one => one.Kind).ShouldBe([EntryKind.New, EntryKind.Known]);
        kinds[1].Article.ShouldBe(stored.Key);
    }

    [Theory]
    [InlineData("https://blog.example.com/", "https://blog.example.com/s/1", "https://blog.example.com/s/1")]
    [InlineData("https://blog.example.com/", "tag:blog.example.com,2026:1", "https://blog.example.com/")]
    [InlineData("https://blog.example.com/en", "https://blog.example.com/s/1", "https://blog.example.com/s/1")]
    [InlineData("https://blog.example.com/a", "https://blog.example.com/?p=1", "https://blog.example.com/a")]
    [InlineData("https://blog.example.com/?p=7", "https://blog.example.com/s/1", "https://blog.example.com/?p=7")]
    public void A_guid_that_is_a_url_names_an_entry_that_links_the_sites_home(string link, string guid, string url) =>
        EntryIdentity.Identify([new FeedEntry { Id = guid, Link = link, Title = "One" }], "https://blog.example.com/en/").Single().Url.ShouldBe(new Uri(url));

    [Theory]
    [InlineData("?token=2", true)]
    [InlineData("?a=1&s=9f", true)]
    [InlineData("/moved", false)]
    public void A_parameter_that_is_new_each_time_changes_nothing(string other, bool isParameter)
    {
        var first = new FeedEntry { Id = "1", Link = Page + "?token=1", Title = "Gas leak in Mill Lane", Summary = Long };
        var now = EntryIdentity.Identify([first with { Link = Page + other }]);

        var stored = new KnownArticle(ArticleKey.Of(new Uri(first.Link)), new Uri(first.Link), first.Title, null, null, Long);
        var choice = EntryClassifier.Choose(now, Known([first]), [stored]).Single();

        choice.Kind.ShouldBe(isParameter ? EntryKind.Known : EntryKind.Changed);
        (choice.Alias is null).ShouldBe(isParameter);
    }

    private static FeedEntry Of(string? guid, string title, string? text, int? day = null, string fragment = "") => new()
    {
        Id = guid, Link = Page + fragment, Title = title, Summary = text, Published = day is { } of ? StatedDate.OfDay(new DateOnly(2026, 5, of)) : null,
    };

    private static KnownEntries Known(FeedEntry[] entries)
    {
        var seen = EntryIdentity.Identify(entries);
        return new(
            [.. seen.Select(static entry => new KnownSighting(entry.Key, entry.Article, entry.Fingerprint, entry.Title))],
            seen.Select(static entry => entry.Article).ToHashSet(),
            new Dictionary<ArticleKey, ArticleKey>());
    }

    private static KnownEntries Merged(KnownEntries known, EntryIdentity entry) => new(
        [.. known.Sightings, new KnownSighting(entry.Key, entry.Article, entry.Fingerprint, entry.Title)], known.Articles, known.Aliases);

    private static KnownArticle Stored(EntryIdentity entry, ArticleKey key) =>
        new(key, entry.Url, entry.Title, null, entry.Date?.Day, entry.Entry.Summary ?? "");
}
