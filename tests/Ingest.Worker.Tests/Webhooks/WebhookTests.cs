using System.Globalization;
using System.Text;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Webhooks;

namespace Ingest.Worker.Tests.Webhooks;

/// <summary>Webhooks tell what happened, each thing at least once and in its order, whatever dies or refuses meanwhile.</summary>
public sealed class WebhookTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_an_article_is_told_in_its_order_and_signed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url);
        foreach (var sql in (string[])
            ["update ingest.articles set revision = 2, title = 'News, corrected'", "update ingest.articles set retracted_at = now(), retraction = 'a mark'",
             "delete from ingest.articles"])
        {
            if (receiver.Taken.Count == 0) await worker.AddAsync("paper", 1, title: "Grüße 漢字 <b>");
            await worker.DeliverAsync();
            await worker.Rooms.RowsAsync(sql);
        }

        await worker.DeliverAsync();

        receiver.Taken.Select(static message => message.Type).ShouldBe(["article.added", "article.revised", "article.retracted", "article.removed"]);
        receiver.Taken.Select(static message => message.Id).ShouldBeUnique();
        var added = receiver.Taken[0];
        added.Body.ShouldContain("Grüße 漢字 <b> 1");
        foreach (var (name, value) in ((string, string)[])
            [("title", "Grüße 漢字 <b> 1"), ("source", "paper"), ("published_on", "2026-01-02"), ("language", "en"), ("description", "In short.")])
            added.Data.GetProperty(name).GetString().ShouldBe(value);
        added.Data.GetProperty("tags")[0].GetString().ShouldBe("local");
        foreach (var message in receiver.Taken)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.At, CultureInfo.InvariantCulture));
            message.Signature.ShouldBe(WebhookSecret.Of(WebhookWorker.Secret)!.Sign(message.Id, at, Encoding.UTF8.GetBytes(message.Body)));
        }

        (await worker.PlaceAsync("sent, failed, attempts, last_error")).ShouldBe("4|0|0|");
        (await worker.Rooms.Get<StatusStore>().LoadAsync(worker.Rooms.Clock.GetUtcNow(), Ct)).Single(static fact => fact.Name == "webhook chat")
            .Value.ShouldBeOfType<string>().ShouldStartWith("4 sent, the last at ");
    }

    [Fact]
    public async Task Filters_choose_by_source_tag_language_question_and_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = await WebhookWorker.StartAsync(
            database.ConnectionString, receiver.Url + "/all",
            ("Ingest:Webhooks:chat:Events:0", "article.added"), ("Ingest:Webhooks:chat:Events:1", "source.silent"),
            ("Ingest:Webhooks:chat:Sources:0", "Paper"), ("Ingest:Webhooks:chat:Tags:0", "local"),
            ("Ingest:Webhooks:chat:Languages:0", "de"), ("Ingest:Webhooks:chat:Query", "harbours -fog"));
        await worker.AddAsync("paper", 1, "Harbour wanted", "de-AT");
        await worker.AddAsync("radio", 1, "Harbour of another source", "de");
        await worker.AddAsync("paper", 1, "Harbour in another language", "en");
        await worker.AddAsync("paper", 1, "Harbour in the fog", "de");
        await worker.AddAsync("paper", 1, "Something else", "de");
        await worker.Rooms.RowsAsync("""
            update ingest.articles set revision = 2;
            insert into ingest.source_events (source_id, at, kind, detail) select id, now(), k, 'in words' from ingest.sources, unnest(array['silent', 'moved']) k;
            """);

        await worker.DeliverAsync();

        receiver.Taken.Select(static message => $"{message.Type} {Said(message)}").ShouldBe(["article.added Harbour wanted 1", "source.silent in words"]);
        receiver.Taken[1].Data.GetProperty("source").GetString().ShouldBe("paper");
        await worker.DeliverAsync();
        receiver.Taken.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("failing", "source.failing")]
    [InlineData("silent", "source.silent")]
    [InlineData("heard", "source.recovered")]
    [InlineData("drifting", "source.drifting")]
    [InlineData("entries_missed", "source.missing_entries")]
    [InlineData("recovered", "source.recovered")]
    [InlineData("moved", "source.moved")]
    [InlineData("gone", "source.gone")]
    [InlineData("validators_doubted", null)]
    public void Events_of_sources_have_their_types(string kind, string? type)
    {
        var hook = new Webhook("chat", new Uri("https://example.com/"), "env:X");
        var message = hook.Of(new Worker.Storage.Hooks.HookSourceEvent(
            "0123abcd.1.7", 7, Ingest.Text.Words<Worker.Storage.Words.SourceEventKind>.Read(kind), DateTimeOffset.UnixEpoch, "why", "paper", "https://x/", []));
        if (type is null) message.ShouldBeNull();
        else Encoding.UTF8.GetString(message.ShouldNotBeNull().Payload).ShouldStartWith($$"""{"type":"{{type}}","timestamp":"1970-01-01T00:00:00+00:00",""");
    }

    [Fact]
    public async Task A_delivery_that_dies_in_the_middle_loses_nothing_and_keeps_the_order_of_each_article()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using (var dying = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url))
        {
            await dying.AddAsync("paper", 150);
            foreach (var revision in (int[])[2, 3])
                await dying.Rooms.RowsAsync(string.Create(CultureInfo.InvariantCulture, $"update ingest.articles set revision = {revision}"));
            using var death = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var left = 130;
            receiver.Answer = _ =>
            {
                // What was under way when it dies may have been taken.
                if (Interlocked.Decrement(ref left) == 0) death.Cancel();
                return 204;
            };
            await Should.ThrowAsync<OperationCanceledException>(() => dying.DeliverAsync(death.Token));
            (await dying.PlaceAsync("sent")).ShouldBe("100");
        }

        await using (var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url)) await worker.DeliverAsync();

        var changes = receiver.Taken.GroupBy(static message => message.Id).ToList();
        changes.Count.ShouldBe(450);
        receiver.Taken.Count.ShouldBeGreaterThan(450);
        foreach (var article in receiver.Taken.GroupBy(static message => message.Data.GetProperty("id").GetInt64()))
            article.DistinctBy(static message => message.Id).Select(static message => message.Type)
                .ShouldBe(["article.added", "article.revised", "article.revised"]);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_later_and_later_and_one_that_refuses_a_message_loses_only_that()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url);
        await worker.AddAsync("paper", 3);
        receiver.Answer = static _ => 503;
        foreach (var (attempts, least, most) in ((int, double, double)[])[(1, 4, 6), (2, 8, 12), (3, 16, 24)])
        {
            await worker.DeliverAsync();
            (await worker.PlaceAsync("attempts, last_error")).ShouldBe($"{attempts}|the receiver answered 503");
            await WaitsAsync(worker, least, most);
        }

        receiver.RetryAfter = "600";
        await worker.DeliverAsync();
        await WaitsAsync(worker, 500, 700);
        await worker.DeliverAsync();
        receiver.RetryAfter = "99999999";
        worker.Rooms.Clock.Shift += TimeSpan.FromHours(1);
        await worker.DeliverAsync();
        await WaitsAsync(worker, 77_000, 96_000);
        receiver.Taken.ShouldBeEmpty();

        receiver.Answer = static message => Said(message).EndsWith('2') ? 422 : 204;
        receiver.RetryAfter = null;
        for (var i = 0; i < 9; i++)
        {
            worker.Rooms.Clock.Shift += TimeSpan.FromDays(1);
            await worker.DeliverAsync();
        }

        receiver.Taken.Select(Said).Distinct().ShouldBe(["News 1", "News 3"], ignoreOrder: true);
        (await worker.PlaceAsync("given_up, attempts, state")).ShouldBe("1|0|active");
    }

    [Fact]
    public async Task One_that_answers_410_is_told_nothing_more_until_it_has_another_address()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using (var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url))
        {
            receiver.Answer = static _ => 410;
            await worker.AddAsync("paper", 1);
            await worker.DeliverAsync();
            receiver.Answer = static _ => 204;
            worker.Rooms.Clock.Shift = TimeSpan.FromDays(2);
            await worker.DeliverAsync();
            (await worker.PlaceAsync("state, last_error")).ShouldBe("disabled|the receiver answered 410: it wants nothing any more");
        }

        await using var moved = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url + "/new");
        receiver.Taken.Select(Said).ShouldBe(["News 1"]);
    }

    [Fact]
    public async Task Private_addresses_redirects_and_a_secret_that_is_none_are_told_and_nothing_is_lost()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        foreach (var (key, value, error) in ((string, string, string)[])
            [("Ingest:Fetching:AllowedNetworks:0", "10.0.0.0/8", "127.0.0.1 is not a public address (Ingest:Fetching:AllowedNetworks)"),
             ("Ingest:Webhooks:chat:Secret", "env:THERE_IS_NONE", "the secret cannot be read: the environment variable THERE_IS_NONE is not set"),
             ("Ingest:Webhooks:chat:Url", "http://127.0.0.1:1/hook", "Connection refused"),
             ("Ingest:Webhooks:chat:Enabled", "true", "the receiver answered 302: redirects are not followed")])
        {
            receiver.Answer = static _ => 302;
            await using var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url, (key, value));
            await worker.Rooms.RowsAsync("update ingest.webhooks set attempts = 0, next_attempt_at = null");
            await worker.AddAsync("paper", 1);
            await worker.DeliverAsync();
            (await worker.PlaceAsync("last_error")).ShouldStartWith(error);
        }

        receiver.Answer = static _ => 204;
        await using var last = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url);
        last.Rooms.Clock.Shift = TimeSpan.FromHours(1);
        await last.DeliverAsync();
        receiver.Taken.Count.ShouldBe(4);
    }

    [Fact]
    public async Task After_a_restore_or_a_while_outside_the_settings_a_webhook_goes_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = await WebhookWorker.StartAsync(database.ConnectionString, receiver.Url);
        await worker.AddAsync("paper", 1);
        await worker.Rooms.RowsAsync("update ingest.webhooks set state = 'removed'");
        await worker.DeliverAsync();
        receiver.Taken.Count.ShouldBe(1);

        await worker.Rooms.RowsAsync("select ingest.rebase_changes()");
        await worker.AddAsync("paper", 1, "Between");
        await worker.DeliverAsync();
        (await worker.PlaceAsync("last_error")).ShouldStartWith("its place in the log of changes is gone");
        await worker.AddAsync("paper", 1, "After");
        await worker.Rooms.RowsAsync(
            "insert into ingest.source_events (source_id, at, kind, detail) select min(id), now(), 'gone', 'gone' from ingest.sources");
        await worker.DeliverAsync();
        receiver.Taken.Skip(1).Select(Said).ShouldBe(["After 1", "gone"]);
    }

    // As if the next attempt were due.
    private static async Task WaitsAsync(WebhookWorker worker, double least, double most)
    {
        var next = DateTimeOffset.Parse(
            await worker.PlaceAsync("to_char(next_attempt_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"), CultureInfo.InvariantCulture);
        var wait = next - worker.Rooms.Clock.GetUtcNow();
        wait.TotalSeconds.ShouldBeInRange(least - 2, most);
        worker.Rooms.Clock.Shift += wait;
    }

    private static string Said(ReceivedMessage message) =>
        (message.Data.TryGetProperty("title", out var title) ? title : message.Data.GetProperty("detail")).GetString()!;
}
