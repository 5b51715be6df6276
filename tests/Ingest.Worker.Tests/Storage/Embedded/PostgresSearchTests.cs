using System.ComponentModel.DataAnnotations;
using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Tests.Storage.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class PostgresSearchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ingest-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_newest_of_all_places_is_taken()
    {
        Install("a/15/bin", "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)");
        Install("a/16/bin", "postgres (PostgreSQL) 16.9");
        Install("b", "postgres (PostgreSQL) 16.10");
        var search = await PostgresSearch.LookAsync(
            [Path.Combine(folder, "a", "*", "bin"), Path.Combine(folder, "b"), Path.Combine(folder, "missing", "*")], Ct);
        search.Newest(null).ShouldBe(new PostgresBinaries(Path.Combine(folder, "b"), "16.10"));
        search.Newest(15).ShouldNotBeNull().Version.ShouldBe("15.18");
        search.Newest(17).ShouldBeNull();
    }

    [Fact]
    public async Task A_link_stands_for_the_folder_it_points_into()
    {
        Install("real", "postgres (PostgreSQL) 18beta1");
        var links = Directory.CreateDirectory(Path.Combine(folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "postgres"), Path.Combine(folder, "real", "postgres"));
        var search = await PostgresSearch.LookAsync([links], Ct);
        search.Found.ShouldBe([new PostgresBinaries(Path.Combine(folder, "real"), "18")]);
    }

    [Fact]
    public async Task A_version_before_15_is_refused_by_name()
    {
        Install("old", "postgres (PostgreSQL) 13.14");
        var reason = await ReasonAsync("old");
        reason.ShouldContain($"13.14 in {folder}/old");
        reason.ShouldContain("No PostgreSQL 15 or later");
    }

    [Fact]
    public async Task A_program_that_does_not_run_is_told_with_its_reason()
    {
        Install("noexec", "postgres (PostgreSQL) 17.1");
        File.SetUnixFileMode(Path.Combine(folder, "noexec", "postgres"), UnixFileMode.UserRead);
        (await ReasonAsync("noexec")).ShouldContain($"{folder}/noexec/postgres does not run (");
    }

    [Fact]
    public async Task Without_binaries_the_error_names_every_place_and_the_three_ways_out()
    {
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        var reason = await ReasonAsync("empty");
        reason.ShouldContain($"Looked at: {folder}/empty. Versions found: none.");
        reason.ShouldContain("apt-get install postgresql;");
        reason.ShouldContain("Ingest:EmbeddedPostgres:BinDirectory");
        reason.ShouldContain("ConnectionStrings:Ingest");
        reason.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_cluster_asks_for_the_major_version_that_made_it()
    {
        Install("new", "postgres (PostgreSQL) 18.1");
        var cluster = Directory.CreateDirectory(Path.Combine(folder, "data", "cluster")).FullName;
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "16\n", Ct);
        var reason = await ReasonAsync("new");
        reason.ShouldContain("made by PostgreSQL 16, and no PostgreSQL 16 was found");
        reason.ShouldContain($"18.1 in {folder}/new");
        reason.ShouldContain("postgresql-16");
    }

    [Fact]
    public void The_usual_places_include_distributions_homebrew_and_path()
    {
        var places = PostgresSearch.PlacesFor(null);
        places.ShouldContain("/usr/lib/postgresql/*/bin");
        places.ShouldContain("/opt/homebrew/opt/postgresql*/bin");
        places.ShouldContain((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')[0]);
        PostgresSearch.PlacesFor("/opt/mine").ShouldBe(["/opt/mine"]);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_told_with_the_remedy()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "", Ct);
        var options = new EmbeddedPostgresOptions { DataDirectory = Path.Combine(file, "below") };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, Ct);
        start.ShouldBeOfType<EmbeddedStart.Unavailable>().Reason.ShouldContain("Ingest:EmbeddedPostgres:DataDirectory");
    }

    [Theory]
    [InlineData("port", false)]
    [InlineData("no such thing", false)]
    [InlineData("work_mem", true)]
    [InlineData("auto_explain.log_min_duration", true)]
    public void Settings_that_are_the_workers_own_or_no_names_are_refused(string name, bool valid)
    {
        var options = new EmbeddedPostgresOptions { Settings = new Dictionary<string, string> { [name] = "1" } };
        Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true).ShouldBe(valid);
    }

    [Fact]
    public void Values_out_of_range_are_all_reported()
    {
        var options = new EmbeddedPostgresOptions { Port = 65536, StartTimeout = TimeSpan.Zero, StopTimeout = TimeSpan.FromHours(1) };
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true).ShouldBeFalse();
        faults.SelectMany(static fault => fault.MemberNames).ShouldBe(["Port", "StartTimeout", "StopTimeout"], ignoreOrder: true);
    }

    private void Install(string name, string version)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (var program in (string[])["postgres", "initdb"])
        {
            var path = Path.Combine(bin, program);
            File.WriteAllText(path, $"#!/bin/sh\necho '{version}'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<string> ReasonAsync(string bin)
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder, "data"), BinDirectory = Path.Combine(folder, bin) };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, Ct);
        return start.ShouldBeOfType<EmbeddedStart.Unavailable>().Reason;
    }
}
