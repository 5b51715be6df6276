using System.Diagnostics;
using System.Globalization;
using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// <c>storage-partitions [ARTICLES [FOLDER]]</c>: one table of articles (300,000) beside the same cut into years, with a table of keys that keeps an article
/// unique over all of them: what each takes on the disk and for the questions that the worker and its readers ask.
/// </summary>
internal static class YearPartitions
{
    private const int Years = 10;
    private const int Batch = 2_000;
    private const int Added = 40_000;
    private const int Looks = 2_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 300_000;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "ingest-partitions-" + Path.GetRandomFileName());
        try
        {
            await using var server = await GrowthServer.StartAsync(folder);
            await using var database = await server.OpenAsync("partitions");
            await GrowthLoad.RunAsync(database, new GeneratedArticles(), count + Added, static _ => { });
            await PrepareAsync(database, count);
            Console.WriteLine(Sql.Say($"{count} articles over {Years} years"));
            Console.WriteLine($"{"",-46} {"one table",12} {"years",12}");
            await TellAsync("MB on the disk, with all indexes", static (database, schema) => SizeAsync(database, schema), database);
            foreach (var (what, sql) in Questions) await TellAsync(what, (database, schema) => AskAsync(database, sql(schema)), database);
            await TellAsync("µs to add an article, 2,000 at once", (database, schema) => AddAsync(database, schema, count), database);
            await TellAsync("ms to remove the oldest year", (database, schema) => RemoveAsync(database, schema), database);
            return 0;
        }
        finally
        {
            if (args.Length < 2 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    // What is asked most, each many times with other values; in years a key leads to its place through the table of keys.
    private static IEnumerable<(string What, Func<string, string> Sql)> Questions =>
    [
        ("µs to know whether a key is there", schema => schema == "one"
            ? "select count(*) from asked x cross join lateral (select id from one.articles where article_key = x.article_key limit 1) a"
            : "select count(*) from asked x cross join lateral (select id from years.keys where article_key = x.article_key limit 1) a"),
        ("µs to read an article by its key", schema => schema == "one"
            ? "select sum(length(title)) from asked x cross join lateral (select title from one.articles where article_key = x.article_key limit 1) a"
            : "select sum(length(title)) from asked x join years.keys k using (article_key) cross join lateral "
                + "(select title from years.articles where id = k.id and published_on = k.published_on limit 1) a"),
        ("µs to read an article by its number alone", schema =>
            $"select sum(length(title)) from asked x cross join lateral (select title from {schema}.articles where id = x.id limit 1) a"),
        ("µs for the 20 newest of a source", schema =>
            $"select count(*) from (select * from asked limit 400) x cross join lateral "
                + $"(select id from {schema}.articles where source_id = x.source_id order by id desc limit 20) a"),
        ("µs for 100 articles of a day", schema =>
            $"select count(*) from (select * from asked limit 400) x cross join lateral "
                + $"(select id from {schema}.articles where published_on = x.published_on order by id limit 100) a"),
    ];

    private static async Task TellAsync(string what, Func<Database, string, Task<double>> measure, Database database)
    {
        var (one, years) = (await measure(database, "one"), await measure(database, "years"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46} {one,12:n1} {years,12:n1}"));
    }

    private static async Task PrepareAsync(Database database, int count)
    {
        await Sql.RunAsync(database, $"""
            create schema one; create schema years;
            create table one.articles (like ingest.articles including all);
            create table years.articles (like ingest.articles including defaults including identity including storage) partition by range (published_on);
            alter table years.articles add primary key (id, published_on);
            create table years.keys (article_key uuid primary key, id bigint not null, published_on date not null);
            create table all_articles as select * from ingest.articles;
            update all_articles set published_on = (date '2017-01-01' + (id % {Years * 365})::integer)
            """);
        for (var year = 0; year <= Years; year++)
        {
            var (from, to) = (2017 + year, 2018 + year);
            await Sql.RunAsync(database, $"create table years.of_{from} partition of years.articles for values from ('{from}-01-01') to ('{to}-01-01')");
        }

        // Those of one table but for its key, each of them by years.
        foreach (var index in await IndexesAsync(database)) await Sql.RunAsync(database, index);
        await Sql.RunAsync(database, $"""
            insert into one.articles overriding system value select * from all_articles where id <= {count} order by id;
            insert into years.articles overriding system value select * from all_articles where id <= {count} order by id;
            insert into years.keys select article_key, id, published_on from all_articles where id <= {count};
            create table asked as select id, article_key, source_id, published_on from all_articles where id <= {count} order by md5(id::text) limit {Looks}
            """);
        await Sql.RunAsync(database, "vacuum analyze");
    }

    private static async Task<IReadOnlyList<string>> IndexesAsync(Database database)
    {
        await using var command = database.DataSource.CreateCommand(
            "select replace(indexdef, ' on one.articles', ' on years.articles') from (select regexp_replace(indexdef, 'ON one\\.', 'on one.') as indexdef "
                + "from pg_indexes where schemaname = 'one' and indexdef not like '%UNIQUE%') i");
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new List<string>();
        while (await reader.ReadAsync()) indexes.Add(reader.GetString(0));
        return indexes;
    }

    private static Task<double> SizeAsync(Database database, string schema) => Sql.ValueAsync<double>(
        database,
        $"select sum(pg_total_relation_size(oid))::float8 / 1048576 from pg_class where relnamespace = '{schema}'::regnamespace and relkind = 'r'");

    private static async Task<double> AskAsync(Database database, string sql)
    {
        var rows = sql.Contains("limit 400", StringComparison.Ordinal) ? 400 : Looks;
        await Sql.ValueAsync<long>(database, sql);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 3; round++) await Sql.ValueAsync<long>(database, sql);
        return watch.Elapsed.TotalMicroseconds / (3 * rows);
    }

    private static async Task<double> AddAsync(Database database, string schema, int count)
    {
        await Sql.RunAsync(database, "checkpoint");
        var watch = Stopwatch.StartNew();
        for (var from = count; from < count + Added; from += Batch)
        {
            var some = $"select * from all_articles where id > {from} and id <= {from + Batch} order by id";
            await Sql.RunAsync(database, schema == "one"
                ? $"insert into one.articles overriding system value {some} on conflict (article_key) do nothing"
                : $"""
                    with few as materialized ({some}),
                    added as (insert into years.keys select article_key, id, published_on from few on conflict do nothing returning id)
                    insert into years.articles overriding system value select few.* from few join added using (id)
                    """);
        }

        return watch.Elapsed.TotalMicroseconds / Added;
    }

    private static async Task<double> RemoveAsync(Database database, string schema)
    {
        var watch = Stopwatch.StartNew();
        await Sql.RunAsync(database, schema == "one"
            ? "delete from one.articles where published_on < '2018-01-01'"
            : "delete from years.keys where published_on < '2018-01-01'; drop table years.of_2017");
        return watch.Elapsed.TotalMilliseconds;
    }
}
