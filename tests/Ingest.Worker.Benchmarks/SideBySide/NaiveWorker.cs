using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Xml.Linq;
using Npgsql;

namespace Ingest.Worker.Benchmarks.SideBySide;

/// <summary>
/// <c>naive CONNECTION FILE feeds|pages</c>: what one writes in an afternoon. It asks each feed of the file with its entity tag, parses it with XDocument and
/// inserts what is new, and with <c>pages</c> the text that SmartReader finds on each entry's page. It knows no politeness, changes, duplicates or dates.
/// </summary>
internal static class NaiveWorker
{
    private const int AtATime = 16;

    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = NpgsqlDataSource.Create(args[0]);
        await using (var tables = database.CreateCommand(
            """
            create table if not exists naive_feeds (url text primary key, tag text);
            create table if not exists naive_items (
              feed text, guid text, url text, title text, day timestamptz, description text, body text, primary key (feed, guid))
            """)) await tables.ExecuteNonQueryAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, MaxConnectionsPerServer = AtATime });
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime };
        await Parallel.ForEachAsync(await File.ReadAllLinesAsync(args[1]), limits, async (feed, ct) =>
            await VisitAsync(database, client, feed, args is [_, _, "pages"], ct));
        return 0;
    }

    private static async Task VisitAsync(NpgsqlDataSource database, HttpClient client, string feed, bool pages, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var known = new NpgsqlCommand("select tag from naive_feeds where url = $1", connection) { Parameters = { new() { Value = feed } } };
        using var request = new HttpRequestMessage(HttpMethod.Get, feed);
        if (await known.ExecuteScalarAsync(ct) is string tag) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await client.SendAsync(request, ct);
        if (answer.StatusCode == HttpStatusCode.NotModified) return;
        var items = XDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).Descendants("item").ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var item in items)
        {
            var url = new Uri(new Uri(feed), item.Element("link")!.Value);
            var body = pages ? TextOf(url, await client.GetStringAsync(url, ct)) : PlainOf(item.Element(Content + "encoded")?.Value ?? "");
            batch.BatchCommands.Add(Insert(feed, item, url, body));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into naive_feeds values ($1, $2) on conflict (url) do update set tag = excluded.tag")
        {
            Parameters = { new() { Value = feed }, new() { Value = answer.Headers.ETag?.ToString() ?? "" } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Insert(string feed, XElement item, Uri url, string body) =>
        new("insert into naive_items values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing")
        {
            Parameters =
            {
                new() { Value = feed }, new() { Value = item.Element("guid")!.Value }, new() { Value = url.AbsoluteUri },
                new() { Value = item.Element("title")!.Value },
                new() { Value = DateTime.Parse(item.Element("pubDate")!.Value, CultureInfo.InvariantCulture).ToUniversalTime() },
                new() { Value = PlainOf(item.Element("description")!.Value) }, new() { Value = body },
            },
        };

    private static string TextOf(Uri url, string page) => new SmartReader.Reader(url.AbsoluteUri, page).GetArticle().TextContent ?? "";

    private static string PlainOf(string html)
    {
        var text = new StringBuilder(html.Length);
        var isTag = false;
        foreach (var c in html)
        {
            if (c is '<' or '>') isTag = c == '<';
            else if (!isTag) text.Append(c);
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
