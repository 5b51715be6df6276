using System.Diagnostics;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What people and the worker ask, ten times each with another value, asked twice: the second time counts.</summary>
internal static class GrowthReads
{
    private const int Values = 10;
    private const string Columns = "id, published_on, published_at, url, title, description";

    public static async Task RunAsync(Database database, GeneratedArticles articles, long stored, Action<string> report)
    {
        await MakeStoriesAsync(database);
        var random = new Deterministic(7);
        var some = Enumerable.Range(0, Values).Select(_ => articles.Make((long)(random.NextUInt64() % (ulong)stored), stored)).ToList();
        var subject = Enumerable.Range(0, Values)
            .Select(i => (En: articles.Word("en", 520 + (i * 397)), En2: articles.Word("en", 521 + (i * 397)), De: articles.Word("de", 600 + (i * 311))))
            .ToList();
        await TellAsync(
            "a day's articles, the first 100",
            i => Ask($"select {Columns} from ingest.articles where published_on = $1 order by id desc limit 100", some[i].Stored.Article.PublishedOn!.Value));
        await TellAsync(
            "a day's articles, all, id and title",
            i => Ask("select id, title from ingest.articles where published_on = $1", some[i].Stored.Article.PublishedOn!.Value));
        await TellAsync("newest 50", _ => Ask($"select {Columns} from ingest.articles order by published_on desc, id desc limit 50"));
        await TellAsync("by URL", i => Ask("select * from ingest.articles where url = $1", some[i].Stored.Article.Url.AbsoluteUri));
        await TellAsync("one story", i => Ask($"select {Columns} from ingest.articles where story_id = $1 order by id", 1L + i));
        await TellAsync(
            "newest 20 of a source", i => Ask($"select {Columns} from ingest.articles where source_id = $1 order by id desc limit 20", some[i].Source));
        await TellAsync(
            "newest 20 of an author",
            i =>
                Ask(
                    $"select {Columns} from ingest.articles where authors @> array[$1] order by published_on desc, id desc limit 20",
                    GeneratedArticles.AuthorName(i * 37)));
        await TellAsync(
            "all of a host", i => Ask($"select {Columns} from ingest.articles where host = $1 order by published_on desc", some[i].Stored.Article.Url.IdnHost));
        await TellAsync(
            "all of a category", i => Ask($"select {Columns} from ingest.articles where categories @> array[$1]", some[i].Stored.Article.Categories[0]));
        await TellAsync(
            "withdrawn or gone",
            _ => Ask(
                $"select {Columns} from ingest.articles where retracted_at is not null or gone_at is not null "
                    + "order by coalesce(retracted_at, gone_at) desc"));
        await TellAsync(
            "a language that nobody has", i => Ask($"select {Columns} from ingest.articles where language = $1 order by published_on desc limit 20", $"x{i}"));
        await TellAsync("known-check of 1,000 keys", i => KnownAsync(database, articles, stored, i));
        await TellAsync("search: a word of a subject, in English", i => Ask("select * from ingest.search($1, null, null, 'en')", subject[i].En));
        await TellAsync(
            "search: two words of a subject, in English", i => Ask("select * from ingest.search($1, null, null, 'en')", subject[i].En + " " + subject[i].En2));
        await TellAsync(
            "search: either of two words", i => Ask("select * from ingest.search($1, null, null, 'en')", subject[i].En + " or " + articles.Word("en", 60 + i)));
        await TellAsync("search: a frequent word, in English", i => Ask("select * from ingest.search($1, null, null, 'en')", articles.Word("en", 45 + i)));
        await TellAsync(
            "search: a rare word, in English", i => Ask("select * from ingest.search($1, null, null, 'en')", articles.Word("en", 45_000 + (i * 1000))));
        await TellAsync("search: a word, in all languages", i => Ask("select * from ingest.search($1)", subject[i].De));
        await TellAsync(
            "search: two characters, in Chinese", i => Ask("select * from ingest.search($1, null, null, 'zh')", articles.Word("zh", 600 + (i * 50))));
        await TellAsync("search: a word in a month a year ago", i => Ask("select * from ingest.search($1, '2025-10-01', '2025-10-31', 'en')", subject[i].En));
        await TellAsync(
            "1,000 changes",
            i =>
                Ask(
                    "select * from ingest.changes_since((select e.epoch || '.' || c.xid || '.' || c.id from ingest.change_epoch e, ingest.article_changes c "
                        + "order by c.xid desc, c.id desc limit 1 offset $1))",
                    1000 + i));

        async Task TellAsync(string name, Func<int, Task<(TimeSpan Took, int Rows)>> ask)
        {
            var times = new List<double>();
            var rows = 0;
            for (var i = 0; i < Values; i++)
            {
                await ask(i);
                var (took, count) = await ask(i);
                times.Add(took.TotalMilliseconds);
                rows += count;
            }

            times.Sort();
            report(Sql.Say($"reads: {name}: median {times[Values / 2]:0.0} ms, best {times[0]:0.0}, worst {times[^1]:0.0} ({rows / (double)Values:0.#} rows)"));
        }

        Task<(TimeSpan Took, int Rows)> Ask(string sql, params object[] values) => AskAsync(database, sql, values);
    }

    private static async Task<(TimeSpan Took, int Rows)> AskAsync(Database database, string sql, object[] values)
    {
        var watch = Stopwatch.StartNew();
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync()) rows++;
        return (watch.Elapsed, rows);
    }

    // Half are known.
    private static async Task<(TimeSpan Took, int Rows)> KnownAsync(Database database, GeneratedArticles articles, long stored, int value)
    {
        var entries = Enumerable.Range(0, 1000).Select(i =>
        {
            var number = (((long)i * 7919) + (value * 104_729L)) % stored;
            var key = i % 2 == 0 ? articles.Make(number, stored).Stored.Key : ArticleKey.Of(new Uri(Sql.Say($"https://www.new.example/{value}/{i}")));
            return new EntryIdentity(new EntryKey(key.Value), key, key.Value, new FeedEntry { Title = "" }, new Uri("https://www.new.example/"));
        }).ToList();
        var watch = Stopwatch.StartNew();
        var known = await new ArticleStore(database, new DuplicateSearch(new DuplicatesOptions())).LoadKnownAsync(1, entries, CancellationToken.None);
        return (watch.Elapsed, known.Articles.Count);
    }

    private static Task<int> MakeStoriesAsync(Database database) => Sql.RunAsync(database,
        "update ingest.articles set story_id = 1 + id % 10 where id between 5001 and 5100 and story_id is null");
}
