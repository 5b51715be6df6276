using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Configuration;

/// <summary>The table of sources and what works on it, in a database of its own.</summary>
internal sealed class SourceTable : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase owner;

    private SourceTable(TestDatabase owner)
    {
        this.owner = owner;
        Database = new Database(owner.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        Store = new SourceStore(Database);
        Control = new SourceControl(Database);
        Articles = new ArticleStore(Database, new DuplicateSearch(new DuplicatesOptions()));
    }

    public Database Database { get; }

    public SourceStore Store { get; }

    public SourceControl Control { get; }

    public ArticleStore Articles { get; }

    public string ConnectionString => owner.ConnectionString;

    public static async Task<SourceTable> CreateAsync(PostgresFixture postgres) =>
        new(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));

    /// <summary>Synchronises with the JSON map of sources.</summary>
    public Task<SourceChanges> SynchroniseAsync(string sources, DateTimeOffset? now = null)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "Ingest": { "Sources": {{sources}} } }"""));
        var list = SourceList.Read(new ConfigurationBuilder().AddJsonStream(json).Build());
        var pace = new FirstPollPace(1000, TimeSpan.MaxValue);
        return Store.SynchroniseAsync(list.Sources, list.Faulty, pace, now ?? Noon, TestContext.Current.CancellationToken);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of a query, their columns as text separated by blanks, in its order.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join(
                ' ',
                Enumerable.Range(0, reader.FieldCount).Select(
                    i => reader.IsDBNull(i) ? "-" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    public Task<IReadOnlyList<string>> StatesAsync() => ReadAsync("select name, state from ingest.sources order by name");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await owner.DisposeAsync();
    }
}
