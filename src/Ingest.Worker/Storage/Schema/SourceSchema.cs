using Ingest.Text;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ingest.Worker.Storage.Schema;

/// <summary>Table <c>sources</c>.</summary>
internal static class SourceSchema
{
    public static void Map(EntityTypeBuilder<SourceRow> source)
    {
        source.ToTable("sources", table =>
        {
            table.HasComment("What is polled: one row a feed, sitemap or page. Rows are never deleted; a source that left the configuration is disabled.");
            table.HasCheckConstraint("ck_sources_state", Words<SourceState>.Condition("state"));
            table.HasCheckConstraint("ck_sources_validator_trust", Words<TrustLevel>.Condition("validator_trust"));
            table.HasCheckConstraint("ck_sources_full_text", Words<FullText>.Condition("full_text"));
        });
        source.HasKey(row => row.Id);
        source.HasIndex(row => row.Name).IsUnique();
        source.HasIndex(row => new { row.Slot, row.NextPollAt }).HasFilter("state in ('active', 'gone')").HasDatabaseName("ix_sources_due");

        // Most sources have no parent, and every visit rewrites its row, and its place in every index that holds it.
        source.HasIndex(row => row.ParentId).HasFilter("parent_id is not null");
        source.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.ParentId);
        source.Property(row => row.Id).UseIdentityByDefaultColumn().HasComment("Number of the source.");
        source.Property(row => row.Name).HasComment("Name in the configuration; a source found through another one is named PARENT/HASH.");
        source.Property(row => row.Url).HasComment("The URL that is polled now; differs from configured_url after a permanent move.");
        source.Property(row => row.ConfiguredUrl).HasComment("The URL as configured.");
        source.Property(row => row.ParentId).HasComment("The sitemap index or page through which this source was found; null for configured sources.");
        source.Property(row => row.Depth).HasComment("Steps from the configuration: 0 for a configured source, 1 for one found through it, and so on.");
        source.Property(row => row.State).HasConversion(static state => Words<SourceState>.Of(state), static word => Words<SourceState>.Read(word))
            .HasComment($"{Words<SourceState>.Listed()}.");
        source.Property(row => row.Slot).HasComment("Slot of the host, 0 to 1023; a partition of the schedule is a range of slots.");
        source.Property(row => row.FullText).HasComment($"Whether the entries' pages are fetched: {Words<FullText>.Listed()}.");
        source.Property(row => row.Schedule).HasComment("Quartz cron expression; null for none.");
        source.Property(row => row.TimeZone).HasComment("IANA time zone of the cron expression; null for UTC.");
        source.Property(row => row.PollInterval).HasComment(
            "Polling interval of its own, from the end of a visit to the next one; the setting Ingest:Polling:Jitter adds up to a tenth. "
                + "Null for adaptive polling.");
        source.Property(row => row.Tags).HasComment("Tags from the configuration.");
        source.Property(row => row.Title).HasComment("Title that the feed gives itself.");
        source.Property(row => row.SiteUrl).HasComment("Site that the feed names as its own.");
        source.Property(row => row.Language).HasComment("Language tag that the feed states.");
        source.Property(row => row.Etag).HasComment(
            "ETag of the last full answer, byte for byte; where mirrors with tags of their own take turns, the tags of each, the newest first.");
        source.Property(row => row.LastModified).HasComment("Last-Modified of the last full answer, byte for byte.");
        source.Property(row => row.ValidatorsUrl).HasComment("The URL that sent etag and last_modified, after redirects: they are sent to no other.");
        source.Property(row => row.BodyHash).HasComment("XXH128 of the last full answer's body.");
        source.Property(row => row.LastFullAt).HasComment("When it last gave a full answer; long ago, a 304 is not believed without a check.");
        source.Property(row => row.ValidatorTrust).HasDefaultValue(Words<TrustLevel>.Of(TrustLevel.Trusted))
            .HasComment($"Whether a 304 of the server is believed: {Words<TrustLevel>.Listed()}.");
        source.Property(row => row.ValidatorTrustAt).HasComment("When validator_trust last changed; null for never.");
        source.Property(row => row.MovedTo).HasComment("Where permanent redirects lead that are not believed yet; null for none.");
        source.Property(row => row.MovedSeen).HasComment("Visits in a row that saw them.");
        source.Property(row => row.MovedSince).HasComment("When they were first seen.");
        source.Property(row => row.NextPollAt).HasComment("When the source is due.");
        source.Property(row => row.NextPollReason).HasComment("Why it is due then, in words.");
        source.Property(row => row.AdaptiveInterval).HasComment("The interval that adaptive polling chose last.");
        source.Property(row => row.NewsGap).HasComment("Mean time between two pieces of news, measured in active time; null before any was seen.");
        source.Property(row => row.NewestEntryAt).HasComment("When the newest entry came that adaptive polling has learnt from.");
        source.Property(row => row.GuessAt).HasComment("When the next guessed address is asked, at the earliest; null when there is nothing to guess.");
        source.Property(row => row.SilentSince).HasComment("The last time at which something new was there.");
        source.Property(row => row.SilentFrom).HasComment(
            "From then on the source is silent if nothing new is there by then: it leaves no such gap by itself. Null while too little is known.");
        source.Property(row => row.GapsSeen).HasDefaultValue(0).HasComment("Gaps between two pieces of news from which usual_gap and longest_gap were learnt.");
        source.Property(row => row.UsualGap).HasComment("Mean of the last of these gaps, in active time; null before the first.");
        source.Property(row => row.LongestGap).HasComment("The longest of them, which fades with a half-life of 400 days.");
        source.Property(row => row.NewsByHour).HasComment("How much news comes in each hour of the day (0 to 23, UTC): counts that fade.");
        source.Property(row => row.NewsByDay).HasComment("How much news comes on each day of the week (Sunday first, UTC): counts that fade.");
        source.Property(row => row.HoursByHour).HasComment("How long each hour of the day was watched for news, in hours that fade.");
        source.Property(row => row.HoursByDay).HasComment("How long each day of the week was watched for news, in hours that fade.");
        source.Property(row => row.IntervalCeiling).HasComment("The longest interval that is risked since entries were missed; null for none.");
        source.Property(row => row.AskedInterval).HasComment("The shortest interval that the feed asked for when it was last read; null for none.");
        source.Property(row => row.FreshFor).HasComment("How long the last answer was to be used by its caching headers; null for no time.");
        source.Property(row => row.BodyBytes).HasDefaultValue(0.0).HasComment("Bytes of bodies that the server sent: a sum that fades with each body.");
        source.Property(row => row.BodyNews).HasDefaultValue(0.0).HasComment("Entries that were new in these bodies: a sum that fades with each body.");
        source.Property(row => row.VainBodies).HasDefaultValue(0).HasComment("Bodies without news since the server last answered 304.");
        source.Property(row => row.SkipHours).HasComment("Hours (0 to 23, UTC) in which the feed asks not to be polled; null for none.");
        source.Property(row => row.SkipDays).HasComment("Days (0 Sunday to 6 Saturday, UTC) on which the feed asks not to be polled; null for none.");
        source.Property(row => row.FailureWeight).HasComment("Weight of the failures since the last success: permanent 1, server 0.5, transient 0.25.");
        source.Property(row => row.LastPolledAt).HasComment("When it was last asked.");
        source.Property(row => row.LastSuccessAt).HasComment("When it last answered usably, 304 included.");
        source.Property(row => row.LastNewsAt).HasComment("When a poll last brought a new or changed entry.");
        source.Property(row => row.LastStatus).HasComment("HTTP status of the last poll; 0 when no answer came.");
        source.Property(row => row.LastError).HasComment("Why the last poll failed; null when it did not.");
        source.Property(row => row.CreatedAt).HasComment("When the row was made.");
        source.Property(row => row.UpdatedAt).HasComment("When the configuration of the row last changed.");
    }

    public static void Map(EntityTypeBuilder<SourceEventRow> happened)
    {
        happened.ToTable("source_events", table =>
            table.HasComment("What happened to sources beyond their daily business: one row an event."));
        happened.HasKey(row => row.Id);
        happened.HasIndex(row => new { row.SourceId, row.Id });
        happened.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.SourceId);
        happened.Property(row => row.Id).UseIdentityByDefaultColumn().HasComment("Number of the event.");
        happened.Property(row => row.SourceId).HasComment("The source.");
        happened.Property(row => row.At).HasComment("When it was noticed.");
        happened.Property(row => row.Kind).HasComment($"{Words<SourceEventKind>.Listed()}.");
        happened.Property(row => row.Detail).HasComment("In words, with the old and new URL of a move.");
    }

    public static void Map(EntityTypeBuilder<HostHoldRow> hold)
    {
        hold.ToTable(
            "host_holds",
            table => table.HasComment("Sites that asked to be left alone (429, 503, Retry-After): no worker asks their hosts before, restarts or not."));
        hold.HasKey(row => row.Host);
        hold.Property(row => row.Host).HasComment(
            "Registered domain, which binds all its hosts; an address, or a name without a dot, with the port where it is not the scheme's own.");
        hold.Property(row => row.NotBefore).HasComment("The first time it may be asked again; when it was released by hand, the time of that, as set_at.");
        hold.Property(row => row.Status).HasComment("The HTTP status that asked for it.");
        hold.Property(row => row.SetAt).HasComment("When it asked, or was released.");
        hold.Property(row => row.Pause).HasComment(
            "The pause after its last refusal: it doubles with each, from a minute to an hour, until the site answers; null when it has answered since, "
                + "or said itself how long.");
    }
}
