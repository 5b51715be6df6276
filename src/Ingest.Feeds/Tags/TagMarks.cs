namespace Ingest.Feeds.Tags;

/// <summary>The marks that end tags and their values in one text.</summary>
internal sealed class TagMarks(string text)
{
    public NextMark TagEnd { get; } = new(text, ">");

    public NextMark DoubleQuote { get; } = new(text, "\"");

    public NextMark SingleQuote { get; } = new(text, "'");

    public NextMark InstructionEnd { get; } = new(text, "?>");

    public NextMark CommentEnd { get; } = new(text, "-->");

    public NextMark CdataEnd { get; } = new(text, "]]>");

    public NextMark Quote(char quote) => quote == '"' ? DoubleQuote : SingleQuote;
}
