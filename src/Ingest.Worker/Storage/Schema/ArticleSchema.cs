using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ingest.Worker.Storage.Schema;

/// <summary>Tables <c>articles</c> and <c>article_sightings</c>.</summary>
internal static class ArticleSchema
{
    /// <summary>Columns are what the table says; keys, indexes and defaults stand here.</summary>
    public static void Map(EntityTypeBuilder<ArticleRow> article, ArticleTable columns)
    {
        article.ToTable("articles", table =>
        {
            table.HasComment("Every article once, with its text and where each part of it came from.");
            table.HasCheckConstraint("ck_articles_page_state", Words<PageState>.Condition("page_state"));
        });
        article.HasKey(row => row.Id);
        article.Property(row => row.Id).UseIdentityByDefaultColumn();
        article.Property(row => row.Enclosures).HasConversion(static list => SqlTypes.ToJson(list), static json => SqlTypes.FromJson(json))
            .HasDefaultValueSql("'[]'");
        article.Property(row => row.Revision).HasDefaultValue(1);
        article.Property(row => row.DoubtfulChanges).HasDefaultValue((short)0);
        article.Property(row => row.ChangedXid).HasDefaultValueSql("pg_current_xact_id()");
        foreach (var column in columns.Columns)
        {
            var property = article.Property(column.ClrType, column.PropertyName);
            property.HasColumnType(column.Type).IsRequired(!column.IsNullable).HasComment(column.Comment);
        }

        article.HasIndex(row => row.ArticleKey).IsUnique();
        article.HasIndex(row => new { row.PublishedOn, row.Id }).IsDescending();
        article.HasIndex(row => new { row.SourceId, row.Id }).IsDescending();
        article.HasIndex(row => new { row.StoryId, row.Id }).HasFilter("story_id is not null");
        article.HasOne<SourceRow>().WithMany().HasForeignKey(row => row.SourceId);
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
