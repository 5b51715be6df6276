using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Retention;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Tests.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Archive;

public sealed class RetentionTests(PostgresFixture postgres)
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(nameof(ArchiveFormat.JsonLines))]
    [InlineData(nameof(ArchiveFormat.Dated))]
    [InlineData(nameof(ArchiveFormat.Parquet))]
    public async Task Articles_past_their_age_are_archived_and_removed_and_can_be_imported_again(string named)
    {
        var format = Enum.Parse<ArchiveFormat>(named);
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await SaveAsync(database);
        var folder = database.PathOf("removed");

        (await RunAsync(database, new RetentionOptions { After = TimeSpan.FromDays(30), ArchiveTo = folder, Format = format })).ShouldBe(2);
        (await database.QueryAsync("select title from ingest.articles order by 1")).ShouldBe(["May", "Pinned"]);
        (await RunAsync(database, new RetentionOptions { After = TimeSpan.FromDays(30), ArchiveTo = folder, Format = format })).ShouldBe(0);
        await using var other = await ArchiveDatabase.CreateAsync(postgres);
        (await other.ImportAsync(folder)).Added.ShouldBe(2);
        other.Faults.ShouldBeEmpty();
        (await other.QueryAsync("select title from ingest.articles order by 1")).ShouldBe(["April", "March"]);
    }

    [Fact]
    public async Task Nothing_is_removed_that_could_not_be_archived()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await SaveAsync(database);
        var folder = database.Write("a-file", "no folder");

        await Should.ThrowAsync<IOException>(() => RunAsync(database, new RetentionOptions { After = TimeSpan.FromDays(30), ArchiveTo = folder }));
        (await database.QueryAsync("select title from ingest.articles order by 1")).ShouldBe(["April", "March", "May", "Pinned"]);
    }

    [Fact]
    public async Task Of_too_many_articles_the_oldest_go_and_sources_have_rules_of_their_own()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await SaveAsync(database);

        (await RunAsync(database, new RetentionOptions())).ShouldBe(0);
        (await RunAsync(database, new RetentionOptions { MaxArticles = 3 })).ShouldBe(1);
        (await database.QueryAsync("select title from ingest.articles order by 1")).ShouldBe(["April", "March", "May"]);
        (await RunAsync(database, new RetentionOptions { Sources = new Dictionary<string, string> { ["paper"] = "10.00:00:00" } })).ShouldBe(1);
        (await database.QueryAsync("select title from ingest.articles order by 1")).ShouldBe(["April", "March"]);
        (await database.QueryAsync("select kind from ingest.article_changes where kind = 'removed'")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Earlier_versions_are_archived_with_their_articles()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await SaveAsync(database);
        await database.QueryAsync("""
            insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, content_hash, valid_from, valid_to,
              changed_fields, changed_words)
            select id, 1, 'revised', url, 'Before', 'Before', '', '', gen_random_uuid(), now(), now(), array['title'], 3 from ingest.articles
              where title = 'March' returning title
            """);
        var folder = database.PathOf("removed");

        (await RunAsync(database, new RetentionOptions { After = TimeSpan.FromDays(30), ArchiveTo = folder })).ShouldBe(2);
        await using var packed = new ZstdSharp.DecompressionStream(File.OpenRead(Directory.GetFiles(folder, "*-revisions.json.zst").Single()));
        using var text = new StreamReader(packed);
        (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("\"title\": \"Before\"");
    }

    [Fact]
    public async Task An_article_that_cannot_go_or_cannot_be_read_is_noted_and_holds_up_no_other()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await SaveAsync(database);
        await database.SaveAsync(ArticleDatabase.Article("5", "Unreadable", day: "2026-01-01"), ArticleDatabase.Article("6", "Older", day: "2026-01-02"));
        await database.QueryAsync("update ingest.articles set url = 'nowhere' where title = 'Unreadable' returning title");
        await database.QueryAsync(
            "create table public.notes (article_id bigint references ingest.articles); insert into public.notes select id from ingest.articles "
                + "where title = 'March' returning article_id::text");
        var options = new RetentionOptions { After = TimeSpan.FromDays(30), ArchiveTo = database.PathOf("removed") };

        (await RunAsync(database, options)).ShouldBe(2);

        (await database.QueryAsync("select title from ingest.articles order by title")).ShouldBe(["March", "May", "Pinned", "Unreadable"]);
        (await database.QueryAsync(
            "select a.title || ' ' || r.sql_state from ingest.refusals r join ingest.articles a on a.article_key = r.subject "
                + "where r.work = 'retention' order by 1"))
            .ShouldBe(["March 23503", "Unreadable XX000"]);
        var files = Directory.GetFiles(options.ArchiveTo).Length;
        (await RunAsync(database, options)).ShouldBe(0);
        Directory.GetFiles(options.ArchiveTo).Length.ShouldBe(files);
        (await database.ExportAsync(ArchiveFormat.JsonLines)).ShouldContain("Pinned");
    }

    [Fact]
    public void Rules_that_are_none_are_told_with_their_key()
    {
        new RetentionOptions
        {
            Sources = new Dictionary<string, string> { ["a"] = "30", ["b"] = "00:10:00", ["c"] = "never", ["d"] = "30.00:00:00" },
        }.Contradictions()
            .Select(static fault => fault.Split(' ')[0]).ShouldBe(["Ingest:Retention:Sources:a", "Ingest:Retention:Sources:b"]);
    }

    // "Pinned" is older than all, of a source that keeps what it has by default.
    private static async Task SaveAsync(ArchiveDatabase database)
    {
        await database.SaveAsync(
            ArticleDatabase.Article("1", "March", day: "2026-03-01"), ArticleDatabase.Article("2", "April", day: "2026-04-01"),
            ArticleDatabase.Article("3", "May", day: "2026-05-20"), ArticleDatabase.Article("4", "Pinned", day: "2026-02-01"));
        await database.QueryAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight,
              created_at, updated_at)
            values (1, 'pinned', 'https://example.org/p', 'https://example.org/p', 1, 0, 'active', 'auto', '{}', now(), 'new', 0, now(), now()), (2, 'paper',
              'https://example.org/q', 'https://example.org/q', 1, 0, 'active', 'auto', '{}', now(), 'new', 0, now(), now())
            returning name
            """);
        await database.QueryAsync("update ingest.articles set source_id = case title when 'Pinned' then 1 when 'May' then 2 end returning title");
    }

    private static Task<long> RunAsync(ArchiveDatabase database, RetentionOptions options)
    {
        var pinned = options.After is null ? options : new RetentionOptions
        {
            After = options.After, ArchiveTo = options.ArchiveTo, Format = options.Format, Sources = new Dictionary<string, string> { ["pinned"] = "never" },
        };
        return new RetentionRun(new ArticleRetention(database.Door), Options.Create(pinned), Clock).RunAsync(TestContext.Current.CancellationToken);
    }
}
