using System.Reflection;
using Ingest.Worker.Storage.Sql.Indexes;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Sql;

/// <summary>What a worker expects of the schema.</summary>
/// <param name="Migrations">Their names.</param>
/// <param name="Objects">Functions and views, in the order in which they can be made.</param>
/// <param name="Version">Its own; what a newer one made of functions and views stays.</param>
internal sealed record SchemaOfWorker(IReadOnlyList<string> Migrations, IReadOnlyList<SchemaObject> Objects, Version Version)
{
    /// <summary>Indexes of large tables.</summary>
    public IReadOnlyList<SchemaIndex> Indexes { get; init; } = SchemaIndex.All;

    public static SchemaOfWorker Own { get; } = new(
        [.. typeof(SchemaOfWorker).Assembly.GetTypes()
            .Select(static type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal)],
        SchemaObject.All,
        new Version(typeof(SchemaOfWorker).Assembly.GetName().Version!.ToString(3)));
}

/// <summary>What lies between a database and a worker.</summary>
internal abstract record SchemaGap
{
    private SchemaGap()
    {
    }

    /// <summary>The database is of a worker that came after this one.</summary>
    /// <param name="Migration">The last one that this worker does not know.</param>
    internal sealed record TooNew(string Migration) : SchemaGap;

    /// <summary>The database is of a version that was never released, or is not upgraded from.</summary>
    internal sealed record TooOld : SchemaGap;

    /// <summary>The database lacks this; nothing when it is current.</summary>
    /// <param name="Migrations">In their order.</param>
    /// <param name="Objects">Functions and views that are missing or others.</param>
    /// <param name="NewerObjects">The version of a newer worker whose functions and views are there, and stay; null for none.</param>
    /// <param name="IsOf020">Whether the migrations are recorded as 0.2.0 recorded them.</param>
    internal sealed record Lacks(IReadOnlyList<string> Migrations, IReadOnlyList<SchemaObject> Objects, Version? NewerObjects, bool IsOf020) : SchemaGap
    {
        /// <summary>Indexes of large tables that are missing or were never finished.</summary>
        public IReadOnlyList<SchemaIndex> Indexes { get; init; } = [];

        public bool IsNothing => Migrations.Count == 0 && Objects.Count == 0 && Indexes.Count == 0;
    }

    public static SchemaGap Between(SchemaState database, SchemaOfWorker worker)
    {
        var applied = database.Migrations.ToHashSet(StringComparer.Ordinal);
        var isOf020 = applied.Overlaps(Release020.Migrations);
        if (isOf020 && !applied.IsSupersetOf(Release020.Migrations)) return new TooOld();
        if (isOf020)
        {
            applied.ExceptWith(Release020.Migrations);
            applied.Add(Release020.Initial);
        }

        if (applied.Except(worker.Migrations, StringComparer.Ordinal).Order(StringComparer.Ordinal).LastOrDefault() is { } unknown) return new TooNew(unknown);
        var newest = database.Objects.Select(static one => one.By).Max();
        var missing = worker.Migrations.Where(migration => !applied.Contains(migration)).ToList();
        if (newest is not null && newest > worker.Version) return new Lacks(missing, [], newest, isOf020);
        var recorded = database.Objects.ToDictionary(static one => one.Name, static one => one.Hash, StringComparer.Ordinal);
        return new Lacks(missing, [.. worker.Objects.Where(one => recorded.GetValueOrDefault(one.Name) != one.Hash)], null, isOf020)
        {
            Indexes = [.. worker.Indexes.Where(one => !database.Indexes.Contains(one.Name))],
        };
    }
}
