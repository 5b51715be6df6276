using Ingest.Worker.Archive;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Text;
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
            new ArchiveImport(archive.Store, TimeProvider.System, archive.Faults.Add).RunAsync([archive.Write("a.txt", Records(20_000, "T"))], tally, TestContext.Current.CancellationToken));

        error.MessageText.ShouldBe("the disk is full");
        (await archive.QueryAsync("select count(*)::text from ingest.articles")).ShouldBe([tally.Added.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        tally.Added.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Copies_in_one_archive_share_a_story_where_imports_are_compared()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var text = Record("https://a.example/wire", "Wire", LongText) + Records(1200, "T") + Record("https://b.example/copy", "Another headline", LongText);
        var store = new ArticleStore(archive.Door, new DuplicateSearch(new DuplicatesOptions { Imports = true }));

        await new ArchiveImport(store, TimeProvider.System, archive.Faults.Add).RunAsync([archive.Write("a.txt", text)], new ImportTally(), TestContext.Current.CancellationToken);

        (await archive.QueryAsync("select string_agg(title, ', ' order by id) from ingest.articles where story_id is not null group by story_id")).ShouldBe(["Wire, Another headline"]);
    }

    private static string Records(int count, string title) => string.Concat(Enumerable.Range(0, count).Select(i => Record(FormattableString.Invariant($"https://example.org/{i}"), title, "B")));

    private static string Record(string url, string title, string body) => DatedArticleText.Write(new DatedText(new DateOnly(2026, 1, 1), url, title, title, "", body));
}
