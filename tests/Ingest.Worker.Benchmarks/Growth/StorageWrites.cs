using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// <c>storage-writes</c>: the ways there are to write sets of articles, in turn on one database: arrays or COPY into a staging table, in visits' sizes and
/// in an import's; and one table or monthly partitions with a table of keys.
/// </summary>
internal static class StorageWrites
{
    private const int Rounds = 7;
    private const int RowsOfRound = 2_000;

    private const string MakeParts = """
        create schema parts;
        create table parts.single (like ingest.articles including all);
        create table parts.keys (article_key uuid primary key, published_on date not null);
        create table parts.monthly (like ingest.articles including defaults including generated including identity including compression)
          partition by range (published_on);
        create index on parts.monthly (published_on desc, id desc); create index on parts.monthly (source_id desc, id desc); create index on parts.monthly
          using hash (url);
        create index on parts.monthly using gin (authors); create index on parts.monthly (id); create index on parts.monthly (story_id, id)
          where story_id is not null;
        do $$ begin
          for i in 0..25 loop
            execute format('create table parts.m%s partition of parts.monthly for values from (%L) to (%L)', i, date '2024-11-01' + i * interval '1 month',
              date '2024-11-01' + (i + 1) * interval '1 month');
          end loop;
        end $$;
        create table parts.source (like ingest.articles including defaults including identity)
        """;

    public static async Task<int> RunAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "ingest-writes-" + Path.GetRandomFileName());
        try
        {
            await using var server = await GrowthServer.StartAsync(folder);
            await using var database = await server.OpenAsync("writes");
            await GrowthLoad.AddSourcesAsync(database);
            var articles = new GeneratedArticles();
            long next = 0;
            foreach (var size in (int[])[25, 200, 1000]) next = await CompareStagingAsync(database, articles, size, next);
            await ComparePartitionsAsync(database, articles, next);
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> CompareStagingAsync(Database database, GeneratedArticles articles, int size, long next)
    {
        var meter = new CpuMeter(database);
        var ratios = new List<(double Cpu, double Wall)>();
        Effort arrays = default, staging = default;
        for (var round = -1; round < Rounds; round++)
        {
            var sets = Enumerable.Range(0, 2 * RowsOfRound / size)
                .Select(set => Enumerable.Range(0, size).Select(i => articles.Make(next + (set * size) + i, 1_000_000)).ToList())
                .ToList();
            next += 2 * RowsOfRound;
            arrays = await meter.MeasureAsync(() => EachAsync(database, sets[..(sets.Count / 2)], ArraysAsync));
            staging = await meter.MeasureAsync(() => EachAsync(database, sets[(sets.Count / 2)..], StagingAsync));
            if (round >= 0) ratios.Add((arrays.Cpu / staging.Cpu, arrays.Wall / staging.Wall));
        }

        Console.WriteLine(Sql.Say(
            $"sets of {size,4}: arrays {arrays.Per(RowsOfRound)}; staging by COPY {staging.Per(RowsOfRound)}; speed of staging / arrays, median of {Rounds}: ",
            $"{Middle(ratios.Select(static ratio => ratio.Cpu)):0.00} (CPU), {Middle(ratios.Select(static ratio => ratio.Wall)):0.00} (clock)"));
        return next;
    }

    private static async Task EachAsync(Database database, List<List<GeneratedArticle>> sets, Func<NpgsqlConnection, List<GeneratedArticle>, Task> write)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        foreach (var set in sets)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await write(connection, set);
            await transaction.CommitAsync();
        }
    }

    private static async Task ArraysAsync(NpgsqlConnection connection, List<GeneratedArticle> set)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ArticleSql.Own.Insert(
            [.. set.Select(static article => new FromSource<StoredArticle>(article.Source, article.Stored))], GeneratedArticles.SeenAt));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task StagingAsync(NpgsqlConnection connection, List<GeneratedArticle> set)
    {
        await using (
            var create = new NpgsqlCommand(
                "create temp table if not exists staging on commit delete rows as select * from ingest.articles with no data", connection))
            await create.ExecuteNonQueryAsync();
        await ArticleCopy.RunAsync(connection, "pg_temp.staging", set, GeneratedArticles.SeenAt, CancellationToken.None);
        await using var insert = new NpgsqlCommand(
            $"insert into ingest.articles ({ArticleCopy.Columns}) select {ArticleCopy.Columns} from pg_temp.staging order by article_key "
                + "on conflict (article_key) do nothing",
            connection);
        await insert.ExecuteNonQueryAsync();
    }

    private static async Task ComparePartitionsAsync(Database database, GeneratedArticles articles, long next)
    {
        await Sql.RunAsync(database, MakeParts);
        var meter = new CpuMeter(database);
        var ratios = new List<double>();
        Effort single = default, monthly = default;
        for (var round = -1; round < Rounds; round++)
        {
            await Sql.RunAsync(database, "truncate parts.source");
            await using (var connection = await database.DataSource.OpenConnectionAsync())
                await ArticleCopy.RunAsync(
                    connection,
                    "parts.source",
                    Enumerable.Range(0, RowsOfRound).Select(i => articles.Make(next + i, 1_000_000)),
                    GeneratedArticles.SeenAt,
                    CancellationToken.None);
            next += RowsOfRound;
            single = await meter.MeasureAsync(
                () =>
                    Sql.RunAsync(
                        database,
                        $"insert into parts.single ({ArticleCopy.Columns}) select {ArticleCopy.Columns} from parts.source "
                            + "on conflict (article_key) do nothing"));
            monthly = await meter.MeasureAsync(() => Sql.RunAsync(database, $"""
                with fresh as (insert into parts.keys select article_key, published_on from parts.source on conflict do nothing returning article_key)
                insert into parts.monthly ({ArticleCopy.Columns}) select {ArticleCopy.Columns} from parts.source join fresh using (article_key)
                """));
            if (round >= 0) ratios.Add(single.Cpu / monthly.Cpu);
        }

        Console.WriteLine(Sql.Say(
            $"one table {single.Per(RowsOfRound)}; monthly partitions and a table of keys {monthly.Per(RowsOfRound)}; speed of partitions / one table, ",
            $"median of {Rounds}: {Middle(ratios):0.00} (CPU)"));
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
