using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Archive;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>What databases, roles, connection strings and the environment say of sessions changes nothing that is stored.</summary>
public sealed class SessionTests(PostgresFixture postgres)
{
    private static readonly string[] Settings =
    [
        "client_encoding = 'LATIN1'", "timezone = 'Asia/Tokyo'", "datestyle = 'German, DMY'", "intervalstyle = 'sql_standard'", "bytea_output = 'escape'",
        "standard_conforming_strings = off",
        "search_path = public, pg_catalog", "default_transaction_isolation = 'serializable'", "transform_null_equals = on", "gin_fuzzy_search_limit = 1",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_the_database_sets_for_its_sessions_the_same_is_stored_and_found()
    {
        await using var plain = await ArticleDatabase.CreateAsync(postgres);
        await using var odd = await ArticleDatabase.CreateAsync(postgres);
        var name = (await odd.RowsAsync("select current_database()"))[0];
        foreach (var setting in Settings) await odd.ExecuteAsync($"alter database {name} set {setting}");
        odd.Door.DataSource.Clear();
        foreach (var database in (ArticleDatabase[])[plain, odd])
        {
            await database.SaveAsync(
                ArticleDatabase.Article("1", "Über alles", body: @"C:\temp ' ""quoted"" über", day: "2026-02-01"),
                ArticleDatabase.Article("2", "Rain", day: "2026-02-02"));
            (await database.IndexAsync(SearchScope.Body)).ShouldBe(2);
        }

        foreach (var look in (string[])
            [
                "select url, title, body, published_on::text, md5(body) from ingest.articles order by url",
                "select document::text from ingest.article_search order by article_id", "select text from ingest.dated_articles order by url",
            ])
            (await odd.RowsAsync(look)).ShouldBe(await plain.RowsAsync(look));

        // Readers come with what is set for them.
        await using var reader = NpgsqlDataSource.Create(odd.ConnectionString + ";Client Encoding=UTF8");
        foreach (var (question, title) in new[] { ("über", "Über alles"), ("rain", "Rain") })
        {
            await using var command = reader.CreateCommand("select title from ingest.search($1, '2026-01-01', '2026-12-31')");
            command.Parameters.Add(new NpgsqlParameter { Value = question });
            (await command.ExecuteScalarAsync(Ct)).ShouldBe(title);
        }
    }

    [Fact]
    public void What_matters_is_pinned_and_the_rest_of_the_connection_string_stays()
    {
        var settings = new NpgsqlConnectionStringBuilder(
            "Host=h;Options=-c statement_timeout=5s -c search_path=public -c idle_in_transaction_session_timeout=1;"
                + "Search Path=public;Timezone=Asia/Tokyo;Client Encoding=LATIN1;Encoding=iso-8859-1");

        SessionSettings.Apply(settings, TimeSpan.FromSeconds(60));

        (settings.ClientEncoding, settings.Encoding, settings.Timezone, settings.SearchPath).ShouldBe(("UTF8", "UTF8", "UTC", null));
        var options = settings.Options!.Split("-c ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static option => option.Split('='))
            .ToLookup(static option => option[0], static option => option[1]);
        options["search_path"].Last().ShouldBe("ingest,pg_temp");
        options["statement_timeout"].ShouldBe(["5s"]);
        options["idle_in_transaction_session_timeout"].ShouldBe(["60000", "1"]);
    }

    [Theory]
    [InlineData("SQL_ASCII")]
    [InlineData("LATIN1")]
    public async Task A_database_of_another_encoding_is_refused_in_a_sentence(string encoding)
    {
        await using var owner = await ArchiveDatabase.CreateAsync(postgres);
        await using var other = await OtherDatabase.CreateAsync(owner.ConnectionString, $"encoding '{encoding}' locale 'C'");
        await using var door = new Database(other.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);

        var refused = (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, Ct)).ShouldBeOfType<MigrationResult.Refused>();

        refused.Reason.ShouldContain($"is encoded in {encoding}");
    }

    [Fact]
    public async Task In_a_database_without_a_language_small_letters_find_large_ones()
    {
        await using var owner = await ArchiveDatabase.CreateAsync(postgres);
        await using var other = await OtherDatabase.CreateAsync(owner.ConnectionString, "encoding 'UTF8' locale 'C'");
        await using var door = new Database(other.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, Ct)).ShouldBeOfType<MigrationResult.Current>();
        var store = new ArticleStore(door, new Worker.Storage.Duplicates.DuplicateSearch(new Worker.Storage.Duplicates.DuplicatesOptions()));
        string[] titles = ["ÜBER ALLES", "ΑΘΉΝΑ", "МОСКВА", "plain"];
        await store.ImportAsync(
            [
                .. titles.Select(
                    static (title, i) =>
                        StoredArticle.FromArchive(ArticleDatabase.Article(FormattableString.Invariant($"{i}"), title, language: null), ArticleMarks.None)),
            ],
            ArticleDatabase.Now,
            Ct);
        while ((await ScalarAsync("select pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from ingest.article_changes)")) is not true)
            await Task.Delay(20, Ct);
        await new SearchIndex(door).CatchUpAsync(SearchScope.Headlines, Ct);

        foreach (var (asked, title) in new[] { ("über", titles[0]), ("Über", titles[0]), ("αθήνα", titles[1]), ("Москва", titles[2]), ("PLAIN", titles[3]) })
            (await ScalarAsync($"select string_agg(title, ',') from ingest.search('{asked}')")).ShouldBe(title, asked);

        async Task<object?> ScalarAsync(string sql)
        {
            await using var command = door.DataSource.CreateCommand(sql);
            return await command.ExecuteScalarAsync(Ct);
        }
    }
}

/// <summary>A database made beside another one, as a test wants it.</summary>
internal sealed record OtherDatabase(string Owner, string ConnectionString) : IAsyncDisposable
{
    public static async Task<OtherDatabase> CreateAsync(string owner, string how)
    {
        var name = $"other_{Guid.NewGuid():N}";
        await PostgresFixture.ExecuteAsync(owner, $"create database {name} template template0 {how}", TestContext.Current.CancellationToken);
        return new OtherDatabase(owner, new NpgsqlConnectionStringBuilder(owner) { Database = name, Pooling = false }.ConnectionString);
    }

    public async ValueTask DisposeAsync() => await PostgresFixture.ExecuteAsync(
        Owner, $"drop database \"{new NpgsqlConnectionStringBuilder(ConnectionString).Database}\" with (force)", CancellationToken.None);
}
