using Ingest.Text.Dated;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Tests.Storage;
using Npgsql;

namespace Ingest.Worker.Tests.Archive;

public sealed class ImportTests(PostgresFixture postgres)
{
    private static readonly string LongText = string.Join(' ', Enumerable.Range(0, 300).Select(static i => FormattableString.Invariant($"word{i}")));

    [Fact]
    public async Task Of_two_records_of_one_article_the_first_counts_however_far_apart_they_are()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var tally = await archive.ImportAsync(archive.Write("a.txt", Records(3000, "first") + Records(3000, "second")));

        (tally.Records, tally.Added, tally.Known).ShouldBe((6000, 3000, 3000));
        (await archive.QueryAsync("select distinct title from ingest.articles")).ShouldBe(["first"]);
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.txt")]
    public async Task Articles_that_share_a_url_are_all_there_after_a_way_through_an_archive(string file)
    {
        await using var one = await ArchiveDatabase.CreateAsync(postgres);
        await using var other = await ArchiveDatabase.CreateAsync(postgres);
        var reports = Record("https://a.example/now", "Gas leak in Mill Lane", "Keep away.") + Records(700, "T")
            + Record("https://a.example/now", "Fog on the coast road", "Drive slowly.") + Record("https://a.example/now", "School closed", "No heating.");

        (await one.ImportAsync(one.Write("a.txt", reports))).Added.ShouldBe(703);
        (await one.ImportAsync(one.Write("b.txt", reports))).Added.ShouldBe(0);
        var archive = other.Write(file, await one.ExportAsync(file == "a.txt" ? ArchiveFormat.Dated : ArchiveFormat.JsonLines));

        (await other.ImportAsync(archive)).Added.ShouldBe(703);
        (await other.QueryAsync("select title from ingest.articles where url like '%/now' order by id"))
            .ShouldBe(["Gas leak in Mill Lane", "Fog on the coast road", "School closed"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_import_whose_database_fails_says_why_and_keeps_what_was_committed()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.QueryAsync("""
            create function fail() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
            create trigger fail before insert on ingest.articles for each row when (new.url like '%/2000') execute function fail()
            """);
        var tally = new ImportTally();

        var error = await Should.ThrowAsync<PostgresException>(() =>
            new ArchiveImport(archive.Store, TimeProvider.System, archive.Faults.Add).RunAsync(
                [archive.Write("a.txt", Records(20_000, "T"))], tally, TestContext.Current.CancellationToken));

        error.MessageText.ShouldBe("the disk is full");
        (await archive.QueryAsync("select count(*)::text from ingest.articles"))
            .ShouldBe([tally.Added.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        tally.Added.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Copies_in_one_archive_share_a_story_where_imports_are_compared()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var text = Record("https://a.example/wire", "Wire", LongText) + Records(1200, "T") + Record("https://b.example/copy", "Another headline", LongText);
        var store = new ArticleStore(archive.Door, new DuplicateSearch(new DuplicatesOptions { Imports = true }));

        await new ArchiveImport(store, TimeProvider.System, archive.Faults.Add).RunAsync(
            [archive.Write("a.txt", text)], new ImportTally(), TestContext.Current.CancellationToken);

        (await archive.QueryAsync("select string_agg(title, ', ' order by id) from ingest.articles where story_id is not null group by story_id"))
            .ShouldBe(["Wire, Another headline"]);
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.txt")]
    [InlineData("a.parquet")]
    public async Task What_PostgreSQL_refuses_is_told_with_its_place_and_its_neighbours_are_stored(string name)
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.SaveAsync(
            [
                .. Enumerable.Range(1, 1_500).Select(
                    static i =>
                        ArticleDatabase.Article(
                            FormattableString.Invariant($"{i}"),
                            FormattableString.Invariant($"T{i}"),
                            body: "B",
                            day: FormattableString.Invariant($"{1000 + i}-01-01"))),
            ]);
        var file = archive.PathOf(name);
        var format = name switch { "a.jsonl" => ArchiveFormat.JsonLines, "a.txt" => ArchiveFormat.Dated, _ => ArchiveFormat.Parquet };
        await new ArchiveExport(new ArticleExport(archive.Door)).ToFileAsync(
            new ExportFilter(), format, file, overwrite: false, TestContext.Current.CancellationToken);
        await archive.QueryAsync("delete from ingest.articles returning url");
        await archive.QueryAsync("alter table ingest.articles add check (title not in ('T700', 'T701', 'T1400'))");

        var tally = await archive.ImportAsync(file);

        (tally.Records, tally.Added, tally.Faults).ShouldBe((1_500, 1_497, 3));
        var lines = name == "a.txt" ? ["6991", "7001", "13991"] : (string[])["700", "701", "1400"];
        archive.Faults.ShouldAllBe(static fault => fault.Contains(": PostgreSQL refuses it: 23514: "));
        archive.Faults.Select(fault => fault[(file.Length + 1)..].Split(':')[0]).ShouldBe(lines, ignoreOrder: true);
    }

    [Fact]
    public async Task Days_at_the_ends_of_the_calendar_hostile_names_and_escaped_nuls_come_in_and_go_out_again()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var name = string.Concat(Enumerable.Range(0, 7_000).Select(static i => (char)(0x4E00 + (i * 7919 % 20_000))));
        var tally = await archive.ImportAsync(archive.Write("a.jsonl", $$"""
            {"url":"https://example.org/1","date":"0001-01-01","title":"first","published_at":"0001-01-01T00:00:00Z"}
            {"url":"https://example.org/2","date":"9999-12-31","title":"last","published_at":"9999-12-31T23:59:59.9999999Z"}
            {"url":"https://example.org/3","date":"2026-01-01","title":"n\u0000ul\ud83d","headline":"\uD83D\uDE00","authors":["{{name}}","A\u0000nn"],"enclosures":[{"url":"https://e.example/\u0000","type":"a\u0000"}]}
            """));

        (tally.Added, tally.Faults).ShouldBe((3, 0));
        (await archive.QueryAsync(
            "select published_on::text || ' ' || isfinite(published_on) || ' ' || coalesce(isfinite(published_at)::text, '') from ingest.articles "
                + "order by url"))
            .ShouldBe(["0001-01-01 true true", "9999-12-31 true true", "2026-01-01 true "]);
        (await archive.QueryAsync(
            "select translate(title, chr(65533), '?') || headline || ' ' || (octet_length(authors[1]) <= 900) || ' ' || right(authors[1], "
                + "1) || ' ' || authors[2] || ' ' || (enclosures ->> 0) from ingest.articles where url like '%/3'"))
            .ShouldBe(["""nul?😀 true … Ann {"url": "https://e.example/", "type": "a", "length": null}"""]);
        var exported = await archive.ExportAsync(ArchiveFormat.JsonLines);
        await archive.QueryAsync("delete from ingest.articles returning url");
        (await archive.ImportAsync(archive.Write("b.jsonl", exported))).Added.ShouldBe(3);
        (await archive.ExportAsync(ArchiveFormat.JsonLines)).ShouldBe(exported);
    }

    [Fact]
    public async Task A_language_that_is_not_stated_is_found_out_and_one_that_is_stated_stays()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        const string german =
            "Der Rat der Stadt hat am Abend nach langer Debatte entschieden, dass die alte Brücke über den Fluss nicht abgerissen wird, "
                + "sondern im nächsten Jahr für den Verkehr wieder geöffnet werden soll.";
        await archive.ImportAsync(archive.Write("a.jsonl", $$"""
            {"url":"https://example.org/1","date":"2026-01-01","title":"a","body":"{{german}}"}
            {"url":"https://example.org/2","date":"2026-01-01","title":"b","body":"{{german}}","language":"fr"}
            {"url":"https://example.org/3","date":"2026-01-01","title":"c","description":"{{german}}","language":"?"}
            """));
        await archive.ImportAsync(archive.Write("b.txt", Record("https://example.org/4", "d", german)));

        (await archive.QueryAsync("select language from ingest.articles order by url")).ShouldBe(["de", "fr", "de", "de"]);
    }

    private static string Records(int count, string title) =>
        string.Concat(Enumerable.Range(0, count).Select(i => Record(FormattableString.Invariant($"https://example.org/{i}"), title, "B")));

    private static string Record(string url, string title, string body) =>
        DatedArticleText.Write(new DatedText(new DateOnly(2026, 1, 1), url, title, title, "", body));
}
