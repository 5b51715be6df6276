using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Visits;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Tests.Fetching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>The worker's rooms as the product composes them, on a test's database, with loopback open and a clock that the test moves.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public TestWorker(
        string connectionString, IReadOnlyDictionary<string, string> settings, ResolveHost? resolve = null, ConnectAddress? connect = null,
        CertificateTrust? trust = null, Action<IServiceCollection, IConfiguration>? also = null)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Ingest:Fetching:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Ingest:Fetching:MinimumHostDelay"] = "00:00:00",
            ["Ingest:Fetching:SharedServerDelay"] = "00:00:00",
            ["Ingest:Fetching:RetryDelay"] = "00:00:00.001",
            ["Ingest:Storage:MaxConnections"] = "8",
        };
        foreach (var (key, value) in settings) configuration[key] = value;
        var rooms = new ServiceCollection();
        var settled = new ConfigurationBuilder().AddInMemoryCollection(configuration).Build();
        also?.Invoke(rooms, settled);
        services = rooms
            .AddSingleton<IConfiguration>(settled)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(resolve ?? HttpStack.ResolveAsync)
            .AddSingleton(connect ?? HttpStack.ConnectAsync)
            .AddSingleton(trust ?? new CertificateTrust())
            .AddLogging(logging => logging.AddProvider(Log))
            .AddFetching()
            .AddIngestion()
            .AddStorage(connectionString)
            .BuildServiceProvider();
    }

    /// <summary>What the worker said in the log.</summary>
    public LogOfTest Log { get; } = new();

    /// <summary>The machine's clock, put forward by what the test asks for.</summary>
    public ShiftedClock Clock { get; } = new();

    public NpgsqlDataSource DataSource => services.GetRequiredService<Database>().DataSource;

    /// <summary>One of its parts.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Synchronises the sources and visits everything once.</summary>
    public async Task<RunSummary> RunAsync(params string[] names)
    {
        var ct = TestContext.Current.CancellationToken;
        await services.GetRequiredService<SourceSync>().RunAsync(ct);
        return await services.GetRequiredService<RunOnce>().RunAsync(names, 8, CancellationToken.None, ct);
    }

    /// <summary>Why a visit of a source would take each entry for what it is; nothing is written.</summary>
    public async Task<IReadOnlyList<string>> DecisionsAsync(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        await services.GetRequiredService<SourceSync>().RunAsync(ct);
        var source = (await services.GetRequiredService<SourceStore>().LoadActiveAsync([name], ct)).Single() with { ETag = null, LastModified = null };

        // The decisions of an unchanged document are asked for as well.
        var prepared = await services.GetRequiredService<SourceVisit>().PrepareAsync(
            source with { BodyHash = source.BodyHash is null ? null : Guid.Empty }, ct);
        return [.. prepared.Decisions.Select(static decision => decision.Reason)];
    }

    /// <summary>Visits the sources that are due, and no page.</summary>
    public async Task<IReadOnlyList<VisitReport>> VisitDueAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        await services.GetRequiredService<SourceSync>().RunAsync(ct);
        var due = await services.GetRequiredService<SourceStore>().LoadDueAsync(
            new DueQuery(Worker.Sources.HostSlot.OfPartition(0, 1), Clock.GetUtcNow(), 1000), ct);
        return await services.GetRequiredService<VisitRounds>().VisitAsync(due, 8, CancellationToken.None, ct);
    }

    /// <summary>The rows of a query as text, columns separated by a bar.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Say(reader.GetValue(i)))));
        return rows;
    }

    /// <summary>Everything in the tables of articles, for comparing.</summary>
    public async Task<IReadOnlyList<string>> ArticleTablesAsync() =>
    [
        .. await RowsAsync("select a.*::text, a.xmin::text from ingest.articles a order by id"),
        .. await RowsAsync("select s.*::text, s.xmin::text from ingest.article_sightings s order by source_id, entry_key, article_key"),
        .. await RowsAsync("select q.*::text, q.xmin::text from ingest.page_queue q order by article_key"),
    ];

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static string Say(object value) =>
        value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

/// <summary>A clock that runs, and can be put forward, as if time had passed; or moved on the wall alone, as by somebody who sets it.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public TimeSpan WallShift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift + WallShift;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Shift.TotalSeconds * System.TimestampFrequency);
}
