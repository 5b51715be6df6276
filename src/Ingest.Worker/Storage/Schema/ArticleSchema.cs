using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ingest.Worker.Storage.Schema;

/// <summary>Tables <c>articles</c> and <c>article_sightings</c>.</summary>
internal static class ArticleSchema
{
    public static void Map(EntityTypeBuilder<ArticleRow> article)
    {
        article.ToTable("articles", table =>
        {
            table.HasComment("Every article once, with its text and where each part of it came from.");
            table.HasCheckConstraint("ck_articles_page_state", "page_state in ('none', 'waiting', 'read', 'failed', 'rejected')");
        });
        article.HasKey(row => row.Id);
        article.HasIndex(row => row.ArticleKey).IsUnique();
        article.HasIndex(row => new { row.PublishedOn, row.Id }).IsDescending();
        article.HasIndex(row => new { row.SourceId, row.Id }).IsDescending();
        article.HasIndex(row => new { row.StoryId, row.Id }).HasFilter("story_id is not null");
        article.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.SourceId);
        article.Property(row => row.Id).UseIdentityByDefaultColumn().HasComment("Number of the article; grows with the order of insertion, not with the date.");
        article.Property(row => row.ArticleKey).HasComment("Identity: XXH128 of the folded URL.");
        article.Property(row => row.Url).HasComment("Canonical URL as published.");
        article.Property(row => row.SourceId).HasComment("The source that showed it first; null for an imported article.");
        article.Property(row => row.PublishedOn).HasComment("The publisher's own calendar day; the day first seen (UTC) when date_source is first_seen.");
        article.Property(row => row.PublishedAt).HasComment("The stated moment; null when only a day, or nothing, was stated.");
        article.Property(row => row.ModifiedAt).HasComment("The stated moment of the last modification; null when not stated.");
        article.Property(row => row.DateSource).HasComment(
            "Where the date came from: feed, json-ld, meta, microdata, time, url, visible, archive or first_seen.");
        article.Property(row => row.Title).HasComment("Name of the page or item, one line.");
        article.Property(row => row.TitleSource).HasComment("Where the title came from: feed, json-ld, microdata, opengraph, meta, html or archive.");
        article.Property(row => row.Headline).HasComment("schema.org headline, one line; the title where none was stated.");
        article.Property(row => row.Description).HasComment("Standfirst or summary, one line; may be empty.");
        article.Property(row => row.Body).HasComment("Paragraphs parted by one blank line; may be empty.");
        article.Property(row => row.BodySource).HasComment("Where the body came from: html, json-ld, microdata, feed-content, archive or none.");
        article.Property(row => row.Authors).HasComment("Authors as stated.");
        article.Property(row => row.Language).HasComment("BCP 47 tag, stated or detected.");
        article.Property(row => row.WordCount).HasComment("Words of the body; for scripts without spaces, their letters.");
        article.Property(row => row.ImageUrl).HasComment("Lead image.");
        article.Property(row => row.Categories).HasComment("Categories and tags as stated.");
        article.Property(row => row.Enclosures).HasColumnType("jsonb")
            .HasDefaultValueSql("'[]'")
            .HasComment("Attached files: [{\"url\", \"type\", \"length\"}].");
        article.Property(row => row.LiveBlog).HasComment("The page is a running report that goes on being written.");
        article.Property(row => row.Fingerprint).HasComment("XXH128 of title, headline, description and body.");
        article.Property(row => row.PageState).HasComment(
            "The article's page: none (not wanted), waiting, read, failed (given up) or rejected (not an article's page).");
        article.Property(row => row.PageError).HasComment("Why the page failed or was rejected.");
        article.Property(row => row.FirstSeenAt).HasComment("When the article was first stored.");
        article.Property(row => row.UpdatedAt).HasComment("When the row last changed.");
        article.Property(row => row.Revision).HasDefaultValue(1).HasComment(
            "Counts the versions of the text that the publisher showed, from 1; those before this one are in article_revisions.");
        article.Property(row => row.RevisedAt).HasComment("When this version superseded another; null for the first.");
        article.Property(row => row.DoubtfulChanges).HasDefaultValue((short)0).HasComment(
            "Revisions that changed nothing but digits or went back to an earlier text; after a few of them, more are taken for counters and clocks.");
        article.Property(row => row.ChangedXid).HasColumnType("xid8")
            .HasDefaultValueSql("pg_current_xact_id()")
            .HasComment("The transaction that added the article, completed it from its page or revised it.");
        article.Property(row => row.StoryId).HasComment("The story that the article tells together with near-duplicates; null when it stands alone.");
        article.Property(row => row.StorySimilarity).HasComment(
            "Share of the shorter text's word groups, 0 to 1, that also stand in the story's article it was matched with; null for the one that leads.");
        article.Property(row => row.RetractedAt).HasComment("When the publisher was seen to have withdrawn the article; null when it stands.");
        article.Property(row => row.Retraction).HasComment(
            "How it was withdrawn: a mark in the title, a claim of the page, or an entry of the feed that deletes it.");
        article.Property(row => row.GoneAt).HasComment(
            "When the article's page was found gone (404 or 410); null when it was not, or is back. The text is kept.");
        article.Property(row => row.GoneReason).HasComment("What the server answered when the page was gone.");
    }

    public static void Map(EntityTypeBuilder<SightingRow> sighting)
    {
        sighting.ToTable("article_sightings", table => table.HasComment("Which source showed which article, under which guid and link."));
        sighting.HasKey(row => new { row.SourceId, row.EntryKey, row.ArticleKey });
        sighting.HasIndex(row => row.ArticleKey);
        sighting.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.SourceId);
        sighting.Property(row => row.SourceId).HasComment("The source that showed it.");
        sighting.Property(row => row.EntryKey).HasComment("Identity of the entry in its source: XXH128 of its guid, or of its link.");
        sighting.Property(row => row.ArticleKey).HasComment(
            "The article; joins articles.article_key, which may not be there yet when the page is still waiting.");
        sighting.Property(row => row.Guid).HasComment("guid or id as published; null when none.");
        sighting.Property(row => row.Url).HasComment("Link as published.");
        sighting.Property(row => row.Title).HasComment("Title as published.");
        sighting.Property(row => row.Fingerprint).HasComment("XXH128 of the entry as last shown.");
        sighting.Property(row => row.FirstSeenAt).HasComment("When this source first showed it.");
        sighting.Property(row => row.ChangedAt).HasComment("When the entry last changed.");
    }
}
