using System.Diagnostics;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// Fills a database with generated articles the fast way: no index and no trigger while they come in, and what triggers and the indexing would have
/// written is made from them afterwards.
/// </summary>
internal static class GrowthLoad
{
    private const string MakeSources = """
        insert into ingest.sources (id, name, url, configured_url, slot, state, full_text, depth, next_poll_at, next_poll_reason, failure_weight, created_at,
          updated_at, tags)
        select i + 1, 'paper-' || i, 'https://www.paper-' || i || '.example/feed', 'https://www.paper-' || i || '.example/feed', i % 1024, 'active', 'auto', 0,
          now(), 'new', 0, now(), now(), '{}'
        from generate_series(0, 1999) i on conflict do nothing
        """;

    private static readonly string[] Tables = ["articles", "article_sightings", "article_changes", "article_search"];

    public static Task AddSourcesAsync(Database database) => Sql.RunAsync(database, MakeSources);

    public static async Task RunAsync(Database database, GeneratedArticles articles, long count, Action<string> report)
    {
        await AddSourcesAsync(database);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(
            connection,
            $"truncate {string.Join(", ", Tables.Select(static table => "ingest." + table))} cascade; set local synchronous_commit = off; "
                + "set local max_parallel_maintenance_workers = 2; set local work_mem = '256MB'");
        var restore = await DropIndexesAsync(connection);
        // Not only switched off: whole rows would still be kept for them.
        restore = [.. restore, .. await DropTriggersAsync(connection)];
        var watch = Stopwatch.StartNew();
        await ArticleCopy.RunAsync(connection, "ingest.articles", Make(articles, count, report, watch), GeneratedArticles.SeenAt, CancellationToken.None);
        report(Sql.Say($"fill: {count} articles by COPY without indexes, {watch.Elapsed.TotalSeconds:0} s, {count / watch.Elapsed.TotalSeconds:0}/s"));
        await TimedAsync(
            connection,
            "fill: the log of changes",
            "insert into ingest.article_changes (xid, kind, article_id, revision) select pg_current_xact_id(), 'added', id, revision from ingest.articles",
            report);
        await TimedAsync(connection, "fill: sightings", """
            insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select source_id, article_key, article_key, url, url, title, fingerprint, first_seen_at, first_seen_at from ingest.articles
            """, report);
        await TimedAsync(connection, "fill: search documents of headlines", """
            insert into ingest.article_search (article_id, published_on, document)
            select id, published_on, ingest.search_document(published_on, language, title, headline, description, '', false) from ingest.articles
            """, report);
        foreach (var index in restore) await TimedAsync(connection, "fill: " + index, index, report);
        await RunAsync(
            connection,
            "update ingest.search_progress set scope = 'Headlines', (xid, change_id) = (select xid, id from ingest.article_changes "
                + "order by xid desc, id desc limit 1)");
        await transaction.CommitAsync();
        await TimedAsync(connection, "fill: vacuum analyze", string.Join("; ", Tables.Select(static table => "vacuum analyze ingest." + table)), report);

        // What was filled in is still on its way to the disk, and would slow what is measured next.
        await TimedAsync(connection, "fill: checkpoint", "checkpoint", report);
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    private static IEnumerable<GeneratedArticle> Make(GeneratedArticles articles, long count, Action<string> report, Stopwatch watch)
    {
        for (var number = 0L; number < count; number++)
        {
            if (number > 0 && number % 1_000_000 == 0) report(Sql.Say($"fill: {number} so far, {watch.Elapsed.TotalSeconds:0} s"));
            yield return articles.Make(number, count);
        }
    }

    // What makes each index and key again, as the catalogue tells it.
    private static async Task<IReadOnlyList<string>> DropIndexesAsync(NpgsqlConnection connection)
    {
        var drops = new List<string>();
        var restores = new List<string>();
        await using (var command = new NpgsqlCommand(
            """
            select case when c.oid is null then 'drop index ingest.' || i.relname
              else 'alter table ingest.' || t.relname || ' drop constraint ' || c.conname || ' cascade' end,
                   case when c.oid is null then pg_get_indexdef(i.oid)
                     else 'alter table ingest.' || t.relname || ' add constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid) end
            from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid left join pg_constraint c on c.conindid = i.oid
              and c.contype in ('p', 'u')
            where t.relnamespace = 'ingest'::regnamespace and t.relname = any($1)
            order by c.oid is null
            """,
            connection) { Parameters = { new() { Value = Tables } } })
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                drops.Add(reader.GetString(0));
                restores.Add(reader.GetString(1));
            }
        }

        // Keys that point at the dropped ones go with them.
        await using (var command = new NpgsqlCommand(
            "select 'alter table ' || conrelid::regclass || ' add constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint "
                + "where contype = 'f' and confrelid = any(array['ingest.articles'::regclass, 'ingest.article_sightings'::regclass])",
            connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) restores.Add(reader.GetString(0));
        }

        await RunAsync(connection, string.Join("; ", drops));
        return restores;
    }

    private static async Task<IReadOnlyList<string>> DropTriggersAsync(NpgsqlConnection connection)
    {
        var triggers = new List<(string Name, string Definition)>();
        await using (
            var command = new NpgsqlCommand(
                "select tgname, pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'ingest.articles'::regclass and not tgisinternal", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) triggers.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (name, _) in triggers) await RunAsync(connection, $"drop trigger {name} on ingest.articles");
        return [.. triggers.Select(static trigger => trigger.Definition)];
    }

    private static async Task TimedAsync(NpgsqlConnection connection, string name, string sql, Action<string> report)
    {
        var watch = Stopwatch.StartNew();
        foreach (var statement in sql.Split("; ")) await RunAsync(connection, statement);
        report(Sql.Say($"{name}: {watch.Elapsed.TotalSeconds:0} s"));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
