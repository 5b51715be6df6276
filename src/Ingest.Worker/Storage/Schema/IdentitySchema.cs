using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ingest.Worker.Storage.Schema;

/// <summary>
/// Tables <c>article_revisions</c>, <c>article_aliases</c>, <c>article_links</c>, <c>stories</c>, <c>article_shingles</c> and <c>article_sketches</c>.
/// </summary>
internal static class IdentitySchema
{
    private static readonly NameReason[] OfAliases =
        [NameReason.Canonical, NameReason.Redirect, NameReason.Moved, NameReason.Republished, NameReason.Duplicate];

    private static readonly NameReason[] OfLinks = [NameReason.Guid, NameReason.Canonical, NameReason.Redirect];

    public static void Map(EntityTypeBuilder<RevisionRow> revision)
    {
        revision.ToTable("article_revisions", table =>
        {
            table.HasComment("Texts that articles had before the present one: one row a superseded version.");
            table.HasCheckConstraint("ck_article_revisions_kind", "kind in ('revised', 'merged')");
        });
        revision.HasKey(row => row.Id);
        revision.HasIndex(row => new { row.ArticleId, row.Id });
        revision.HasOne<ArticleRow>().WithMany().HasForeignKey(row => row.ArticleId).OnDelete(DeleteBehavior.Cascade);
        revision.Property(row => row.Id).UseIdentityByDefaultColumn().HasComment("Number of the row; grows with the order of insertion.");
        revision.Property(row => row.ArticleId).HasComment("The article.");
        revision.Property(row => row.Revision).HasComment("Which version of the text this was, from 1.");
        revision.Property(row => row.Kind).HasComment(
            "revised (superseded by what the publisher wrote later) or merged (the text of another row that proved to be the same article).");
        revision.Property(row => row.Url).HasComment("Canonical URL as published then.");
        revision.Property(row => row.Title).HasComment("Title then.");
        revision.Property(row => row.Headline).HasComment("Headline then.");
        revision.Property(row => row.Description).HasComment("Description then.");
        revision.Property(row => row.Body).HasComment("Body then.");
        revision.Property(row => row.PublishedAt).HasComment("The moment of publication stated then.");
        revision.Property(row => row.ModifiedAt).HasComment("The moment of the last modification stated then.");
        revision.Property(row => row.ContentHash).HasComment("XXH128 of the text's letters and digits alone: a text that comes back is known by it.");
        revision.Property(row => row.ValidFrom).HasComment("When this version was first seen.");
        revision.Property(row => row.ValidTo).HasComment("When the next version was first seen.");
        revision.Property(row => row.ChangedFields).HasComment("What the next version changed: title, headline, description, body.");
        revision.Property(row => row.ChangedWords).HasComment("How many words the next version added or took away.");
        revision.Property(row => row.ChangedXid).HasColumnType("xid8")
            .HasDefaultValueSql("pg_current_xact_id()")
            .HasComment("The transaction that superseded this version.");
    }

    public static void Map(EntityTypeBuilder<AliasRow> alias)
    {
        alias.ToTable("article_aliases", table =>
        {
            table.HasComment("Further URLs of articles: links that moved, redirects, canonical links found on pages, duplicates that were dropped.");
            table.HasCheckConstraint("ck_article_aliases_reason", Words<NameReason>.Condition("reason", OfAliases));
        });
        alias.HasKey(row => row.AliasKey);
        alias.HasIndex(row => row.ArticleKey);
        alias.Property(row => row.AliasKey).HasComment("XXH128 of the folded further URL; never the key of an article.");
        alias.Property(row => row.ArticleKey).HasComment("The article; joins articles.article_key.");
        alias.Property(row => row.Url).HasComment("The further URL.");
        alias.Property(row => row.Reason).HasComment($"{Words<NameReason>.Listed(OfAliases)}.");
        alias.Property(row => row.MergedId).HasComment("Number of the row in articles that was merged into this article; null when there was none.");
        alias.Property(row => row.NoticedAt).HasComment("When it was noticed.");
    }

    public static void Map(EntityTypeBuilder<LinkRow> link)
    {
        link.ToTable("article_links", table =>
        {
            table.HasComment("Pairs of articles that something says are one, while their texts or dates say otherwise: both are kept.");
            table.HasCheckConstraint("ck_article_links_reason", Words<NameReason>.Condition("reason", OfLinks));
        });
        link.HasKey(row => new { row.ArticleKey, row.OtherKey });
        link.HasIndex(row => row.OtherKey);
        link.Property(row => row.ArticleKey).HasComment("The later article; joins articles.article_key.");
        link.Property(row => row.OtherKey).HasComment("The earlier article; joins articles.article_key.");
        link.Property(row => row.Reason).HasComment(
            "guid (both had it in one source), canonical (the page of one names the other) or redirect (one leads to the other).");
        link.Property(row => row.NoticedAt).HasComment("When it was noticed.");
    }

    public static void Map(EntityTypeBuilder<StoryRow> story)
    {
        story.ToTable(
            "stories", table => table.HasComment("Groups of near-duplicates: articles of the same text, from whatever source; joined by articles.story_id."));
        story.HasKey(row => row.Id);
        story.Property(row => row.Id).ValueGeneratedNever().HasComment(
            "Number of the story: that of the article that leads it, the first seen; where that was removed, the last of those that were left.");
        story.Property(row => row.Articles).HasComment("How many articles tell it, two or more.");
        story.Property(row => row.FirstSeenAt).HasComment("When its first article was stored.");
        story.Property(row => row.LastSeenAt).HasComment("When the last article joined.");
    }

    public static void Map(EntityTypeBuilder<ShingleRow> shingle)
    {
        shingle.ToTable(
            "article_shingles", table => table.HasComment("Index for near-duplicates: a few word groups of each recent article's text, chosen by their hash."));
        shingle.HasKey(row => new { row.Shingle, row.Day, row.ArticleId });
        shingle.HasIndex(row => row.Day).HasMethod("brin");
        shingle.Property(row => row.Shingle).HasComment("Hash of a group of neighbouring words; of letters in scripts without spaces.");
        shingle.Property(row => row.Day).HasComment(
            "Day (UTC) on which the text was stored, for an imported article its day of publication; rows past the window of Ingest:Duplicates are removed.");
        shingle.Property(row => row.ArticleId).HasComment("The article; joins articles.id.");
    }

    public static void Map(EntityTypeBuilder<SketchRow> sketch)
    {
        sketch.ToTable(
            "article_sketches",
            table => table.HasComment("A sample of each recent article's text, by which most texts that share only a part are told apart without being read."));
        sketch.HasKey(row => row.ArticleId);
        sketch.HasIndex(row => row.Day).HasMethod("brin");
        sketch.Property(row => row.ArticleId).ValueGeneratedNever().HasComment("The article; joins articles.id.");
        sketch.Property(row => row.Day).HasComment("Day as in article_shingles; rows past the window of Ingest:Duplicates are removed.");
        sketch.Property(row => row.Groups).HasComment("How many different groups of neighbouring words the text has.");
        sketch.Property(row => row.Smallest).HasComment("Hashes of the 64 smallest groups, four bytes each.");
        sketch.Property(row => row.Shingles).HasComment(
            "What article_shingles holds of the text; null for a text that an earlier version of the worker stored: its rows there go with their window.");
    }
}
