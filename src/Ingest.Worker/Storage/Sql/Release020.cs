using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>The first release, whose schema one migration makes now. It had made it in eight, and says so in its databases.</summary>
internal static class Release020
{
    /// <summary>The migration that stands for all of them.</summary>
    public const string Initial = "20261129090000_Initial";

    public static IReadOnlyList<string> Migrations { get; } =
    [
        "20261124125611_Spine", "20261124141519_Identity", "20261124144016_Endurance", "20261124144202_Manners",
        "20261124153000_Reading", "20261124220000_Sampling", "20261129080000_ChangedSince", "20261129090000_Words",
    ];

    /// <summary>Has a database say that it is what the one migration makes; nothing else of it changes.</summary>
    public static async Task TakeAsInitialAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            with eight as (delete from ingest.schema_migrations where migration_id = any($1) returning product_version)
            insert into ingest.schema_migrations (migration_id, product_version) select $2, max(product_version) from eight
            """,
            connection)
        {
            Parameters = { new() { Value = Migrations.ToArray() }, new() { Value = Initial } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
