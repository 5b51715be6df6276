using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Tests.Ingestion;
using Ingest.Worker.Webhooks;

namespace Ingest.Worker.Tests.Webhooks;

/// <summary>A worker with a webhook, and articles made on the spot.</summary>
internal sealed class WebhookWorker : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string secretFile;

    private WebhookWorker(string connectionString, string url, IEnumerable<(string Key, string Value)> settings)
    {
        secretFile = Path.GetTempFileName();
        File.WriteAllText(secretFile, Secret + "\n");
        var all = new Dictionary<string, string>
        {
            ["Ingest:Webhooks:chat:Url"] = url,
            ["Ingest:Webhooks:chat:Secret"] = "file:" + secretFile,
            ["Ingest:Sources:paper:Url"] = "http://127.0.0.1:1/paper",
            ["Ingest:Sources:paper:Tags:0"] = "local",
            ["Ingest:Sources:radio:Url"] = "http://127.0.0.1:1/radio",
        };
        foreach (var (key, value) in settings) all[key] = value;
        Rooms = new TestWorker(connectionString, all, also: static (services, _) => services.AddWebhooks());
    }

    public TestWorker Rooms { get; }

    /// <summary>A worker whose webhook has been seen, so that it tells of what follows.</summary>
    public static async Task<WebhookWorker> StartAsync(string connectionString, string url, params (string Key, string Value)[] settings)
    {
        var worker = new WebhookWorker(connectionString, url, settings);
        await worker.Rooms.Get<SourceSync>().RunAsync(TestContext.Current.CancellationToken);
        await worker.DeliverAsync();
        return worker;
    }

    public async Task DeliverAsync(CancellationToken? ct = null)
    {
        // Others' transactions on the same server hold up what is told for a moment.
        const string Settled = """
            select pg_snapshot_xmin(pg_current_snapshot()) > greatest((select max(xid) from ingest.article_changes), (select max(xid) from ingest.source_events), '0')
            """;
        while ((await Rooms.RowsAsync(Settled))[0] != "True") await Task.Delay(5, TestContext.Current.CancellationToken);
        await Rooms.Get<WebhookDelivery>().RunAsync(ct ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Adds articles of a source; their titles end in their numbers.</summary>
    public Task<IReadOnlyList<string>> AddAsync(string source, int count, string title = "News", string language = "en") => Rooms.RowsAsync($"""
        insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
          language, word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at, source_id)
        select gen_random_uuid(), 'https://news.example/' || gen_random_uuid(), '2026-01-02', 'feed', '{title} ' || i, 'feed', 'News', 'In short.', 'At length.',
          'feed-content', array['Ann'], '{language}', 2, '{"{}"}', false, gen_random_uuid(), 'none', now(), now(),
          (select id from ingest.sources where name = '{source}')
        from generate_series(1, {count}) i
        """);

    public async Task<string> PlaceAsync(string columns) => (await Rooms.RowsAsync($"select {columns} from ingest.webhooks where name = 'chat'"))[0];

    public async ValueTask DisposeAsync()
    {
        await Rooms.DisposeAsync();
        File.Delete(secretFile);
    }
}
