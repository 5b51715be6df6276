using Ingest.Text;
using Ingest.Worker.Storage.Words;
using static Ingest.Worker.Storage.Tables.ColumnUse;
using static Ingest.Worker.Storage.Tables.SqlTypes;

namespace Ingest.Worker.Storage.Tables;

/// <summary>
/// The columns of <c>ingest.articles</c>. From this table come the lists of columns in the statements, what reads and writes rows, the fields of archives, the
/// model's types and comments, and so the references of the schema and the formats. Archives have the columns in this order.
/// </summary>
internal static class ArticleColumns
{
    // A part of the record: read, written and archived.
    private const ColumnUse Part = Read | Written | Archived;

    public static IReadOnlyList<ArticleColumn> All { get; } =
    [
        new ArticleColumn("id", "bigint", typeof(long)) { Comment = "Number of the article; grows with the order of insertion, not with the date." },
        new ArticleColumn("article_key", "uuid", typeof(Guid))
            { Comment = "Identity: XXH128 of the folded URL; of articles that share a URL, together with title and day." },
        new PlacedColumn<string>("url", TextValue, static row => row.Url, static (row, value) => row.Url = value)
            { Use = Part, Comment = "Canonical URL as published." },
        new ArticleColumn("source_id", "integer", typeof(int?))
            { IsNullable = true, Comment = "The source that showed it first; null for an imported article." },
        new PlacedColumn<DateOnly?>("published_on", Day, static row => row.PublishedOn, static (row, value) => row.PublishedOn = value)
        {
            Use = Read | Archived, Comment = "The publisher's own calendar day; the day first seen (UTC) when date_source is first_seen.",
        },
        new PlacedColumn<DateTimeOffset?>("published_at", Moment, static row => row.PublishedAt, static (row, value) => row.PublishedAt = value)
            { Use = Part, IsNullable = true, Comment = "The stated moment; null when only a day, or nothing, was stated." },
        new PlacedColumn<DateTimeOffset?>("modified_at", Moment, static row => row.ModifiedAt, static (row, value) => row.ModifiedAt = value)
            { Use = Part, IsNullable = true, Comment = "The stated moment of the last modification; null when not stated." },
        new PlacedColumn<string>("date_source", TextValue, static row => row.DateSource, static (row, value) => row.DateSource = value)
        {
            Use = Part, IsRepetitive = true, Shape = TextShape.Origin, Comment = $"Where the date came from: {Origins.Listed(Origins.OfDates)}.",
        },
        new PlacedColumn<string>("title", TextValue, static row => row.Title, static (row, value) => row.Title = value)
            { Use = Part, Shape = TextShape.Line, Comment = "Name of the page or item, one line." },
        new PlacedColumn<string>("title_source", TextValue, static row => row.TitleSource, static (row, value) => row.TitleSource = value)
        {
            Use = Part, IsRepetitive = true, Shape = TextShape.Origin, Comment = $"Where the title came from: {Origins.Listed(Origins.OfTitles)}.",
        },
        new PlacedColumn<string>("headline", TextValue, static row => row.Headline, static (row, value) => row.Headline = value)
            { Use = Part, Shape = TextShape.Line, Comment = "schema.org headline, one line; the title where none was stated." },
        new PlacedColumn<string>("description", TextValue, static row => row.Description, static (row, value) => row.Description = value)
            { Use = Part, Shape = TextShape.Line, Comment = "Standfirst or summary, one line; may be empty." },
        new PlacedColumn<string>("body", TextValue, static row => row.Body, static (row, value) => row.Body = value)
            { Use = Part, Shape = TextShape.Body, Comment = "Paragraphs separated by one blank line; may be empty." },
        new PlacedColumn<string>("body_source", TextValue, static row => row.BodySource, static (row, value) => row.BodySource = value)
        {
            Use = Part, IsRepetitive = true, Shape = TextShape.Origin, Comment = $"Where the body came from: {Origins.Listed(Origins.OfBodies)}.",
        },
        new PlacedColumn<string[]>("authors", TextList, static row => row.Authors, static (row, value) => row.Authors = value)
            { Use = Part, Comment = "Authors as stated." },
        new PlacedColumn<string>("language", TextValue, static row => row.Language, static (row, value) => row.Language = value)
            { Use = Part, IsNullable = true, IsRepetitive = true, Comment = "BCP 47 tag, stated or detected." },
        new PlacedColumn<int>("word_count", Number, static row => row.WordCount, static (row, value) => row.WordCount = value)
            { Use = Written, Comment = "Words of the body; for scripts without spaces, their letters." },
        new PlacedColumn<string>("image_url", TextValue, static row => row.ImageUrl, static (row, value) => row.ImageUrl = value)
            { Use = Part, IsNullable = true, Shape = TextShape.Line, Comment = "Lead image." },
        new PlacedColumn<string[]>("categories", TextList, static row => row.Categories, static (row, value) => row.Categories = value)
            { Use = Part, Comment = "Categories and tags as stated." },
        new PlacedColumn<IReadOnlyList<Enclosure>>("enclosures", Enclosures, static row => row.Enclosures, static (row, value) => row.Enclosures = value)
            { Use = Part, Comment = "Attached files: [{\"url\", \"type\", \"length\"}]." },
        new PlacedColumn<bool>("live_blog", Flag, static row => row.LiveBlog, static (row, value) => row.LiveBlog = value)
            { Use = Part, Comment = "The page is a running report that goes on being written." },
        new PlacedColumn<Guid>("fingerprint", Hash, static row => row.Fingerprint, static (row, value) => row.Fingerprint = value)
            { Use = Written, Comment = "XXH128 of title, headline, description and body." },
        new PlacedColumn<string>("page_state", TextValue, static row => row.PageState, static (row, value) => row.PageState = value)
            { Use = Written, Comment = $"The article's page: {Words<PageState>.Listed()}." },
        new ArticleColumn("page_error", "text", typeof(string)) { IsNullable = true, Comment = "Why the page failed or was rejected." },
        new ArticleColumn("first_seen_at", "timestamp with time zone", typeof(DateTimeOffset)) { Comment = "When the article was first stored." },
        new ArticleColumn("updated_at", "timestamp with time zone", typeof(DateTimeOffset)) { Comment = "When the row last changed." },
        new ArticleColumn("revision", "integer", typeof(int))
        {
            Comment = "Counts the versions of the text that the publisher showed, from 1; those before this one are in article_revisions.",
        },
        new ArticleColumn("changed_xid", "xid8", typeof(ulong))
            { Comment = "The transaction that added the article, completed it from its page or revised it." },
        new ArticleColumn("doubtful_changes", "smallint", typeof(short))
        {
            Comment = "Revisions that changed nothing but digits or went back to an earlier text; after a few of them, more are taken for counters and clocks.",
        },
        new PlacedColumn<DateTimeOffset?>("retracted_at", Moment, static row => row.RetractedAt, static (row, value) => row.RetractedAt = value)
        {
            Use = Read | Archived, IsNullable = true, Comment = "When the publisher was seen to have withdrawn the article; null when it stands.",
        },
        new PlacedColumn<string>("retraction", TextValue, static row => row.Retraction, static (row, value) => row.Retraction = value)
        {
            Use = Read | Archived, IsNullable = true, IsRepetitive = true,
            Comment = "How it was withdrawn: a mark in the title, a claim of the page, or an entry of the feed that deletes it.",
        },
        new PlacedColumn<DateTimeOffset?>("gone_at", Moment, static row => row.GoneAt, static (row, value) => row.GoneAt = value)
        {
            Use = Read | Archived, IsNullable = true,
            Comment = "When the article's page was found gone (404 or 410); null when it was not, or is back. The text is kept.",
        },
        new PlacedColumn<string>("gone_reason", TextValue, static row => row.GoneReason, static (row, value) => row.GoneReason = value)
        {
            Use = Read | Archived, IsNullable = true, IsRepetitive = true, Comment = "What the server answered when the page was gone.",
        },
        new ArticleColumn("revised_at", "timestamp with time zone", typeof(DateTimeOffset?))
            { IsNullable = true, Comment = "When this version superseded another; null for the first." },
        new ArticleColumn("story_id", "bigint", typeof(long?))
            { IsNullable = true, Comment = "The story that the article tells together with near-duplicates; null when it stands alone." },
        new ArticleColumn("story_similarity", "real", typeof(float?))
        {
            IsNullable = true,
            Comment = "Share of the shorter text's word groups, 0 to 1, that also stand in the story's article it was matched with; "
                + "null for the one that leads.",
        },
        new ArticleColumn("updated_on", "date", typeof(DateOnly?))
        {
            IsNullable = true,
            Comment = "Day (UTC) of updated_at, by which changes are found; null for an article of an earlier version of the worker that has not been "
                + "filled in yet.",
        },
        new ArticleColumn("host", "text", typeof(string))
        {
            IsNullable = true,
            Comment = "Host of url in lower case, with www. where it has one, and without a port; empty where url has none; null for an article of an "
                + "earlier version of the worker that has not been filled in yet.",
        },
        new ArticleColumn("language_base", "text", typeof(string))
        {
            IsNullable = true,
            Comment = "Language of language without script and region, in lower case: en of en-GB; null where language is, and for an article of an earlier "
                + "version of the worker that has not been filled in yet.",
        },
    ];
}
