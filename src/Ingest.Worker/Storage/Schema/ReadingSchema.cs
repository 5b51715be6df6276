using Ingest.Worker.Storage.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ingest.Worker.Storage.Schema;

/// <summary>What readers ask by: tables <c>article_changes</c>, <c>article_search</c>, <c>search_progress</c>, and indexes of <c>articles</c>.</summary>
internal static class ReadingSchema
{
    public static void Map(EntityTypeBuilder<ArticleRow> article)
    {
        // A hash takes a URL of any length and a third of the room of a b-tree.
        article.HasIndex(row => row.Url).HasMethod("hash");
        article.HasIndex(row => row.Authors).HasMethod("gin");
        article.HasIndex(row => row.Categories).HasMethod("gin");
        article.HasIndex(row => row.UpdatedOn);
        article.HasIndex(row => row.Host);
        article.HasIndex(row => row.Language);
        article.HasIndex(row => row.LanguageBase);
    }

    public static void Map(EntityTypeBuilder<ChangeRow> change)
    {
        change.ToTable("article_changes", table =>
        {
            table.HasComment("The log of changes to articles, kept by triggers; read it with changes_since.");
            table.HasCheckConstraint("ck_article_changes_kind", "kind in ('added', 'completed', 'revised', 'marked', 'removed')");
        });
        change.HasKey(row => new { row.Xid, row.Id });
        change.Property(row => row.Xid).HasColumnType("xid8").HasComment("The transaction that made the change.");
        change.Property(row => row.Id).UseIdentityAlwaysColumn().HasComment("Orders the changes of one transaction.");
        change.Property(row => row.Kind).HasComment(
            "added, completed (from its page), revised (by its publisher), marked (gone, retracted, joined a story) or removed.");
        change.Property(row => row.ArticleId).HasComment("The article; joins articles.id unless it was removed.");
        change.Property(row => row.Revision).HasComment("The article's version after the change.");
    }

    public static void Map(EntityTypeBuilder<SearchRow> search)
    {
        search.ToTable(
            "article_search",
            table => table.HasComment("What search() finds articles by. Filled a moment after an article changed; Ingest:Search says with what."));
        search.HasKey(row => row.ArticleId);
        search.Property(row => row.ArticleId).ValueGeneratedNever().HasComment("The article; joins articles.id.");
        search.Property(row => row.PublishedOn).HasComment("Its day.");
        search.Property(row => row.Document).HasComment("Its words with their weights, and its language, day, month and year as words that begin with @.");
    }

    public static void Map(EntityTypeBuilder<SearchProgressRow> progress)
    {
        progress.ToTable("search_progress", table =>
        {
            table.HasComment("One row: how far the search index has followed the log of changes.");
            table.HasCheckConstraint("ck_search_progress_only_row", "only_row");
        });
        progress.HasKey(row => row.OnlyRow);
        progress.Property(row => row.OnlyRow).ValueGeneratedNever().HasComment("Always true: there is one row.");
        progress.Property(row => row.Scope).HasComment("What is indexed: Off, Headlines or Body.");
        progress.Property(row => row.Xid).HasColumnType("xid8").HasComment("The last change that is indexed: its transaction.");
        progress.Property(row => row.ChangeId).HasComment("The last change that is indexed: its number.");
        progress.Property(row => row.IndexedAt).HasComment("When the index was last brought up to date.");
    }
}
