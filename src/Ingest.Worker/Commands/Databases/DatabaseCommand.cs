using System.CommandLine;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Databases;

/// <summary><c>database migrate|index|info|reference</c>.</summary>
internal static class DatabaseCommand
{
    public static Command Create(Option<string?> config)
    {
        var migrate = new Command("migrate", "Bring the schema up to this version; with the embedded PostgreSQL, set it up first.");
        migrate.SetAction((parsed, ct) => MigrateAsync(parsed.GetValue(config), ct));
        var info = new Command("info", "Where the database is, which schema it has, and how large its tables are.");
        var format = OutputFormat.Option();
        info.Add(format);
        info.SetAction((parsed, ct) => InfoAsync(parsed.GetValue(config), parsed.GetValue(format)!, ct));
        var index = new Command("index", "Bring the full-text index up to date now, as the service does all along.");
        index.SetAction((parsed, ct) => IndexAsync(parsed.GetValue(config), ct));
        var reference = new Command("reference", "Every table, view, column and function with its comment, as Markdown.");
        reference.SetAction((parsed, ct) => ReferenceAsync(parsed.GetValue(config), ct));
        return new Command("database", "Migrations, search index, reference and facts of the database.") { migrate, index, info, reference };
    }

    private static async Task<int> MigrateAsync(string? config, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct, migrate: true);
        if (session is null) return ExitCode.Failed;
        var schema = session.Schema;
        if (schema.Indexes.Count > 0) await Console.Out.WriteLineAsync($"Indexes made: {string.Join(", ", schema.Indexes)}.");
        if (schema.Applied.Count > 0) await Console.Out.WriteLineAsync($"Migrations applied: {string.Join(", ", schema.Applied)}.");
        if (schema.Made.Count > 0) await Console.Out.WriteLineAsync($"Functions and views made or replaced: {string.Join(", ", schema.Made)}.");
        if (schema.NewerObjects is { } newer) await Console.Out.WriteLineAsync($"Its functions and views are those of version {newer}, and stay.");
        if (schema.Rebased is { } rebased)
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Restored from another server: {rebased} changes got numbers of this one; who follows changes_since begins again with an empty cursor."));
        await Console.Out.WriteLineAsync($"The schema of {session.Services.GetRequiredService<Database>().Name} is current.");
        return ExitCode.Ok;
    }

    private static async Task<int> IndexAsync(string? config, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var scope = session.Services.GetRequiredService<IOptions<SearchOptions>>().Value.Scope;
        var taken = await CatchUpAsync(session.Services, scope, ct);
        var backlog = await ChangeBacklog.LoadAsync(session.Services.GetRequiredService<Database>(), ct);
        await Console.Out.WriteLineAsync(Indexed(scope, taken, backlog));
        return ExitCode.Ok;
    }

    private static async Task<long> CatchUpAsync(IServiceProvider services, SearchScope scope, CancellationToken ct)
    {
        var (index, database) = (services.GetRequiredService<SearchIndex>(), services.GetRequiredService<Database>());
        Task<long>? counting = null;
        await using var progress = Progress.Begin(() =>
        {
            counting ??= LeftAsync(database, index, ct);
            return new Measure("changes", index.Taken, counting.IsCompletedSuccessfully ? counting.Result : null);
        });
        return await index.CatchUpAsync(scope, ct);
    }

    // Those that were taken in before they were counted are done, and of the whole.
    private static async Task<long> LeftAsync(Database database, SearchIndex index, CancellationToken ct)
    {
        var before = index.Taken;
        await using var command = database.DataSource.CreateCommand(
            "select count(*) from ingest.article_changes c, ingest.search_progress p where (c.xid, c.id) > (p.xid, p.change_id)");
        return before + (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string Indexed(SearchScope scope, long taken, ChangeBacklog backlog) => scope switch
    {
        SearchScope.Off => "There is no search index: Ingest:Search:Scope is Off.",
        _ when backlog.Held > 0 => string.Create(
            CultureInfo.InvariantCulture,
            $"{Plural.Of(taken, "change")} taken in; the search index ({scope}) is not up to date: {backlog.Words(TimeProvider.System.GetUtcNow())}. ")
            + "They are taken in when it ends.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Plural.Of(taken, "change")} taken in; the search index ({scope}) is up to date."),
    };

    private static async Task<int> ReferenceAsync(string? config, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        await Console.Out.WriteAsync(await new SchemaReference(session.Services.GetRequiredService<Database>()).WriteAsync(ct));
        return ExitCode.Ok;
    }

    private static async Task<int> InfoAsync(string? config, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var database = session.Services.GetRequiredService<Database>();
        List<StatusFact> facts = [new("database", database.Name)];
        await using var command = database.DataSource.CreateCommand(
            """
            select name, value from (
              select 1 as place, 'schema' as name, ingest.schema_version() as value union all select 2, 'server', version() union all
              select 3, t.relname, pg_size_pretty(sum(pg_total_relation_size(c.oid))) from pg_class c
                join pg_class t on t.oid = coalesce(pg_partition_root(c.oid), c.oid)
                where c.relnamespace = 'ingest'::regnamespace and c.relkind in ('r', 'p') group by t.relname) f
            order by place, name
            """);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) facts.Add(new StatusFact(reader.GetString(0), reader.GetString(1)));
        }

        facts.AddRange((await ChangeBacklog.LoadAsync(database, ct)).Facts(TimeProvider.System.GetUtcNow()));
        facts.AddRange(await ReplicaLag.FactsAsync(session.Services.GetRequiredService<ReadingDatabase>(), ct));
        ListOutput.Write(facts, format, [new("fact", static fact => fact.Name), new("value", static fact => fact.Value)]);
        return ExitCode.Ok;
    }
}
