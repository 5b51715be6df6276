using System.Globalization;
using System.Text;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>A source of a temperament on an origin: its news at a simulated time, and what it answers.</summary>
internal sealed class SimulatedFeed
{
    private static readonly TimeSpan History = TimeSpan.FromDays(40);

    private const string Short = "What happened, in short.";

    private readonly string name;
    private readonly string text;
    private readonly Uri root;
    private readonly TimeProvider clock;
    private readonly List<DateTimeOffset> news = [];

    public SimulatedFeed(Temperament temperament, string name, Uri root, TimeProvider clock, int days)
    {
        (Temperament, this.name, this.root, this.clock) = (temperament, name, root, clock);

        // One seed a temperament, so that two sources of it have the same news.
        var random = new Random(temperament.Name.Sum(static letter => letter));
        for (var day = Temperament.Start - History; day < Temperament.Start.AddDays(days); day = day.AddDays(1)) news.AddRange(OfDay(random, day));
        text = new string('.', temperament.EntryLength - Short.Length);
        if (news.Count == 0) news.AddRange([Temperament.Start.AddYears(-2), Temperament.Start.AddYears(-2).AddDays(3)]);
    }

    public Temperament Temperament { get; }

    public string Name => name;

    public Uri Url => new(root, "feed");

    /// <summary>The entries of the month: their URL and when they came.</summary>
    public IEnumerable<(string Url, DateTimeOffset At)> News => news.Select((at, i) => (UrlOf(i), at)).Where(static entry => entry.at >= Temperament.Start);

    public Reply? Answer(string path)
    {
        var now = clock.GetUtcNow();
        if (path.StartsWith("archive", StringComparison.Ordinal)) return Archive(int.Parse(path[7..], CultureInfo.InvariantCulture));
        if (path is not ("feed" or "moved" or "today")) return null;
        if (Temperament.Instead?.Invoke(path, (now - Temperament.Start).TotalDays) is { } instead) return instead;
        var count = news.Count(at => at <= now);
        var reply = Reply.Feed(Document(Math.Max(0, count - Temperament.Shown), count, Temperament.HasArchives ? (count - 1) / 50 : 0)) with { AlwaysNotModified = Temperament.Lies };
        if (Temperament.HasValidators)
            reply = reply.ETag(string.Create(CultureInfo.InvariantCulture, $"\"{count}\"")).LastModified(news[Math.Max(0, count - 1)].ToString("R", CultureInfo.InvariantCulture));
        foreach (var (field, value) in Temperament.Fields) reply = reply.Header(field, value);
        return reply;
    }

    private Reply Archive(int number) => Reply.Feed(Document((number - 1) * 50, number * 50, number - 1));

    private string Document(int from, int to, int previous)
    {
        var text = new StringBuilder($"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{name}</title><link>{root}</link>{Temperament.Channel}""");
        if (Temperament.HasArchives && previous > 0) text.Append(CultureInfo.InvariantCulture, $"""<atom:link rel="prev-archive" href="{root}archive{previous}"/>""");
        for (var i = Math.Min(to, news.Count) - 1; i >= from; i--)
            text.Append(CultureInfo.InvariantCulture, $"<item><title>News {i} of {name}</title><link>{UrlOf(i)}</link><guid>{UrlOf(i)}</guid><pubDate>{news[i]:R}</pubDate><description>{Short}{this.text}</description></item>");
        return text.Append("</channel></rss>").ToString();
    }

    private string UrlOf(int i) => string.Create(CultureInfo.InvariantCulture, $"https://{name}.example/news/{i}.html");

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
