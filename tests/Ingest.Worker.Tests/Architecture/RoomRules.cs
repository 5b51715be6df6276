using System.Text.RegularExpressions;

namespace Ingest.Worker.Tests.Architecture;

/// <summary>The rules that keep each room to its own work, told from sources alone. Each gives one sentence a violation.</summary>
internal static partial class RoomRules
{
    private static readonly string[] AllRooms =
    [
        "Text", "Sources", "Identity", "Feeds", "Pages", "Fetching", "Articles", "Storage", "Ingestion", "Scheduling", "Archive", "Webhooks", "Operations",
        "Commands",
    ];

    private static readonly string[] CorridorAndBelow = ["Ingestion", "Storage", "Sources", "Articles", "Text"];

    /// <summary>Which rooms each room may use besides itself. The project's root and Commands compose all of them.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        // The packages; the compiler keeps them apart as well.
        ["PostgreSql.Embedded"] = [],
        ["Text"] = [],
        ["Sources"] = ["Feeds", "Text"],
        ["Identity"] = ["Feeds", "Text"],
        ["Feeds"] = ["Text"],
        ["Pages"] = ["Text"],
        ["Fetching"] = ["Sources", "Identity"],
        ["Articles"] = ["Feeds", "Pages", "Identity", "Text"],
        ["Storage"] = ["Articles", "Identity", "Sources", "Feeds", "Text"],
        ["Ingestion"] = ["Text", "Sources", "Identity", "Feeds", "Pages", "Fetching", "Articles", "Storage"],
        ["Scheduling"] = [.. CorridorAndBelow, "Fetching"],
        ["Archive"] = CorridorAndBelow,
        ["Webhooks"] = [.. CorridorAndBelow, "Identity", "Fetching", "Scheduling"],
        ["Operations"] = CorridorAndBelow,
        ["Commands"] = AllRooms,
        [""] = AllRooms,
    };

    private static readonly HashSet<string> PureRooms = ["Text", "Sources", "Identity", "Feeds", "Pages", "Articles"];

    private static readonly string[] ImpureNamespaces =
    [
        "System.Threading.Tasks", "System.Net.Http", "System.Net.Sockets", "System.Data", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions",
        "Microsoft.AspNetCore",
        "Npgsql", "Polly", "Quartz", "Spectre.Console", "System.CommandLine",
    ];

    // A source's schedule is a Quartz cron expression: PollPlan asks it for the next time after a given one, and nothing else of Quartz.
    private static readonly (string Room, string Namespace) CronExpressions = ("Sources", "Quartz");

    /// <summary>Rooms that a file uses against the table: by a using line, by a full name, or by a name from our root namespace.</summary>
    public static IEnumerable<string> WrongRooms(SourceText file, IReadOnlyList<SourceText> project)
    {
        if (!MayUse.TryGetValue(file.Room, out var allowed)) return [$"{file.Path}: {file.Room} is no room."];
        var typesOf = project.ToLookup(static source => source.Room, static source => source.DeclaredTypes);
        var used =
            from match in RoomName().Matches(file.Code)
            let room = match.Groups["room"].Value
            where AllRooms.Contains(room, StringComparer.Ordinal)
            where match.Groups["root"].Success || typesOf[room].Any(types => types.Contains(match.Groups["next"].Value, StringComparer.Ordinal))
            select (Room: room, Place: file.PlaceOf(match.Index));
        return from use in used
               where use.Room != file.Room && !allowed.Contains(use.Room, StringComparer.Ordinal)
               select $"{use.Place}: {(file.Room.Length == 0 ? "the root" : file.Room)} may not use {use.Room}.";
    }

    /// <summary>What a pure room must not know: async, the network, the database, logging, options, the clock, chance, files, the process.</summary>
    public static IEnumerable<string> Impurities(SourceText file)
    {
        if (!PureRooms.Contains(file.Room)) return [];
        var usings = from name in file.Usings
                     where ImpureNamespaces.Any(impure => name == impure || name.StartsWith(impure + ".", StringComparison.Ordinal))
                     where (file.Room, name) != CronExpressions
                     select $"{file.Path}: the pure room {file.Room} uses {name}.";
        var symbols = from match in ImpureSymbol().Matches(file.Code)
                      select $"{file.PlaceOf(match.Index)}: the pure room {file.Room} says '{match.Value.Trim()}'.";
        return usings.Concat(symbols);
    }

    /// <summary>Clocks that are not a TimeProvider; and the system's TimeProvider anywhere but where the worker is composed.</summary>
    public static IEnumerable<string> Clocks(SourceText file) =>
        from match in Clock().Matches(file.Code)
        where match.Value != "TimeProvider.System" || !(file.Room is "" or "Commands" || file.Path.EndsWith("Registration.cs", StringComparison.Ordinal))
        select $"{file.PlaceOf(match.Index)}: {match.Value}; time enters as a TimeProvider or an argument.";

    /// <summary>Interfaces that fewer than two types implement.</summary>
    public static IEnumerable<string> LonelyInterfaces(IReadOnlyList<SourceText> project) =>
        from file in project
        from name in file.Interfaces
        let implementers = project
            .SelectMany(static source => source.TypesWithBases)
            .Count(type => Regex.IsMatch(type.Bases, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromMinutes(1)))
        where implementers < 2
        select $"{file.Path}: {name} has {(implementers == 0 ? "no implementer" : "one implementer")}.";

    [GeneratedRegex(
        @"(?<![\w.])(?<root>Ingest\.(Worker\.)?)?(?<room>[A-Z][a-z]+)(\.(?<next>[A-Z]\w*)|(?<=Ingest\.(Worker\.)?\w+)\b)",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex RoomName();

    [GeneratedRegex(
        @"\basync\s|\bawait\s|\b(File|Directory|Environment|Console|Guid\.NewGuid|Random|TimeProvider|Thread\.Sleep|ILogger|IOptions)\b(?=[.<(\s])|"
            + @"\bnew\s+(FileStream|Random|HttpClient)\b",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex ImpureSymbol();

    [GeneratedRegex(
        @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bStopwatch\b|\bEnvironment\.TickCount(64)?\b|\bTimeProvider\.System\b",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Clock();
}
