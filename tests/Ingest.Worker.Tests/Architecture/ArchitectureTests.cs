using System.Text.RegularExpressions;

namespace Ingest.Worker.Tests.Architecture;

/// <summary>Holds the sources to the house's rules, and each rule to a source that breaks it.</summary>
public sealed partial class ArchitectureTests
{
    private const int LongestFile = 200;

    private static readonly HashSet<string> TopLevel =
    [
        "src", "tests", "docs", "deploy", ".ci", "appsettings.json", "appsettings.schema.json", "Ingest.Worker.sln", "Dockerfile", "LICENSE",
        "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md",
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitignore", ".dockerignore",
    ];

    // Not part of the repository: git's own, what builds and tests leave, and the folders of editors, which .gitignore lists.
    private static readonly HashSet<string> Ignored =
    [
        ".git", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules",
        ".vs", ".vscode", ".idea", ".fleet", ".zed", ".history", ".DS_Store",
    ];

    /// <summary>Files that are long for a reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal)
    {
        ["Text/Html/HtmlText.cs"] = "one pass with one state",
    };

    // Tables of temperaments.
    private static readonly string[] Simulations = ["Ingest.Worker.Tests/Ingestion/Month/", "Ingest.Worker.Benchmarks/Month.cs"];

    private static readonly IReadOnlyList<SourceText> Project = SourceText.LoadAll(Path.Combine(Repository.Root, "src"));

    [Fact]
    public void Rooms_use_only_the_rooms_below_them() => Project.SelectMany(static file => RoomRules.WrongRooms(file, Project)).ShouldBeEmpty();

    [Fact]
    public void No_namespaces_need_each_other() => CycleRules.Cycles(Project).ShouldBeEmpty();

    [Fact]
    public void Pure_rooms_are_pure() => Project.SelectMany(RoomRules.Impurities).ShouldBeEmpty();

    [Fact]
    public void Time_enters_from_outside() => Project.SelectMany(RoomRules.Clocks).ShouldBeEmpty();

    [Fact]
    public void Interfaces_have_two_implementers() => RoomRules.LonelyInterfaces(Project).ShouldBeEmpty();

    [Fact]
    public void No_service_in_the_background_can_end_the_worker() =>
        Project.Where(static file => file.Code.Contains(": BackgroundService", StringComparison.Ordinal)).Select(static file => file.Path)
            .ShouldBe(["Ingestion/Turns/EndlessService.cs"]);

    [Fact]
    public void Files_are_short()
    {
        var files = Project.Where(static file => !IsGenerated(file)).ToList();
        files.Where(static file => file.Lines > LongestFile && !LongFiles.ContainsKey(file.Path)).Select(static file => file.Path).ShouldBeEmpty();
        LongFiles.Keys.ShouldBeSubsetOf(files.Select(static file => file.Path));
    }

    [Fact]
    public void Folders_hold_ten_files_at_most() =>
        Project.Where(static file => !file.Path.StartsWith("Storage/Migrations/", StringComparison.Ordinal))
            .GroupBy(static file => file.Namespace)
            .Where(static folder => folder.Count() > 10)
            .Select(static folder => $"{folder.Key}: {folder.Count()}")
            .ShouldBeEmpty();

