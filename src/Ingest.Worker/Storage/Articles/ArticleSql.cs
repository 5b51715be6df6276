using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>The statements that write articles, a set at a time.</summary>
/// <param name="table">The columns.</param>
internal sealed class ArticleSql(ArticleTable table)
{
    private readonly string insertText = SqlFile.Read("statements/insert_articles.sql", table);
    private readonly string replaceText = SqlFile.Read("statements/replace_articles.sql", table);

    /// <summary>Those of the worker's table.</summary>
    public static ArticleSql Own { get; } = new(ArticleTable.Own);

    /// <summary>Adds articles; those that exist already stay as they are.</summary>
    public NpgsqlBatchCommand Insert(IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now)
    {
        // One order for all writers, so that two of them do not wait for each other.
        var ordered = articles.OrderBy(static article => article.Row.Key.Value).ToList();
        var rows = ordered.ConvertAll(article => ArticleRows.Of(article.Row with { Article = Storable.Article(article.Row.Article) }, now));
        return table.Add(Named(insertText, rows, now).Add(ordered, NpgsqlDbType.Integer, static article => article.SourceId), rows);
    }

    /// <summary>Replaces texts; the rows are locked already.</summary>
    public NpgsqlBatchCommand Replace(IReadOnlyList<Replacement> replacements, DateTimeOffset now)
    {
        var rows = replacements.Select(one => ArticleRows.Of(one.Row, now)).ToList();
        var command = Named(replaceText, rows, now)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsRevision)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsNews)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsRevision && one.Change.IsDoubtful);
        return table.Add(command, rows);
    }

    // What both statements name themselves.
    private static NpgsqlBatchCommand Named(string text, List<ArticleRow> rows, DateTimeOffset now) => new NpgsqlBatchCommand(text)
        .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz)
        .Add(rows, NpgsqlDbType.Uuid, static row => row.ArticleKey)
        .AddDays(rows, static row => row.PublishedOn!.Value)
        .AddText(rows, static row => row.Retraction);
}
