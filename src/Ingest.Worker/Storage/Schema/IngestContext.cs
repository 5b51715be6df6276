using Ingest.Worker.Storage.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ingest.Worker.Storage.Schema;

/// <summary>The schema <c>ingest</c>. Reads and single rows go through it; sets are written with SQL over its connection.</summary>
internal sealed class IngestContext(DbContextOptions<IngestContext> options) : DbContext(options)
{
    public const string Schema = "ingest";

    public DbSet<SourceRow> Sources => Set<SourceRow>();

    public DbSet<ArticleRow> Articles => Set<ArticleRow>();

    public DbSet<SightingRow> Sightings => Set<SightingRow>();

    public DbSet<QueuedPageRow> PageQueue => Set<QueuedPageRow>();

    public DbSet<FetchRow> Fetches => Set<FetchRow>();

    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();

    public DbSet<AliasRow> Aliases => Set<AliasRow>();

    public DbSet<LinkRow> Links => Set<LinkRow>();

    public DbSet<StoryRow> Stories => Set<StoryRow>();

    public DbSet<ShingleRow> Shingles => Set<ShingleRow>();

    public DbSet<SketchRow> Sketches => Set<SketchRow>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<SearchRow> Search => Set<SearchRow>();

    public DbSet<SearchProgressRow> SearchProgress => Set<SearchProgressRow>();

    /// <summary>The options every context is made with, at run time and when migrations are written.</summary>
    public static void Configure(DbContextOptionsBuilder options, Npgsql.NpgsqlDataSource dataSource) =>
        options
            .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("schema_migrations", Schema))
            .UseSnakeCaseNamingConvention()
            // An upgrade is one transaction, with what EF Core does not do; the migrator has a lock of its own.
            .ConfigureWarnings(static warnings => warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        SourceSchema.Map(modelBuilder.Entity<SourceRow>());
        SourceSchema.Map(modelBuilder.Entity<SourceEventRow>());
        SourceSchema.Map(modelBuilder.Entity<HostHoldRow>());
        ArticleSchema.Map(modelBuilder.Entity<ArticleRow>(), ArticleTable.Own);
        ArticleSchema.Map(modelBuilder.Entity<SightingRow>());
        QueueSchema.Map(modelBuilder.Entity<QueuedPageRow>());
        QueueSchema.Map(modelBuilder.Entity<FetchRow>());
        IdentitySchema.Map(modelBuilder.Entity<RevisionRow>());
        IdentitySchema.Map(modelBuilder.Entity<AliasRow>());
        IdentitySchema.Map(modelBuilder.Entity<LinkRow>());
        IdentitySchema.Map(modelBuilder.Entity<StoryRow>());
        IdentitySchema.Map(modelBuilder.Entity<ShingleRow>());
        IdentitySchema.Map(modelBuilder.Entity<SketchRow>());
        ReadingSchema.Map(modelBuilder.Entity<ArticleRow>());
        ReadingSchema.Map(modelBuilder.Entity<ChangeRow>());
        ReadingSchema.Map(modelBuilder.Entity<SearchRow>());
        ReadingSchema.Map(modelBuilder.Entity<SearchProgressRow>());
    }
}
