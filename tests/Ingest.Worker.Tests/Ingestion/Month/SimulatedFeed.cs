using System.Globalization;
using System.Text;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>A source of a temperament on an origin: its news at a simulated time, and what it answers.</summary>
internal sealed class SimulatedFeed
{
    private static readonly TimeSpan History = TimeSpan.FromDays(40);

    private const string Short = "What happened, in short.";
    private const string Sentence = "On this day something happened that nobody had foreseen, and those who were there told of it for a long time. ";

    private readonly string name;
    private readonly string text;
    private readonly Uri root;
    private readonly TimeProvider clock;
    private readonly List<DateTimeOffset> news = [];
    private int answers, tokens;

    /// <summary>Makes up its news.</summary>
    /// <param name="temperament">How it behaves.</param>
    /// <param name="name">Its name.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="clock">The simulated time.</param>
    /// <param name="days">Days of news.</param>
    /// <param name="copy">Which one of its temperament: all of one number have the same news.</param>
    public SimulatedFeed(Temperament temperament, string name, Uri root, TimeProvider clock, int days, int copy)
    {
        (Temperament, this.name, this.root, this.clock) = (temperament, name, root, clock);
        var random = new Random(temperament.Name.Sum(static letter => letter) + (copy * 10_000));
        for (var day = Temperament.Start - History; day < Temperament.Start.AddDays(days); day = day.AddDays(1)) news.AddRange(OfDay(random, day));
        text = new string('.', temperament.EntryLength - Short.Length);
        if (news.Count == 0) news.AddRange([Temperament.Start.AddYears(-2), Temperament.Start.AddYears(-2).AddDays(3)]);
    }

    public Temperament Temperament { get; }

    public string Name => name;

    public Uri Url => Temperament.IsPage ? root : new(root, "feed");

    /// <summary>The entries of the month: their URL and when they came.</summary>
    public IEnumerable<(string Url, DateTimeOffset At)> News => news.Select((at, i) => (UrlOf(i), at)).Where(static entry => entry.at >= Temperament.Start);

    /// <summary>Whether a path is what is polled, or where it leads.</summary>
    public bool IsPolled(string path) => path == Url.AbsolutePath || path == root.AbsolutePath + "moved" || path == root.AbsolutePath + "today";

    /// <summary>Whether a path is an entry's page.</summary>
    public bool IsPage(string path) => path.StartsWith(root.AbsolutePath + "news/", StringComparison.Ordinal);

    public Reply? Answer(SeenRequest request)
    {
        if (request.Path == "/robots.txt") return Temperament.Robots is { } robots ? Reply.Ok(robots).ETag("\"robots\"") : null;
        if (!request.Path.StartsWith(root.AbsolutePath, StringComparison.Ordinal)) return null;
        var (path, now) = (request.Path[root.AbsolutePath.Length..], clock.GetUtcNow());
        if (path.StartsWith("archive", StringComparison.Ordinal)) return Archive(int.Parse(path[7..], CultureInfo.InvariantCulture));
        if (!IsPolled(request.Path) && !IsPage(request.Path)) return null;
        if (Temperament.Instead?.Invoke(path, (now - Temperament.Start).TotalDays) is { } instead) return instead;
        if (Temperament.IsPage) return Reply.Page("<html><head><title>At home</title></head><body><p>Nothing here.</p></body></html>").ETag("\"home\"");
        return IsPage(request.Path) ? Page(int.Parse(path[5..^5], CultureInfo.InvariantCulture), now) : Feed(request, now);
    }

