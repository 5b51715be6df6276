using System.IO;
using Ingest.Worker.Storage.Tables;

namespace Ingest.Worker.Storage.Sql;

/// <summary>SQL that is a file of this folder, or of the migrations, and travels in the assembly.</summary>
internal static class SqlFile
{
    /// <summary>The text of a file, with line ends as PostgreSQL is to store them.</summary>
    /// <param name="name">As <c>functions/search.sql</c>, <c>migrations/Initial/Roles.sql</c>.</param>
    public static string Read(string name)
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no embedded {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>The text of a statement, with the columns of articles in their places: see <see cref="ArticleTable.Fill"/>.</summary>
    public static string Read(string name, ArticleTable articles) => articles.Fill(Read(name));

    /// <summary>The names of a folder's files.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(SqlFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
