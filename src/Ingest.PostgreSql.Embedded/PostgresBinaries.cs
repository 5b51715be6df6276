using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Ingest.PostgreSql.Embedded.Server;

namespace Ingest.PostgreSql.Embedded;

/// <summary>A folder with PostgreSQL's programs.</summary>
/// <param name="Folder">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Version">As the program says it: <c>17.2</c>.</param>
internal sealed record PostgresBinaries(string Folder, string Version)
{
    public int Major { get; } = int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    public string Postgres => Path.Combine(Folder, "postgres");

    public string Initdb => Path.Combine(Folder, "initdb");
}

/// <summary>Where PostgreSQL was looked for, and what is there.</summary>
internal sealed partial record PostgresSearch(IReadOnlyList<string> Places, IReadOnlyList<PostgresBinaries> Found)
{
    /// <summary>Programs that are there and do not run, each with the reason.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>15 is the first with <c>MERGE</c> and <c>UNIQUE NULLS NOT DISTINCT</c>, and what Debian 12 ships.</summary>
    public const int OldestMajor = 15;

    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The newest version, or the newest of one major (a cluster only runs under the major that made it); null when there is none.</summary>
    public PostgresBinaries? Newest(int? major) =>
        Found.Where(binaries => binaries.Major >= OldestMajor && (major is null || binaries.Major == major))
            .MaxBy(static binaries => (binaries.Major, System.Version.TryParse(binaries.Version, out var version) ? version : new Version()));

    /// <summary>
    /// The configured folder alone, or every place that packages, installers and the quick-start put PostgreSQL in. A trailing <c>*</c> folder stands for all.
    /// </summary>
    public static IReadOnlyList<string> PlacesFor(string? binDirectory)
    {
        if (!string.IsNullOrWhiteSpace(binDirectory)) return [Path.GetFullPath(binDirectory)];
        IEnumerable<string> packaged =
        [
            "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/usr/libexec/postgresql*", "/opt/homebrew/opt/postgresql*/bin",
            "/usr/local/opt/postgresql*/bin", "/Applications/Postgres.app/Contents/Versions/*/bin", "/Library/PostgreSQL/*/bin",
        ];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. packaged.Concat(path)
                .Append(Path.Combine(DataFolder.Conventional(Environment.GetEnvironmentVariable), "postgresql", "*", "bin"))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    public static async Task<PostgresSearch> LookAsync(IReadOnlyList<string> places, CancellationToken ct)
    {
        var folders = places.SelectMany(Expand).Select(RealFolder).OfType<string>().Distinct(StringComparer.Ordinal);
        List<PostgresBinaries> found = [];
        List<string> broken = [];
        foreach (var folder in folders)
        {
            var (version, fault) = await VersionAsync(folder, ct);
            if (version is not null) found.Add(new PostgresBinaries(folder, version));
            else broken.Add($"{folder}/postgres does not run ({fault})");
        }

        return new PostgresSearch(places, found) { Broken = broken };
    }

    /// <summary>One paragraph: every place, what was found there, and the three ways out.</summary>
    public string Explain(int? major)
    {
        var wanted = (major ?? OldestMajor).ToString(CultureInfo.InvariantCulture);
        var missing = major is null
            ? $"No PostgreSQL {wanted} or later was found for the embedded database"
            : $"The embedded database was made by PostgreSQL {wanted}, and no PostgreSQL {wanted} was found to run it";
        var found = Found.Count == 0 ? "none" : string.Join(", ", Found.Select(static binaries => $"{binaries.Version} in {binaries.Folder}"));
        var broken = string.Concat(Broken.Select(static program => $"; {program}"));
        var suffix = major is null ? "" : "-" + wanted;
        return $"{missing}. Looked at: {string.Join(", ", Places)}. Versions found: {found}{broken}. Either install PostgreSQL (Debian, Ubuntu: "
            + $"apt-get install postgresql{suffix}; "
            + $"Fedora: dnf install postgresql-server; macOS: brew install postgresql@{(major is null ? "18" : wanted)}), "
            + $"or set {EmbeddedPostgresOptions.Section}:BinDirectory "
            + "to a folder that holds its postgres and initdb, or set ConnectionStrings:Ingest to a database you run.";
    }

    private static IEnumerable<string> Expand(string place)
    {
        var star = place.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return [place];
        var parent = place[..(place.LastIndexOf('/', star) + 1)];
        var end = place.IndexOf('/', star);
        var pattern = place[parent.Length..(end < 0 ? place.Length : end)];
        var rest = end < 0 ? "" : place[(end + 1)..];
        return Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, rest)) : [];
    }

    // A link on PATH stands for the folder it points into, where initdb finds its share files.
    private static string? RealFolder(string folder)
    {
        var postgres = new FileInfo(Path.Combine(folder, "postgres"));
        var real = postgres.Exists ? postgres.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? postgres.FullName : null;
        var home = Path.GetDirectoryName(real);
        return home is not null && File.Exists(Path.Combine(home, "initdb")) ? home : null;
    }

    private static async Task<(string? Version, string? Fault)> VersionAsync(string folder, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(VersionTimeout);
        try
        {
            var answer = await ChildProcess.RunAsync([Path.Combine(folder, "postgres"), "--version"], "", limit.Token);
            var version = VersionLine().Match(answer.Output);
            return answer.ExitCode == 0 && version.Success ? (version.Groups["version"].Value, null) : (null, Shortened(answer.Errors));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "no answer");
        }
    }

    private static string Shortened(string errors)
    {
        var line = errors.ReplaceLineEndings(" ");
        return line.Length == 0 ? "it states no version" : line[..Math.Min(line.Length, 200)];
    }

    [GeneratedRegex(
        @"\(PostgreSQL\) (?<version>[0-9]{1,4}(\.[0-9]{1,4})?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionLine();
}