    private Reply Feed(SeenRequest request, DateTimeOffset now)
    {
        var count = news.Count(at => at <= now);
        var (from, changed) = (Math.Max(0, count - Temperament.Shown), news.Count(at => IsChanged(at, now)));
        var tag = string.Create(CultureInfo.InvariantCulture, $"{count}{(changed > 0 ? "-" : "")}{(changed > 0 ? changed : "")}");
        var tagged = int.TryParse(request.Header("If-None-Match")?.Trim('"'), CultureInfo.InvariantCulture, out var seen);
        if (Temperament.SendsNews && request.Header("A-IM") == "feed" && tagged && seen >= from && seen < count)
            return Reply.Feed(Document(seen, count, 0)).Header("IM", "feed").ETag($"\"{tag}\"") with { Status = 226 };
        var reply = Reply.Feed(Document(from, count, Temperament.HasArchives ? (count - 1) / 50 : 0)) with { AlwaysNotModified = Temperament.Lies };
        if (Temperament.HasMirrors) reply = reply.ETag($"\"{(Interlocked.Increment(ref answers) % 2 == 0 ? "here" : "there")}-{tag}\"");
        if (Temperament.HasValidators) reply = reply.ETag($"\"{tag}\"").LastModified(Modified(news[Math.Max(0, count - 1)], now));
        foreach (var (field, value) in Temperament.Fields) reply = reply.Header(field, value);
        return reply;
    }

    private Reply? Page(int number, DateTimeOffset now)
    {
        if (number >= news.Count || news[number] > now) return null;
        var isChanged = number % 2 == 0 && IsChanged(news[number], now);
        var body = string.Concat(Enumerable.Range(1, 4).Select(i => $"<p>{i}. {Sentence}{(isChanged ? "It was corrected since. " : "")}{Sentence}</p>"));
        var (title, date) = ($"News {number} of {name}", news[number]);
        return Reply.Page($"""<html><head><title>{title}</title></head><h1>{title}</h1><time datetime="{date:O}">{date:R}</time><article>{body}</article></html>""")
            .ETag($"\"{number}{(isChanged ? "-corrected" : "")}\"");
    }

    private bool IsChanged(DateTimeOffset at, DateTimeOffset now) => at + Temperament.ChangesAfter <= now;

    // Of what changed, the last.
    private string Modified(DateTimeOffset newest, DateTimeOffset now)
    {
        var changed = news.LastOrDefault(at => IsChanged(at, now)) + Temperament.ChangesAfter;
        return (changed > newest ? changed.Value : newest).ToString("R", CultureInfo.InvariantCulture);
    }

    private Reply Archive(int number) => Reply.Feed(Document((number - 1) * 50, number * 50, number - 1));

    private string Document(int from, int to, int previous)
    {
        var now = clock.GetUtcNow();
        Interlocked.Increment(ref tokens);
        var text = new StringBuilder($"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{name}</title><link>{root}</link>{Temperament.Channel}""");
        if (Temperament.HasArchives && previous > 0) text.Append(CultureInfo.InvariantCulture, $"""<atom:link rel="prev-archive" href="{root}archive{previous}"/>""");
        for (var i = Math.Min(to, news.Count) - 1; i >= from; i--)
        {
            var story = Short + (IsChanged(news[i], now) ? " It was corrected." : "") + this.text + Token(FreshPart.Text, " Read so often: ");
            text.Append(CultureInfo.InvariantCulture, $"<item><title>News {i} of {name}</title><link>{UrlOf(i)}{Token(FreshPart.Link, "?s=")}</link>");
            text.Append(CultureInfo.InvariantCulture, $"<guid isPermaLink=\"false\">{UrlOf(i)}{Token(FreshPart.Guid, "#")}</guid>");
            text.Append(CultureInfo.InvariantCulture, $"<pubDate>{news[i]:R}</pubDate><description>{story}</description></item>");
        }

        return text.Append("</channel></rss>").ToString();
    }

    private string Token(FreshPart part, string before) => Temperament.Fresh == part ? string.Create(CultureInfo.InvariantCulture, $"{before}{tokens}") : "";

    private string UrlOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{(Temperament.HasPages ? root : $"https://{name}.example/")}news/{i}.html");

    private IEnumerable<DateTimeOffset> OfDay(Random random, DateTimeOffset day)
    {
        if (Temperament.Batches is { } batches) return batches(random, day);
        var times = new List<DateTimeOffset>();
        for (var minute = day; minute < day.AddDays(1); minute = minute.AddMinutes(1))
        {
            if (random.NextDouble() < Temperament.NewsPerHour(random, minute) / 60) times.Add(minute.AddSeconds(random.Next(60)));
        }

        return times;
    }
}
