namespace Ingest.Text.Dated;

/// <summary>The parts of one dated-article record, in the form in which the format writes them.</summary>
/// <param name="Day">The publisher's own calendar day.</param>
/// <param name="Url">Absolute http(s) URL without white space.</param>
/// <param name="Title">One line; may be empty.</param>
/// <param name="Headline">One line; may be empty.</param>
/// <param name="Description">One line; may be empty.</param>
/// <param name="Body">Paragraphs, each one line, separated by one blank line; may be empty.</param>
public sealed record DatedText(DateOnly Day, string Url, string Title, string Headline, string Description, string Body);

/// <summary>What one stretch of a dated-article file turned out to be.</summary>
public abstract record DatedTextReading
{
    private DatedTextReading()
    {
    }

    /// <summary>A record.</summary>
    /// <param name="Line">The line of its header, from 1.</param>
    /// <param name="Article">Its parts.</param>
    /// <param name="RepairedLine">The first of its lines that held bytes that are not UTF-8; null when none did.</param>
    public sealed record Record(long Line, DatedText Article, long? RepairedLine = null) : DatedTextReading;

    /// <summary>A record, or text outside any record, that had to be refused; its neighbours are not affected.</summary>
    /// <param name="Line">The line at fault, from 1.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record Fault(long Line, string Reason) : DatedTextReading;
}
