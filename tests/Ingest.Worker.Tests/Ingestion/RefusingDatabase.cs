namespace Ingest.Worker.Tests.Ingestion;

/// <summary>A database that refuses writes, and the way past that.</summary>
internal static class RefusingDatabase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Also while the database is read-only to everybody else.
    public static async Task ExecuteAsync(TestDatabase database, string sql) =>
        await PostgresFixture.ExecuteAsync(Writing(database), sql, Ct);

    public static string Raise(string state) => $"""
        create function ingest.refuse() returns trigger language plpgsql as $$ begin raise exception 'refused' using errcode = '{state}'; end $$;
        create trigger refuse before insert on ingest.fetches for each statement execute function ingest.refuse()
        """;

    public static async Task<long> CountAsync(TestDatabase database, string table)
    {
        await using var connection = new Npgsql.NpgsqlConnection(Writing(database));
        await connection.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    public static string Writing(TestDatabase database) =>
        new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            Options = "-c default_transaction_read_only=off",
        }.ConnectionString;
}
