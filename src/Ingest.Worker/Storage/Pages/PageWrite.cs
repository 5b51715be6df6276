using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Pages;

/// <summary>Turns a page that was read into what is to be written, inside the transaction that writes it.</summary>
internal sealed class PageWrite(NpgsqlConnection connection, DuplicateSearch duplicates, DuePage page, PageOutcome.Read read, DateTimeOffset now)
{
    private readonly List<NpgsqlBatchCommand> commands = [];

    /// <summary>Reads what is needed to decide, and gives the statements.</summary>
    public async Task<IReadOnlyList<NpgsqlBatchCommand>> PrepareAsync(CancellationToken ct)
    {
        var identity = await IdentifyAsync(ct);
        var article = identity.Links.Any(static link => link.Reason == NameReason.Canonical) ? read.Article with { Url = read.FinalUrl } : read.Article;
        var stored = await LockedArticle.LoadAsync(connection, [page.Key, identity.Article], ct);
        var row = new StoredArticle(identity.Article, article, PageState.Read);

        // The other article may have been read itself; its own text counts then.
        var target = stored.GetValueOrDefault(identity.Article);
        var counts = identity.Merged is null || target?.PageState != PageState.Read;
        if (counts) await WriteAsync(row, target, ct);
        if (counts) commands.Add(PageValidators.Save(identity.Article.Value, read.Validators, now));
        foreach (var alias in identity.Aliases) commands.AddRange(MergeSql.Commands(alias.Key, identity.Article, alias.Url, alias.Reason, now));
        if (identity.Merged is { } reason) commands.AddRange(MergeSql.Commands(page.Key, identity.Article, page.Url, reason, now));
        if (identity.Links.Count > 0) commands.Add(KeySql.Links(identity.Links, now));
        commands.Add(new NpgsqlBatchCommand("delete from ingest.page_queue where article_key in ($1, $2)").Add(page.Key.Value, NpgsqlDbType.Uuid).Add(
            identity.Article.Value, NpgsqlDbType.Uuid));
        return commands;
    }

    private async Task<PageIdentity> IdentifyAsync(CancellationToken ct)
    {
        var names = PageIdentity.Names(read.Article.Url, read.FinalUrl);
        var others = names.Where(name => name.Key != page.Key).Select(static name => name.Key).ToList();
        var known = others.Count == 0 ? [] : await IdentityQueries.NamedAsync(connection, others, ct);
        return PageIdentity.Choose(page.Key, read.Article.Title, read.Article.Description + "\n\n" + read.Article.Body, names, known);
    }

    private async Task WriteAsync(StoredArticle row, LockedArticle? stored, CancellationToken ct)
    {
        var replacement = stored is null ? null : Replacement.Of(row, stored);
        if (replacement is { IsWritten: false })
        {
            commands.Add(new NpgsqlBatchCommand("""
                update ingest.articles set page_error = null, gone_at = null, gone_reason = null,
                  updated_at = case when gone_at is null then updated_at else $2 end
                where id = $1 and (page_error is not null or gone_at is not null)
                """).Add(stored!.Id, NpgsqlDbType.Bigint).Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz));
            return;
        }

        var found = await duplicates.FindAsync(
            connection,
            [new FromSource<StoredArticle>(stored is null ? page.SourceId : stored.SourceId, row)],
            _ => DateOnly.FromDateTime(now.UtcDateTime),
            ct);
        var match = found.Links.Count > 0 ? found.Links[0] : null;
        if (match is not null && duplicates.Options.Mode == DuplicatesMode.Drop && (stored is null || stored is { IsComplete: false, StoryId: null }))
        {
            commands.AddRange(MergeSql.Commands(row.Key, match.Other, row.Article.Url, NameReason.Duplicate, now));
            return;
        }

        if (replacement is null) commands.Add(ArticleSql.Own.Insert([new FromSource<StoredArticle>(page.SourceId, row)], now));
        else
        {
            if (replacement.IsRevision) commands.Add(RevisionSql.Keep([replacement], now));
            commands.Add(ArticleSql.Own.Replace([replacement], now));
        }

        if (found.Samples.Count > 0) commands.Add(StorySql.Index(found.Samples));
        if (match is not null && duplicates.Options.Mode == DuplicatesMode.Link) commands.AddRange(StorySql.Join(found.Links, now));
    }
}
