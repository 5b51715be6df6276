using System.Globalization;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Functions and views are files: what differs from its file is made anew, and nothing else.</summary>
public sealed class SchemaObjectTests(PostgresFixture postgres)
{
    private static readonly Version Next = new(99, 0, 0);

    private static readonly SchemaObject Base = new("view", "base_of_test", "create or replace view ingest.base_of_test as select 1 as kept, 2 as lost");
    private static readonly SchemaObject Narrower = Base with { Text = "create or replace view ingest.base_of_test as select 3 as kept" };
    private static readonly SchemaObject Reckoned = new(
        "function", "reckoned_of_test",
        "create or replace function ingest.reckoned_of_test() returns bigint language sql stable return (select kept from ingest.base_of_test)");
    private static readonly SchemaObject Top = new(
        "view", "a_top_of_test",
        "create or replace view ingest.a_top_of_test as select ingest.reckoned_of_test() as sum; revoke select on ingest.a_top_of_test from ingest_reader");

    [Fact]
    public async Task Every_function_and_view_is_the_one_of_its_file()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        (await database.RowsAsync("""
            select 'function', proname from pg_proc where pronamespace = 'ingest'::regnamespace
            union all select 'view', relname from pg_class where relnamespace = 'ingest'::regnamespace and relkind in ('v', 'm') order by 1, 2
            """)).ShouldBe(SchemaObject.All.Select(static one => $"{one.Kind}|{one.Name}"), ignoreOrder: true);
        (await database.RowsAsync("select name, kind, hash, version from ingest.schema_objects")).ShouldBe(
            SchemaObject.All.Select(static one => $"{one.Name}|{one.Kind}|{one.Hash}|{SchemaOfWorker.Own.Version}"), ignoreOrder: true);
    }

    [Fact]
    public void Every_function_and_view_comes_after_those_that_it_names()
    {
        SchemaObject.InOrder([Top, Base, Reckoned]).ShouldBe([Base, Reckoned, Top]);
        SchemaObject.InOrder([new("view", "a", "ingest.b"), new("view", "b", "ingest.a ingest.ab"), new("view", "ab", "")]).Select(static one => one.Name)
            .ShouldBe(["ab", "b", "a"]);
    }

    [Fact]
    public async Task What_has_another_text_is_replaced_and_keeps_owner_and_privileges()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var role = await LoginRole.CreateAsync(database, "pg_monitor");
        await database.ExecuteAsync($"""
            revoke execute on function ingest.schema_version() from public, ingest_reader;
            grant execute on function ingest.schema_version() to {role.Name} with grant option;
            grant select (url) on ingest.source_health to {role.Name}
            """);
        var before = await SchemaPicture.OfAsync(database);

        var current = (await database.MigrateAsync(With(Changed("schema_version"), Changed("source_health")))).ShouldBeOfType<MigrationResult.Current>();

        current.Applied.ShouldBeEmpty();
        current.Made.ShouldBe(["schema_version", "source_health"], ignoreOrder: true);
        (await SchemaPicture.OfAsync(database)).ShouldBe(before);
        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Made.ShouldBe(current.Made);
        await database.ExecuteAsync($"drop owned by {role.Name}");
    }

    [Fact]
    public async Task What_cannot_be_replaced_is_dropped_with_what_is_bound_to_it_and_all_keep_owners_and_privileges()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var role = await LoginRole.CreateAsync(database, "pg_monitor");
        await database.MigrateAsync(With(Base, Reckoned, Top));
        await database.ExecuteAsync($"""
            grant create on schema ingest to {role.Name};
            alter view ingest.base_of_test owner to {role.Name};
            alter function ingest.reckoned_of_test() owner to {role.Name};
            revoke execute on function ingest.reckoned_of_test() from public;
            grant execute on function ingest.reckoned_of_test() to pg_monitor with grant option;
            grant select on ingest.a_top_of_test to public;
            grant select (kept, lost) on ingest.base_of_test to pg_monitor
            """);
        const string privileges = """
            select relname, pg_get_userbyid(relowner), array(select acl::text from unnest(relacl) acl order by 1)::text from pg_class where relname like '%\_of\_test'
            union all select proname, pg_get_userbyid(proowner), array(select acl::text from unnest(proacl) acl order by 1)::text from pg_proc where proname like '%\_of\_test' order by 1
            """;
        var before = await database.RowsAsync(privileges);

        var current = (await database.MigrateAsync(With(Narrower, Reckoned, Top))).ShouldBeOfType<MigrationResult.Current>();

        current.Made.ShouldBe(["base_of_test", "reckoned_of_test", "a_top_of_test"]);
        (await database.RowsAsync("select sum from ingest.a_top_of_test")).ShouldBe(["3"]);
        (await database.RowsAsync(privileges)).ShouldBe(before);
        (await database.RowsAsync(
            "select attname, attacl::text like '{pg_monitor=r/%' from pg_attribute "
                + "where attrelid = 'ingest.base_of_test'::regclass and attnum > 0 and not attisdropped"))
            .ShouldBe(["kept|True"]);

        var text = Reckoned.Text.Replace("bigint", "text", StringComparison.Ordinal).Replace("select kept", "select kept::text", StringComparison.Ordinal);
        (await database.MigrateAsync(With(Narrower, Reckoned with { Text = text }, Top)))
            .ShouldBeOfType<MigrationResult.Current>().Made.ShouldBe(["reckoned_of_test", "a_top_of_test"]);
        (await database.RowsAsync("select sum, pg_typeof(sum)::text from ingest.a_top_of_test")).ShouldBe(["3|text"]);
        (await database.RowsAsync(privileges)).ShouldBe(before);
        await database.ExecuteAsync($"reassign owned by {role.Name} to current_user; drop owned by {role.Name}");
    }

    [Fact]
    public async Task What_somebody_else_has_made_of_it_stands_in_the_way_and_is_named()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.MigrateAsync(With(Base));
        await database.ExecuteAsync("create view public.mine as select * from ingest.base_of_test");
        var before = await SchemaPicture.OfAsync(database);

        var refused = (await database.MigrateAsync(With(Narrower))).ShouldBeOfType<MigrationResult.Refused>();

        refused.Reason.ShouldContain("base_of_test has to be dropped and recreated, but public.mine is made from it");
        (await SchemaPicture.OfAsync(database)).ShouldBe(before);
    }

    [Fact]
    public async Task What_PostgreSQL_does_not_take_at_all_is_an_error_and_changes_nothing()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var wrong = new SchemaObject("function", "wrong_of_test", "create function ingest.wrong_of_test() returns integer language sql as 'select true'");

        (await Should.ThrowAsync<PostgresException>(() => database.MigrateAsync(With(Changed("search"), wrong)))).SqlState.ShouldBe("42P13");

        (await database.RowsAsync("select count(*) from ingest.schema_objects where name = 'wrong_of_test'")).ShouldBe(["0"]);
        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_dropped_by_hand_is_made_again()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var before = await SchemaPicture.OfAsync(database);
        await database.ExecuteAsync("drop view ingest.dated_articles; drop function ingest.dated_text, ingest.settle_search");

        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Made.ShouldBe(["dated_text", "settle_search", "dated_articles"]);

        (await SchemaPicture.OfAsync(database)).ShouldBe(before);
    }

    [Fact]
    public async Task An_older_worker_leaves_what_a_newer_one_made_and_works_with_it()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.MigrateAsync(With(Changed("search"), Base) with { Version = Next });
        var before = await SchemaPicture.OfAsync(database);

        foreach (var apply in (bool[])[true, false])
        {
            var current = (await database.MigrateAsync(With(Changed("schema_version")), apply)).ShouldBeOfType<MigrationResult.Current>();
            current.Made.ShouldBeEmpty();
            current.NewerObjects.ShouldBe(Next);
        }

        (await SchemaPicture.OfAsync(database)).ShouldBe(before);
        (await database.RowsAsync($"select name from ingest.schema_objects where version = '{Next}' order by 1")).ShouldBe(["base_of_test", "search"]);
    }

    [Fact]
    public async Task A_worker_that_does_not_own_the_schema_is_told_in_a_sentence_whether_it_is_to_migrate_or_not()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var role = await LoginRole.CreateAsync(database, "ingest_worker");
        await using var door = new Database(role.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        var migrator = new Migrator(door, NullLogger<Migrator>.Instance) { Worker = With(Changed("search"), Changed("source_health")) };
        var before = await SchemaPicture.OfAsync(database);

        foreach (var apply in (bool[])[false, true])
        {
            var reason = (await migrator.MigrateAsync(apply, TestContext.Current.CancellationToken)).ShouldBeOfType<MigrationResult.Refused>().Reason;
            reason.ShouldContain("(search, source_health)");
            reason.ShouldContain("of another version");
            reason.ShouldContain("\"ingest-worker database migrate\"");
        }

        (await SchemaPicture.OfAsync(database)).ShouldBe(before);
    }

    [Fact]
    public async Task Of_workers_that_start_at_once_one_makes_what_differs()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var worker = With(Changed("search"), Changed("dated_articles"));

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.MigrateAsync(worker)));

        results.Select(static result => result.ShouldBeOfType<MigrationResult.Current>().Made.Count.ToString(CultureInfo.InvariantCulture)).Order()
            .ShouldBe(["0", "0", "0", "2"]);
    }

    private static SchemaObject Changed(string name) =>
        SchemaObject.All.Where(one => one.Name == name).Select(static one => one with { Text = one.Text + "-- Another text.\n" }).Single();

    private static SchemaOfWorker With(params SchemaObject[] objects)
    {
        var others = SchemaObject.All.Where(one => objects.All(other => other.Name != one.Name));
        return SchemaOfWorker.Own with { Objects = SchemaObject.InOrder([.. objects, .. others]) };
    }
}
