using Ingest.Feeds;
namespace Ingest.Identity.Tests;

public sealed class EntryClassifierTests
{
    private static readonly FeedEntry First = Entry("g1", "https://example.com/1", "One");

    [Fact]
    public void An_entry_that_nobody_has_shown_is_new() => Choose(KnownFrom(), First).ShouldBe([EntryKind.New]);

    [Fact]
    public void An_entry_seen_before_is_known() => Choose(KnownFrom(First), First).ShouldBe([EntryKind.Known]);

    [Fact]
    public void Another_title_summary_or_content_is_a_change()
    {
        Choose(KnownFrom(First), First with { Title = "Two" }).ShouldBe([EntryKind.Changed]);
        Choose(KnownFrom(First), First with { Summary = "s" }).ShouldBe([EntryKind.Changed]);
        Choose(KnownFrom(First), First with { Content = "c" }).ShouldBe([EntryKind.Changed]);
    }

    [Theory]
    [InlineData("http://example.com/1")]
    [InlineData("https://www.example.com/1/")]
    [InlineData("https://example.com/1?utm_source=rss")]
    [InlineData("https://example.com/1#comments")]
    public void A_link_spelled_otherwise_is_no_change(string link) =>
        Choose(KnownFrom(First), First with { Link = link }).ShouldBe([EntryKind.Known]);

    [Fact]
    public void A_guid_that_is_new_each_time_is_the_entry_that_is_known()
    {
        Choose(KnownFrom(First), First with { Id = "other" }).ShouldBe([EntryKind.Known]);
        Choose(KnownFrom(First), First with { Id = null }).ShouldBe([EntryKind.Known]);
        Choose(KnownFrom(First), First with { Id = "other", Summary = "corrected" }).ShouldBe([EntryKind.Changed]);
        EntryClassifier.Choose(EntryIdentity.Identify([First with { Id = "other" }]), KnownFrom(First), []).Single().Shown.ShouldBe(EntryKey.OfGuid("g1"));
    }

    [Fact]
    public void An_article_of_another_source_is_sighted() =>
        Choose(KnownEntries.None with { Articles = new HashSet<ArticleKey> { ArticleKey.Of(new Uri(First.Link!)) } }, First)
            .ShouldBe([EntryKind.AlreadyStored]);

    [Fact]
    public void The_same_guid_and_title_at_another_link_is_the_article_moved()
    {
        var moved = First with { Link = "https://example.com/moved" };
        var choice = EntryClassifier.Choose(EntryIdentity.Identify([moved]), KnownFrom(First), []).Single();
        choice.Kind.ShouldBe(EntryKind.Changed);
        choice.Article.ShouldBe(ArticleKey.Of(new Uri(First.Link!)));
    }

    [Fact]
    public void The_same_guid_with_another_link_and_title_is_another_article()
    {
        var reused = Entry("g1", "https://example.com/2", "Two");
        var choice = EntryClassifier.Choose(EntryIdentity.Identify([reused]), KnownFrom(First), []).Single();
        choice.Kind.ShouldBe(EntryKind.New);
        choice.Article.ShouldBe(ArticleKey.Of(new Uri(reused.Link!)));
    }

    [Fact]
    public void After_its_guid_was_used_again_an_article_is_still_known()
    {
        var reused = Entry("g1", "https://example.com/2", "Two");
        Choose(KnownFrom(First, reused), First).ShouldBe([EntryKind.Known]);
        Choose(KnownFrom(First, reused), reused).ShouldBe([EntryKind.Known]);
    }

    [Fact]
    public void One_guid_for_all_entries_tells_nothing_and_their_links_do()
    {
        FeedEntry[] feed =
        [
            Entry("x", "https://example.com/1", "One"), Entry("x", "https://example.com/2", "Two"), Entry("x", "https://example.com/3", "Three"),
        ];
        Choose(KnownFrom(), feed).ShouldBe([EntryKind.New, EntryKind.New, EntryKind.New]);
        FeedEntry[] next = [Entry("x", "https://example.com/4", "Four"), .. feed[..2]];
        Choose(Together(feed), next).ShouldBe([EntryKind.New, EntryKind.Known, EntryKind.Known]);
    }

    [Fact]
    public void One_guid_for_all_entries_of_a_feed_with_one_entry_at_a_time_loses_none()
    {
        var second = Entry("g1", "https://example.com/2", "Two");
        Choose(KnownFrom(First), second).ShouldBe([EntryKind.New]);
        Choose(KnownFrom(First, second), Entry("g1", "https://example.com/3", "Three")).ShouldBe([EntryKind.New]);
    }

    [Fact]
    public void An_article_twice_in_one_document_is_taken_once() =>
        Choose(KnownFrom(), First, Entry("g2", "https://example.com/1#again", "One")).ShouldBe([EntryKind.New, EntryKind.Repeated]);

    [Fact]
    public void An_empty_guid_is_none()
    {
        var entries = EntryIdentity.Identify([Entry("", "https://example.com/1", "One"), Entry("", "https://example.com/2", "Two")]);
        entries.Select(static entry => entry.Key)
            .ShouldBe([EntryKey.OfLink(new Uri("https://example.com/1")), EntryKey.OfLink(new Uri("https://example.com/2"))]);
    }

    [Fact]
    public void A_guid_that_spells_a_link_is_not_that_link() =>
        EntryKey.OfGuid("example.com/1").ShouldNotBe(EntryKey.OfLink(new Uri("https://example.com/1")));

    [Theory]
    [InlineData("\ud83d\ude00")]
    [InlineData("x\ud83d\ude00")]
    [InlineData("xy\ud83d")]
    [InlineData("\ude00\ud83d\ud83d\ude00z")]
    public void A_long_text_has_the_fingerprint_that_it_has_as_a_whole(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 40_000));
        byte[] whole = [0xFF, .. System.Text.Encoding.UTF8.GetBytes(text)];

        Fingerprint.Of(text).ShouldBe(Fingerprint.Of(whole.AsSpan()));
    }

    [Fact]
    public void Texts_do_not_run_together_in_a_fingerprint()
    {
        Fingerprint.Of("ab", "c").ShouldNotBe(Fingerprint.Of("a", "bc"));
        Fingerprint.Of("a", null).ShouldNotBe(Fingerprint.Of("a", ""));
        Fingerprint.Of("a").ShouldNotBe(Fingerprint.Of("a", null));
    }

    private static FeedEntry Entry(string? guid, string url, string title) => new() { Id = guid, Link = url, Title = title, Summary = "summary" };

    private static IReadOnlyList<EntryKind> Choose(KnownEntries known, params FeedEntry[] entries) =>
        [.. EntryClassifier.Choose(EntryIdentity.Identify(entries), known, []).Select(static choice => choice.Kind)];

    // Each entry seen in a document of its own.
    private static KnownEntries KnownFrom(params FeedEntry[] seen) => Known([.. seen.SelectMany(static entry => EntryIdentity.Identify([entry]))]);

    private static KnownEntries Together(FeedEntry[] document) => Known(EntryIdentity.Identify(document));

    private static KnownEntries Known(IReadOnlyList<EntryIdentity> seen) => new(
        [.. seen.Select(static entry => new KnownSighting(entry.Key, entry.Article, entry.Fingerprint, entry.Title))],
        seen.Select(static entry => entry.Article).ToHashSet(),
        new Dictionary<ArticleKey, ArticleKey>());
}
