namespace Ingest.Tests;

/// <summary>Where the repository lies that this test program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ingest.Worker.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Ingest.Worker.sln above {AppContext.BaseDirectory}: the tests run from a build inside the repository.");
    }
}
