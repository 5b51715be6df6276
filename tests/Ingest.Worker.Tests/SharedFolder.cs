namespace Ingest.Worker.Tests;

/// <summary>The reference material beside the repository, where there is any.</summary>
internal static class SharedFolder
{
    /// <summary>Full path of a file of it; null when it is not here.</summary>
    public static string? File(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(folder.FullName, "Ingest.Worker.sln"))) continue;
            var file = Path.Combine(folder.FullName, "..", "shared", path);
            return System.IO.File.Exists(file) ? file : null;
        }

        return null;
    }
}
