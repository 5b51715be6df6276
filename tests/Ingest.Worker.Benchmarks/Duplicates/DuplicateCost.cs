using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ingest.Worker.Storage.Duplicates;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>What an article costs more because texts are compared, with an index of growing size.</summary>
/// <remarks>
/// The index holds the articles of the window (14 days) only: 10 million stored articles of three years have 130,000 in it, and 1,000,000 in it are 70,000 a
/// day. Between the measured articles it is filled with rows of articles that do not exist, as many an article as our own have; their groups are random, so
/// that lookups go through an index of that size.
/// </remarks>
internal static class DuplicateCost
{
    private const int Measured = 2_000;
    private const int VisitSize = 25;
    private const int RowsOfArticle = 11;

    public static async Task RunAsync(IReadOnlyList<string> bodies, long most, CancellationToken ct)
    {
        if (await BenchmarkDatabase.StartAsync(20, ct) is not { } database) return;
        await using (database)
        {
            var texts = new ChainedTexts(bodies, new Random(11));
            var number = 0;
            var filled = 0L;
            Console.WriteLine();
            Console.WriteLine($"{"articles in the window",22} {"index",10} {"Off, µs/article",16} {"Link, µs/article",17} {"ratio",6}");
            await MeasureAsync(warmUp: true);
            for (var size = 10_000L; size <= most; size *= 10)
            {
                var missing = size - filled - number;
                if (missing > 0)
                {
                    await database.ExecuteAsync(
                        $"""
                        insert into ingest.article_shingles (shingle, day, article_id)
                        select (random() * 4294967295 - 2147483648)::bigint::int, '2026-03-01'::date - (n % 14)::int,
                          1000000000000 + {filled} + n / {RowsOfArticle} from generate_series(1, {missing * RowsOfArticle}) n on conflict do nothing
                        """,
                        ct);
                    await database.ExecuteAsync("vacuum analyze ingest.article_shingles", ct);
                    filled += missing;
                }

                var (off, link) = await MeasureAsync(warmUp: false);
                var bytes = (await database.RowsAsync("select pg_total_relation_size('ingest.article_shingles')", static row => row.GetInt64(0), ct))[0];
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{size,22:n0} {bytes >> 20,7:n0} MB {off,16:f0} {link,17:f0} {link / off,6:f2}"));
            }

            async Task<(double Off, double Link)> MeasureAsync(bool warmUp)
            {
                var (off, link) = (TimeSpan.Zero, TimeSpan.Zero);
                for (var visit = 0; visit < (warmUp ? 40 : 2 * Measured / VisitSize); visit++)
                {
                    var articles = Enumerable.Range(0, VisitSize)
                        .Select(_ => (string.Create(CultureInfo.InvariantCulture, $"a{++number}"), "Title", texts.Next()))
                        .ToList();
                    var mode = visit % 2 == 0 ? DuplicatesMode.Off : DuplicatesMode.Link;
                    var watch = Stopwatch.StartNew();
                    await database.VisitAsync((visit % 20) + 1, articles, mode, ct);
                    if (mode == DuplicatesMode.Off) off += watch.Elapsed;
                    else link += watch.Elapsed;
                }

                return (off.TotalMicroseconds / Measured, link.TotalMicroseconds / Measured);
            }
        }
    }

    /// <summary>Texts of real words in real neighbourhoods: each word is one that followed the last one somewhere in the real texts.</summary>
    private sealed class ChainedTexts
    {
        private readonly Random random;
        private readonly string[] words;
        private readonly Dictionary<string, List<int>> places = new(StringComparer.Ordinal);

        public ChainedTexts(IReadOnlyList<string> bodies, Random random)
        {
            this.random = random;
            words = [.. bodies.SelectMany(static body => body.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))];
            for (var i = 0; i + 1 < words.Length; i++)
            {
                if (!places.TryGetValue(words[i], out var at)) places.Add(words[i], at = []);
                at.Add(i + 1);
            }
        }

        /// <summary>About 4 KB.</summary>
        public string Next()
        {
            var text = new StringBuilder(4_200);
            var at = random.Next(words.Length);
            while (text.Length < 4_000)
            {
                text.Append(words[at]).Append(' ');
                at = places.TryGetValue(words[at], out var next) ? next[random.Next(next.Count)] : random.Next(words.Length);
            }

            return text.ToString().TrimEnd();
        }
    }
}
