using System.Text.RegularExpressions;
using Ingest.Identity.Duplicates;
using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Identity;

/// <summary>
/// Weighs whether two things are one article when their links differ. Where the evidence is not enough, they are two: an article too many can be joined later,
/// one that was written over is lost.
/// </summary>
internal static partial class SameArticle
{
    // Of the words of the shorter title.
    private const double SimilarTitle = 0.5;

    /// <summary>Of the word groups of the shorter text: from this on two texts are one.</summary>
    public const double SimilarText = 0.5;

    /// <summary>Below this they have nothing in common.</summary>
    public const double Unlike = 0.1;

    // Of the longer words of a title, in the text that it announces.
    private const double LeastAnnounced = 0.25;

    // Fewer groups than these are no evidence either way.
    private const int FewestGroups = 5;

    // A title of fewer letters is a column's name rather than an article's.
    private const int TitleLetters = 12;

    /// <summary>Is an entry the article that this source showed under the same guid with another link? Says why; null when it is another article.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="seen">The sighting under its guid.</param>
    /// <param name="article">The article of the sighting as stored; null when its page was never read.</param>
    public static string? Moved(EntryIdentity entry, KnownSighting seen, KnownArticle? article)
    {
        var likeness = Likeness.Of(entry, seen, article);
        return likeness switch
        {
            { Text: >= SimilarText } when !likeness.IsOtherDay || likeness.HasSameTitle || IsLong(article!.Text) =>
                "the same guid and text at another link: the article moved",
            { HasSameTitle: true, IsOtherDay: false, Text: null or >= Unlike } => "the same guid and title at another link: the article moved",
            { HasSameMoment: true } when likeness.HasAlikeTitle || likeness.HasSameNumber =>
                "the same guid, moment and, nearly, title at another link: the article was renamed",
            { HasSameNumber: true, HasAlikeTitle: true, IsOtherDay: false } =>
                "the same guid and number in the link, and nearly the title: the article was renamed",
            _ => null,
        };
    }

    /// <summary>What an entry has in common with what was shown under its guid before.</summary>
    /// <param name="HasSameTitle">Nothing but spelling differs.</param>
    /// <param name="HasAlikeTitle">Half of the words are the same.</param>
    /// <param name="Text">The share of word groups in common; null when a text is too short to say.</param>
    /// <param name="IsOtherDay">Both are dated, and on other days.</param>
    /// <param name="HasSameMoment">Both are dated to the same moment.</param>
    /// <param name="HasSameNumber">Both links have the same long number.</param>
    private sealed record Likeness(bool HasSameTitle, bool HasAlikeTitle, double? Text, bool IsOtherDay, bool HasSameMoment, bool HasSameNumber)
    {
        public static Likeness Of(EntryIdentity entry, KnownSighting seen, KnownArticle? article) => new(
            SameTitles(entry.Title, seen.Title) || (article is not null && SameTitles(entry.Title, article.Title)),
            TitleOverlap(entry.Title, seen.Title) >= SimilarTitle,
            article is null ? null : TextsInCommon(TextOf(entry), article.Text),
            article?.Day is { } before && entry.Date?.Day is { } now && before != now,
            article?.PublishedAt is { } at && at == entry.Date?.At,
            article is not null && SameNumber(entry.Url, article.Url));
    }

    /// <summary>Articles by what is left of their titles when nothing cosmetic counts.</summary>
    public static ILookup<string, KnownArticle> ByTitle(IEnumerable<KnownArticle> articles) =>
        articles.ToLookup(static article => ComparableText.Words(article.Title), StringComparer.Ordinal);

    /// <summary>The article of the source that an entry shows again, by title and date; null when there is none, or more than one.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="published">The source's articles, <see cref="ByTitle"/>.</param>
    public static KnownArticle? Republished(EntryIdentity entry, ILookup<string, KnownArticle> published)
    {
        if (published.Count == 0) return null;
        if (entry.Date is not { } date || ComparableText.Words(HtmlText.Line(entry.Title)) is not { Length: >= TitleLetters } title) return null;
        var same = published[title].Where(article => article.PublishedAt is { } at ? at == date.At : article.Day == date.Day).Take(2).ToList();
        return same.Count == 1 ? same[0] : null;
    }

    /// <summary>Does anything confirm what a page or a redirect says, that two stored articles are one?</summary>
    public static bool Agree(string title, string text, KnownArticle other)
    {
        if (SameTitles(title, other.Title)) return true;
        return TextsInCommon(text, other.Text) is { } similarity ? similarity >= SimilarText : TitleOverlap(title, other.Title) >= SimilarTitle;
    }

    /// <summary>Can a text be what a title announces? False when next to none of the title's words stand in it.</summary>
    public static bool MaySpeakOf(string title, string text)
    {
        var announced = ComparableText.CountWords(ComparableText.Words(title)).Keys.Where(static word => word.Length > 3 || !char.IsAscii(word[0])).ToList();
        if (announced.Count < 2) return true;
        var said = ComparableText.CountWords(ComparableText.Words(text));
        return announced.Count(said.ContainsKey) >= announced.Count * LeastAnnounced;
    }

    private static bool SameTitles(string? one, string? other)
    {
        var folded = ComparableText.Words(HtmlText.Line(one));
        return folded.Length > 0 && folded == ComparableText.Words(HtmlText.Line(other));
    }

    private static double TitleOverlap(string? one, string? other)
    {
        var words = ComparableText.CountWords(ComparableText.Words(HtmlText.Line(one))).Keys;
        var others = ComparableText.CountWords(ComparableText.Words(HtmlText.Line(other))).Keys;
        var fewer = Math.Min(words.Count, others.Count);
        return fewer < 3 ? 0 : (double)words.Intersect(others, StringComparer.Ordinal).Count() / fewer;
    }

    /// <summary>The share of word groups that two texts have in common; null when one of them is too short to say anything.</summary>
    public static double? TextsInCommon(string one, string other)
    {
        var found = Resemblance.Of(ShingledText.Of(one), ShingledText.Of(other), new HashSet<ulong>());
        return found.Compared < FewestGroups ? null : found.Containment;
    }

    private static bool IsLong(string text) => DuplicateRule.IsComparable(ShingledText.Of(text));

    internal static string TextOf(EntryIdentity entry) =>
        string.Join("\n\n", HtmlText.Paragraphs(entry.Entry.Summary).Concat(HtmlText.Paragraphs(entry.Entry.Content)));

    // Content systems number their articles, and the number stays when the words beside it change.
    private static bool SameNumber(Uri one, Uri other) =>
        Number().Matches(one.AbsolutePath)
            .Select(static match => match.Value)
            .Intersect(Number().Matches(other.AbsolutePath).Select(static match => match.Value), StringComparer.Ordinal).Any();

    [GeneratedRegex(@"\d{5,}")]
    private static partial Regex Number();
}
