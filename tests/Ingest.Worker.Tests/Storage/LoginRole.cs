using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>A role of the server that may log in, a member of another, for one test.</summary>
internal sealed record LoginRole(ArticleDatabase Database, string Name, string ConnectionString) : IAsyncDisposable
{
    public static async Task<LoginRole> CreateAsync(ArticleDatabase database, string member)
    {
        var name = $"login_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"create role {name} login password 'x' in role {member}");
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = "x", Pooling = false };
        return new LoginRole(database, name, connection.ConnectionString);
    }

    public async ValueTask DisposeAsync() => await Database.ExecuteAsync($"drop role {Name}");
}
