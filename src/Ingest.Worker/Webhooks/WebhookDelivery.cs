using System.Threading.Tasks;
using Ingest.Worker.Storage.Hooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Webhooks;

/// <summary>
/// Delivers what a webhook is to be told, each at least once, and what is about one article or source in its order. How far it is stands in the database only
/// after the receiver has taken it.
/// </summary>
internal sealed partial class WebhookDelivery(
    HookStore store, WebhookPost post, IConfiguration configuration, TimeProvider time, ILogger<WebhookDelivery> log)
{
    private const int BatchSize = 100, Lanes = 4;

    // A message that the receiver finds fault with so often is left out, so that those behind it go on.
    private const int MostRefusals = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromHours(1), LongestAsked = TimeSpan.FromDays(1);

    // A webhook with much to do leaves the next look to the next run, so that changed settings count.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(30), CaughtUpEvery = TimeSpan.FromMinutes(1);

    private bool hadAny = true;

    private readonly record struct Item(string Cursor, WebhookMessage? Message);

    /// <summary>Gives each webhook of the settings its turn.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var hooks = WebhookList.Read(configuration).Hooks.Where(static hook => hook.IsEnabled).ToList();
        if (hooks.Count == 0 && !hadAny) return;
        var places = await store.LoadPlacesAsync([.. hooks.Select(static hook => (hook.Name, hook.Url))], time.GetUtcNow(), ct);

        // What left the settings is marked so once.
        hadAny = hooks.Count > 0;
        await Task.WhenAll(
            from hook in hooks
            join place in places on hook.Name equals place.Name
            select RunAsync(hook, place, ct));
    }

    // Delivers until nothing is left, something fails, or its turn is over.
    private async Task RunAsync(Webhook hook, HookPlace place, CancellationToken ct)
    {
        if (place.NextAttemptAt > time.GetUtcNow()) return;
        var (secret, fault) = await WebhookSecret.ReadAsync(hook.Secret, ct);
        if (secret is null)
        {
            await store.SaveAsync(place, isOfEvents: false, Later(place, new HookProgress(place.Cursor, 0), fault!, null), time.GetUtcNow(), ct);
            LogFailed(log, hook.Name, fault!);
            return;
        }

        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < Turn)
        {
            var items = await ChangesAsync(hook, place, ct);
            if (items is null) return;
            var isOfEvents = items.Count == 0;
            if (isOfEvents) items = await EventsAsync(hook, place, ct);
            if (items.Count == 0)
            {
                if (time.GetUtcNow() - place.CaughtUpAt > CaughtUpEvery) await store.CaughtUpAsync(hook.Name, time.GetUtcNow(), ct);
                return;
            }

            if (await DeliverAsync(hook, place, secret, items, isOfEvents, ct) is not { } next) return;
            place = next;
        }
    }

    private async Task<List<Item>?> ChangesAsync(Webhook hook, HookPlace place, CancellationToken ct)
    {
        if (await store.LoadChangesAsync(place.Cursor, BatchSize, hook.Query, ct) is { } changes)
            return [.. changes.Select(change => new Item(change.Cursor, hook.Of(change)))];
        const string reason = "its place in the log of changes is gone, as after a restore: it goes on with what happens from now on";
        await store.RestartAsync(hook.Name, reason, ct);
        LogFailed(log, hook.Name, reason);
        return null;
    }

    private async Task<List<Item>> EventsAsync(Webhook hook, HookPlace place, CancellationToken ct) =>
        [.. (await store.LoadEventsAsync(place.EventCursor, BatchSize, ct)).Select(happened => new Item(happened.Cursor, hook.Of(happened)))];

    // Null when something failed, or somebody else has moved it.
    private async Task<HookPlace?> DeliverAsync(Webhook hook, HookPlace place, WebhookSecret secret, List<Item> items, bool isOfEvents, CancellationToken ct)
    {
        var ended = new PostOutcome?[items.Count];
        var failed = 0;

        // What failed before is tried alone: those behind it would be delivered again each time.
        var lanes = place.Attempts > 0 ? 1 : Lanes;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            for (var i = 0; i < items.Count && Volatile.Read(ref failed) == 0; i++)
            {
                if (items[i].Message is not { } message || LaneOf(message, lanes) != lane) continue;
                ended[i] = await post.SendAsync(hook.Url, message, secret, ct);
                if (ended[i] is not PostOutcome.Delivered) Volatile.Write(ref failed, 1);
            }
        }));
        var first = Enumerable.Range(0, items.Count).FirstOrDefault(i => items[i].Message is not null && ended[i] is not PostOutcome.Delivered, items.Count);
        var sent = ended.Count(static one => one is PostOutcome.Delivered);
        var progress = new HookProgress(first == 0 ? Before(place, isOfEvents) : items[first - 1].Cursor, sent);
        if (first < items.Count) progress = AfterFailure(hook, first == 0 ? place : place with { Attempts = 0 }, progress, items, ended, first);
        if (!await store.SaveAsync(place, isOfEvents, progress, time.GetUtcNow(), ct) || progress.Error is not null) return null;
        return isOfEvents
            ? place with { EventCursor = progress.Cursor, Attempts = 0 }
            : place with { Cursor = progress.Cursor, Attempts = 0 };
    }

    private HookProgress AfterFailure(
        Webhook hook, HookPlace place, HookProgress progress, List<Item> items, IReadOnlyList<PostOutcome?> ended, int first)
    {
        // Another lane may have failed at a later one, before this one's turn came.
        var outcome = ended[first] ?? ended.First(static one => one is not (null or PostOutcome.Delivered));
        if (outcome is PostOutcome.Disabled)
        {
            LogDisabled(log, hook.Name);
            return progress with { Error = "the receiver answered 410: it wants nothing any more", IsDisabled = true };
        }

        var failed = (PostOutcome.Failed)outcome!;
        LogFailed(log, hook.Name, failed.Reason);
        if (!failed.IsRefusal || ended[first] is null || place.Attempts + 1 < MostRefusals) return Later(place, progress, failed.Reason, failed.After);
        LogGivenUp(log, hook.Name, items[first].Message!.Id, failed.Reason);
        return progress with { Cursor = items[first].Cursor, Error = failed.Reason, GaveUp = true };
    }

    private HookProgress Later(HookPlace place, HookProgress progress, string reason, TimeSpan? asked)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(place.Attempts, 20)));
        if (asked is { } wished && wished > pause) pause = wished < LongestAsked ? wished : LongestAsked;

        // A tenth more or less, so that webhooks which failed together do not come together.
        pause *= 0.9 + (Random.Shared.NextDouble() * 0.2);
        return progress with { Error = reason, Attempts = place.Attempts + 1, NextAttemptAt = time.GetUtcNow() + pause };
    }

    private static string Before(HookPlace place, bool isOfEvents) => isOfEvents ? place.EventCursor : place.Cursor;

    private static int LaneOf(WebhookMessage message, int lanes) => (int)((uint)message.About.GetHashCode(StringComparison.Ordinal) % lanes);

    [LoggerMessage(1050, LogLevel.Warning, "Webhook {Webhook}: {Failure}")]
    private static partial void LogFailed(ILogger logger, string webhook, string failure);

    [LoggerMessage(1051, LogLevel.Warning, "Webhook {Webhook} is disabled: its receiver answered 410. Another Url in the settings begins again")]
    private static partial void LogDisabled(ILogger logger, string webhook);

    [LoggerMessage(1052, LogLevel.Error, "Webhook {Webhook}: the message {Id} is given up, so that those behind it go on: {Failure}")]
    private static partial void LogGivenUp(ILogger logger, string webhook, string id, string failure);
}
