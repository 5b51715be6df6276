using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive;

/// <summary>What one stretch of an archive turned out to be.</summary>
internal abstract record ArchiveReading
{
    private ArchiveReading()
    {
    }

    /// <summary>A record.</summary>
    internal sealed record Record(DatedArticle Article, ArticleMarks Marks) : ArchiveReading
    {
        /// <summary>Where it begins: a line from 1, in Parquet a row.</summary>
        public long Line { get; init; }
    }

    /// <summary>What was refused, or kept with a loss.</summary>
    /// <param name="Line">The line at fault, from 1; in Parquet the row.</param>
    /// <param name="Reason">What is wrong with it.</param>
    internal sealed record Fault(long Line, string Reason) : ArchiveReading;
}
