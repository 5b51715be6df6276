using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Ingest.Worker.Storage.Schema;

/// <summary>Tables <c>page_queue</c> and <c>fetches</c>.</summary>
internal static class QueueSchema
{
    // An article that is read or not wanted has no page waiting.
    private static readonly PageState[] Queued = [PageState.Waiting, PageState.Failed, PageState.Rejected];

    public static void Map(EntityTypeBuilder<QueuedPageRow> page)
    {
        page.ToTable("page_queue", table =>
        {
            table.HasComment("Pages still to be fetched, and those given up or rejected, so that they are not queued again.");
            table.HasCheckConstraint("ck_page_queue_state", Words<PageState>.Condition("state", Queued));
        });
        page.HasKey(row => row.ArticleKey);
        page.HasIndex(row => new { row.Slot, row.NextAttemptAt }).HasFilter("state = 'waiting'").HasDatabaseName("ix_page_queue_due");
        page.HasIndex(row => new { row.Slot, row.PublishedAt }).IsDescending(false, true).HasNullSortOrder(NullSortOrder.NullsLast, NullSortOrder.NullsLast)
            .HasFilter("state = 'waiting'").HasDatabaseName("ix_page_queue_newest");
        page.HasIndex(row => row.SourceId);
        page.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.SourceId);
        page.Property(row => row.ArticleKey).HasComment("The article that the page belongs to; it may not exist yet when the source gives links only.");
        page.Property(row => row.SourceId).HasComment("The source through which the page was found.");
        page.Property(row => row.Url).HasComment("What is fetched.");
        page.Property(row => row.Slot).HasComment("Slot of the host, 0 to 1023.");
        page.Property(row => row.State).HasComment($"{Words<PageState>.Listed(Queued)}.");
        page.Property(row => row.PublishedAt).HasComment("Date that the source states; newest pages go first.");
        page.Property(row => row.Attempts).HasComment("Fetches made so far.");
        page.Property(row => row.NextAttemptAt).HasComment("When it is due.");
        page.Property(row => row.LastError).HasComment("Why the last attempt failed, or the page was rejected.");
        page.Property(row => row.QueuedAt).HasComment("When it was queued.");
    }

    public static void Map(EntityTypeBuilder<FetchRow> fetch)
    {
        fetch.ToTable("fetches", table =>
        {
            table.HasComment(
                "The ledger: one row a fetch of a source, page, archive or robots.txt. In tables by day; days older than Ingest:Storage:LedgerFullDays have no "
                    + "rows for fetches that told of nothing, which are counted in fetch_counts.");
            table.HasCheckConstraint("ck_fetches_outcome", Words<FetchOutcome>.Condition("outcome"));
        });
        fetch.HasKey(row => row.Id);
        fetch.HasIndex(row => new { row.SourceId, row.Id }).IsDescending();
        fetch.HasIndex(row => row.StartedAt).HasMethod("brin");
        // Made by the worker, so that a transaction that is run again after a lost answer does not add the row twice.
        fetch.Property(row => row.Id).ValueGeneratedNever().HasComment("UUID version 7 of the fetch: sorts by time.");
        fetch.Property(row => row.SourceId).HasComment("The source that it was made for.");
        fetch.Property(row => row.Url).HasComment("The URL asked for; null for the one that its source had then.");
        fetch.Property(row => row.Kind).HasComment($"{Words<LedgerKind>.Listed()}.");
        fetch.Property(row => row.StartedAt).HasComment("When it began.");
        fetch.Property(row => row.DurationMs).HasComment("Milliseconds, retries and waits of the pipeline included.");
        fetch.Property(row => row.Status).HasComment("HTTP status; 0 when no answer came.");
        fetch.Property(row => row.Outcome).HasComment($"{Words<FetchOutcome>.Listed()}.");
        fetch.Property(row => row.Cause).HasComment(
            "Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, …, the name of an unexpected error, "
                + $"{LedgerCauses.Unreadable} (no feed), {LedgerCauses.Rejected} (no article's page) or "
                + $"{LedgerCauses.Refused} (PostgreSQL does not take it); null when nothing failed.");
        fetch.Property(row => row.Failure).HasComment("What went wrong, in the fetch or in reading what it brought; null when nothing did.");
        fetch.Property(row => row.Bytes).HasComment("Bytes of the body on the wire.");
        fetch.Property(row => row.Attempts).HasComment(
            "Requests made, retries included; 0 also where the answer was that to another source with the same URL.");
        fetch.Property(row => row.Conditional).HasComment("Whether validators were sent.");
        fetch.Property(row => row.FinalUrl).HasComment("The URL that answered, when redirects led elsewhere.");
        fetch.Property(row => row.Redirects).HasComment("The redirects followed, in order, each as its status and where it led; null for none.");
        fetch.Property(row => row.OptOuts).HasComment(
            "What the publisher asks not to be done with the answer: noindex, noarchive, nosnippet, noai, tdm-reserved; null for nothing.");
        fetch.Property(row => row.TdmPolicy).HasComment("The licence that a reservation of text and data mining points to, as stated; null for none.");
        fetch.Property(row => row.EntriesNew).HasComment("Entries that were new.");
        fetch.Property(row => row.EntriesChanged).HasComment("Entries that said something else than before.");
        fetch.Property(row => row.EntriesKnown).HasComment("Entries that were known, here or through another source.");
        fetch.Property(row => row.EntriesRejected).HasComment("Entries that cannot become articles.");
        fetch.Property(row => row.Node).HasComment("The worker that made it.");
        fetch.Property(row => row.DueAt).HasComment("When it was due; null for what has no time of its own, and for what was not waited for.");
    }
}