    [Fact]
    public void Lines_are_short()
    {
        Project.Where(static file => !IsGenerated(file)).SelectMany(static file => LineRules.LongLines(file, mayHoldData: false)).ShouldBeEmpty();
        SourceText.LoadFolder(Path.Combine(Repository.Root, "tests"))
            .Where(static file => !Simulations.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .SelectMany(static file => LineRules.LongLines(file, mayHoldData: true))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Event_ids_are_unique() =>
        Project.SelectMany(static file => LogEvents().Matches(file.Text).Select(match => (Id: match.Groups["id"].Value, file.Path)))
            .GroupBy(static one => one.Id)
            .Where(static ids => ids.Count() > 1)
            .Select(static ids => $"{ids.Key}: {string.Join(", ", ids.Select(static one => one.Path))}")
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_unexpected_lies_at_the_top() =>
        Directory.EnumerateFileSystemEntries(Repository.Root).Select(static path => Path.GetFileName(path)).Where(static name => !Ignored.Contains(name))
            .ShouldBeSubsetOf(TopLevel);

    [Fact]
    public void Namespaces_are_folders() =>
        Project.Where(static file => !IsGenerated(file))
            .Where(static file => !file.Code.Contains($"namespace {file.Namespace};", StringComparison.Ordinal))
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LogEvents();

    private static bool IsGenerated(SourceText file) => file.Path.StartsWith("Storage/Migrations/", StringComparison.Ordinal);

    [Theory]
    [InlineData("Feeds/A.cs", "using Ingest.Worker.Storage;")]
    [InlineData("Feeds/A.cs", "using static Ingest.Worker.Storage.Postgres.Database;")]
    [InlineData("Feeds/A.cs", "using Db = Ingest.Worker.Storage.Postgres.Database;")]
    [InlineData("Feeds/A.cs", "namespace Ingest.Feeds; class A { Ingest.Worker.Storage.Postgres.Database x; }")]
    [InlineData("Feeds/A.cs", "namespace Ingest.Feeds; class A { Storage.Database x; }")]
    [InlineData("Text/A.cs", "using Ingest.Worker.Storage.Saving;")]
    [InlineData("Fetching/A.cs", "using Ingest.Worker.Storage;")]
    [InlineData("Archive/A.cs", "using Ingest.Worker.Fetching;")]
    [InlineData("Helpers/A.cs", "class A;")]
    public void A_wrong_room_is_found(string path, string text) =>
        RoomRules.WrongRooms(new SourceText(path, text), [new SourceText("Storage/Database.cs", "internal sealed class Database\n{\n}")])
            .ShouldHaveSingleItem();

    [Theory]
    [InlineData("Feeds/A.cs", "using Ingest.Text;\nusing System.IO;\n// using Ingest.Worker.Storage;\nclass A { string s = \"Storage.Database\"; }")]
    [InlineData("Feeds/A.cs", "class A { int x = this.Storage.Count + Storage.Count; }")]
    [InlineData("Commands/A.cs", "using Ingest.Worker.Storage;")]
    [InlineData("A.cs", "using Ingest.PostgreSql.Embedded;")]
    [InlineData("Storage/Saving/A.cs", "using Ingest.Worker.Storage;")]
    public void A_right_room_is_let_be(string path, string text) =>
        RoomRules.WrongRooms(new SourceText(path, text), [new SourceText("Storage/Database.cs", "internal sealed class Database\n{\n}")]).ShouldBeEmpty();

    [Theory]
    [InlineData("using System.Threading.Tasks;")]
    [InlineData("using Microsoft.Extensions.Logging;")]
    [InlineData("using Microsoft.EntityFrameworkCore;")]
    [InlineData("using System.Net.Http.Headers;")]
    [InlineData("class A { async void M() {} }")]
    [InlineData("class A { string s = File.ReadAllText(p); }")]
    [InlineData("class A { Random r; }")]
    [InlineData("class A { Guid g = Guid.NewGuid(); }")]
    [InlineData("class A(TimeProvider time);")]
    public void An_impurity_is_found(string text)
    {
        RoomRules.Impurities(new SourceText("Feeds/A.cs", text)).ShouldHaveSingleItem();
        RoomRules.Impurities(new SourceText("Storage/A.cs", text)).ShouldBeEmpty();
        RoomRules.Impurities(new SourceText("Feeds/A.cs", $"/* {text} */")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("DateTime.Today")]
    [InlineData("Stopwatch.StartNew()")]
    [InlineData("Environment.TickCount64")]
    [InlineData("TimeProvider.System")]
    public void A_clock_is_found(string text)
    {
        RoomRules.Clocks(new SourceText("Fetching/A.cs", $"class A {{ object x = {text}; }}")).ShouldHaveSingleItem();
        RoomRules.Clocks(new SourceText("Fetching/A.cs", $"class A {{ object x = \"{text}\"; }}")).ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_that_need_each_other_are_found()
    {
        var (one, two, three) = (
            new SourceText("Feeds/A.cs", "using Ingest.Worker.Pages.B;"), new SourceText("Pages/B/A.cs", "using Ingest.Worker.Text;"),
            new SourceText("Text/A.cs", "using Ingest.Worker.Feeds;"));
        CycleRules.Cycles([one, two]).ShouldBeEmpty();
        CycleRules.Cycles([one, two, three]).Count().ShouldBe(3);
        CycleRules.Cycles([one, new SourceText("Pages/B/A.cs", "using Ingest.Worker.Feeds;")]).ShouldHaveSingleItem();
        CycleRules.Cycles([new SourceText("Feeds/A.cs", "using Ingest.Worker.Feeds.B;"), new SourceText("Feeds/B/A.cs", "using Ingest.Worker.Feeds;")])
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_lonely_interface_is_found()
    {
        var alone = new SourceText("Feeds/A.cs", "interface IReader { }\ninternal sealed class Reader(int x) : IReader\n{\n}");
        RoomRules.LonelyInterfaces([alone]).ShouldHaveSingleItem().ShouldContain("IReader has one");
        RoomRules.LonelyInterfaces([alone, new SourceText("Feeds/B.cs", "internal sealed record Other : IReader;")]).ShouldBeEmpty();
    }

    [Fact]
    public void A_long_line_is_found_unless_it_is_data_of_a_test()
    {
        var length = new string('x', LineRules.Longest);
        var file = new SourceText("A.cs", $"{length}\n// {length}\nvar a = \"\"\"{length}\"\"\";\nvar b = \"\"\"\n{length}x\n\"\"\";\n {length}");
        LineRules.LongLines(file, mayHoldData: true).ShouldBe(["A.cs:2", "A.cs:7"]);
        LineRules.LongLines(file, mayHoldData: false).ShouldBe(["A.cs:2", "A.cs:3", "A.cs:5", "A.cs:7"]);
    }
}
