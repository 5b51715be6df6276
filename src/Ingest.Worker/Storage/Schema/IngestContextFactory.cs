using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Ingest.Worker.Storage.Schema;

/// <summary>How <c>dotnet ef</c> makes a context when a migration is written; it does not connect.</summary>
internal sealed class IngestContextFactory : IDesignTimeDbContextFactory<IngestContext>
{
    public IngestContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IngestContext>();
        IngestContext.Configure(options, NpgsqlDataSource.Create("Host=localhost;Database=ingest"));
        return new IngestContext(options.Options);
    }
}
