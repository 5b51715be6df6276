using System.IO;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The SQL that migrations run beside what EF Core writes: views, functions, roles.</summary>
internal static class MigrationSql
{
    public static string Read(string name)
    {
        using var stream = typeof(MigrationSql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no embedded {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
