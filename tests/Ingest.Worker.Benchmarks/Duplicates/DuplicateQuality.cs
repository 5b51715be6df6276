using System.Globalization;
using Ingest.Worker.Storage.Duplicates;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Stores real texts, what other outlets make of them, and hard negatives, and holds the stories against what is known of the texts.</summary>
internal static class DuplicateQuality
{
    private const int Sources = 60;
    private const int PairsOfKind = 150;
    private const int VisitSize = 20;

    private sealed record Item(string Name, string Kind, int Group, int Source, string Body);

    public static async Task RunAsync(IReadOnlyList<string> bodies, int seed, CancellationToken ct)
    {
        var items = Generate(bodies, new Random(seed));
        if (await BenchmarkDatabase.StartAsync(Sources + SitePosts.Sources, ct) is not { } database) return;
        await using (database)
        {
            foreach (var visit in items.Chunk(VisitSize).SelectMany(static chunk => chunk.GroupBy(static item => item.Source)))
                await database.VisitAsync(
                    visit.Key, [.. visit.Select(static item => (item.Name, "Headline of " + item.Name, item.Body))], DuplicatesMode.Link, ct);
            var stories = (await database.RowsAsync(
                "select url, story_id from ingest.articles where story_id is not null",
                static row => (Name: row.GetString(0).Split('/')[^1], Story: row.GetInt64(1)),
                ct))
                .ToDictionary(static row => row.Name, static row => row.Story);
            Report(items, stories);
        }
    }

    // No real text is used twice. One half of them begin groups: every one begins a group that its edits belong to; every hard negative is a group of its own.
    private static List<Item> Generate(IReadOnlyList<string> bodies, Random random)
    {
        var shuffledBodies = bodies.ToArray();
        random.Shuffle(shuffledBodies);
        var frames = shuffledBodies.Where(HardNegatives.IsFrame).Take(PairsOfKind).ToList();
        var rest = shuffledBodies.Except(frames).ToList();
        var originals = rest[..(rest.Count / 2)];
        var passages = new Passages(rest[originals.Count..]);
        var edits = new EditedTexts(originals, passages, random);
        var negatives = new HardNegatives(frames, passages, random);
        var items = new List<Item>();
        var group = 0;
        foreach (var body in originals)
        {
            items.Add(new Item($"o{group}", "original", group, random.Next(Sources) + 1, body));
            foreach (var kind in EditedTexts.Kinds)
                items.Add(new Item($"e{group}-{items.Count}", kind, group, random.Next(Sources) + 1, edits.Edit(body, kind)));
            group++;
        }

        foreach (var kind in HardNegatives.Kinds)
        {
            for (var pair = 0; pair < Math.Min(PairsOfKind, negatives.Most(kind)); pair++)
            {
                // Pages of one template stand on one site.
                var source = random.Next(5) + 1;
                var (one, other) = negatives.Pair(kind);
                items.Add(new Item($"n{group}", "not " + kind, group++, source, one));
                items.Add(new Item($"n{group}", "not " + kind, group++, source, other));
            }
        }

        foreach (var (kind, site, body) in new SitePosts(passages, random).Posts())
            items.Add(new Item($"n{group}", "not " + kind, group++, Sources + site + 1, body));

        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private static void Report(List<Item> items, Dictionary<string, long> stories)
    {
        Console.WriteLine($"{"kind",-28} {"texts",6} {"pairs",7} {"linked",7} {"recall",8}");
        var groups = items.GroupBy(static item => item.Group).Where(static group => group.Count() > 1).ToList();
        var (allPairs, allLinked) = (0L, 0L);
        foreach (var kind in EditedTexts.Kinds)
        {
            var pairs = groups
                .SelectMany(
                    group => group.Where(item => item.Kind == kind).SelectMany(
                        item => group.Where(other => other.Kind == "original").Select(other => (item, other))))
                .ToList();
            var linked = pairs.Count(pair => Share(stories, pair.item, pair.other));
            (allPairs, allLinked) = (allPairs + pairs.Count, allLinked + linked);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind,-28} {pairs.Count,6} {pairs.Count,7} {linked,7} {(double)linked / pairs.Count,8:f4}"));
        }

        Misses.Print(
            [
                .. groups
                    .SelectMany(static group => group.Where(static item => EditedTexts.Kinds.Contains(item.Kind)).Select(
                        item => (Edit: item, Original: group.First(static other => other.Kind == "original"))))
                    .Where(pair => !Share(stories, pair.Edit, pair.Original))
                    .Select(static pair => (pair.Edit.Kind, pair.Edit.Body, pair.Original.Body)),
            ]);
        foreach (var kind in items.Where(static item => item.Kind.StartsWith("not ", StringComparison.Ordinal)).GroupBy(static item => item.Kind))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kind.Key,-28} {kind.Count(),6} {"",7} {kind.Count(item => stories.ContainsKey(item.Name)),7}   (in a story, of any length)"));

        var (same, wrong) = (0L, 0L);
        foreach (var story in items.Where(item => stories.ContainsKey(item.Name)).GroupBy(item => stories[item.Name]))
        {
            var members = story.ToList();
            for (var i = 0; i < members.Count; i++)
            {
                for (var j = i + 1; j < members.Count; j++)
                {
                    if (members[i].Group == members[j].Group) same++;
                    else
                    {
                        wrong++;
                        if (wrong <= 20) Console.WriteLine($"  wrong: {members[i].Kind} ({members[i].Name}) with {members[j].Kind} ({members[j].Name})");
                    }
                }
            }
        }

        var unrelated = ((long)items.Count * (items.Count - 1) / 2) - groups.Sum(static group => (long)group.Count() * (group.Count() - 1) / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"recall {(double)allLinked / allPairs:f4} (edit with its original); precision {(double)same / Math.Max(1, same + wrong):f4} (pairs in one "
                + $"story); false links {wrong} of {unrelated:n0} unrelated pairs = {wrong * 100_000.0 / unrelated:f4} in 100,000"));
    }

    private static bool Share(Dictionary<string, long> stories, Item one, Item other) =>
        stories.TryGetValue(one.Name, out var story) && stories.TryGetValue(other.Name, out var otherStory) && story == otherStory;
}
