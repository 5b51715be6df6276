using Npgsql;

namespace Ingest.Worker.Tests;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Each_test_has_a_database_of_its_own()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = await postgres.CreateDatabaseAsync(ct);
        await using var second = await postgres.CreateDatabaseAsync(ct);
        await PostgresFixture.ExecuteAsync(first.ConnectionString, "create table only_here (id int)", ct);

        var missing = await Should.ThrowAsync<PostgresException>(() => PostgresFixture.ExecuteAsync(second.ConnectionString, "select * from only_here", ct));
        missing.SqlState.ShouldBe(PostgresErrorCodes.UndefinedTable);
    }

    [Fact]
    public async Task A_disposed_database_is_dropped_even_while_connections_are_open()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(ct);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var open = await source.OpenConnectionAsync(ct);
        await database.DisposeAsync();

        var gone = await Should.ThrowAsync<PostgresException>(() => PostgresFixture.ExecuteAsync(database.ConnectionString, "select 1", ct));
        gone.SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }
}
