using System.Diagnostics;
using Ingest.Worker.Operations;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Operations;

public sealed class HeartbeatTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-heartbeat-");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));

    private string File_ => Path.Combine(folder.FullName, "alive");

    [Fact]
    public void A_service_that_works_is_healthy_until_it_gives_no_sign_of_life()
    {
        Healthy().Write(File_);

        Fault().ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(61));
        Fault().ShouldNotBeNull().ShouldContain("it has not given a sign of life for 00:01:01");
    }

    [Theory]
    [InlineData("database", "it does not reach its database: gone")]
    [InlineData("writes", "nothing can be saved, for 00:01:30: disk full (53100)")]
    [InlineData("turns", "no turn has begun for 00:05:00: the schedule stands still")]
    public void What_keeps_it_from_working_is_told_in_words(string what, string words)
    {
        var state = what switch
        {
            "database" => Healthy() with { Unanswered = "gone" },
            "writes" => Healthy() with { Refused = "disk full (53100)", RefusedFor = TimeSpan.FromSeconds(90) },
            _ => Healthy() with { TurnAge = TimeSpan.FromMinutes(5) },
        };
        state.Write(File_);

        Fault().ShouldNotBeNull().ShouldStartWith("here:1: " + words);
    }

    [Fact]
    public void The_clock_of_the_wall_has_no_say_and_a_machine_that_started_anew_is_noticed()
    {
        (Healthy() with { WrittenAt = time.GetUtcNow().AddDays(1) }).Write(File_);
        Fault().ShouldBeNull();

        (Healthy() with { Ticks = time.GetTimestamp() + time.TimestampFrequency, WrittenAt = time.GetUtcNow().AddHours(-1) }).Write(File_);
        Fault().ShouldNotBeNull().ShouldContain("given a sign of life for 01:00:00");
    }

    [Fact]
    public void Without_a_file_or_with_one_that_is_no_heartbeat_the_service_is_not_healthy()
    {
        Fault().ShouldNotBeNull().ShouldStartWith("no service runs");
        File.WriteAllText(File_, "");
        Fault().ShouldNotBeNull().ShouldContain("cannot be read");
    }

    [Fact]
    public void A_link_in_the_place_of_the_file_is_replaced_and_what_it_leads_to_is_left_alone()
    {
        var target = Path.Combine(folder.FullName, "of-another");
        File.WriteAllText(target, "keep");
        File.CreateSymbolicLink(File_, target);

        Healthy().Write(File_);

        File.ReadAllText(target).ShouldBe("keep");
        new FileInfo(File_).LinkTarget.ShouldBeNull();
        Directory.GetFiles(folder.FullName).Length.ShouldBe(2);
    }

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_refused_and_a_folder_that_all_may_write_to_is_closed()
    {
        var (mine, link) = (Path.Combine(folder.FullName, "mine"), Path.Combine(folder.FullName, "link"));
        Directory.CreateDirectory(mine);
        Directory.CreateSymbolicLink(link, mine);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(mine, (UnixFileMode)0b111_111_111);

        Should.Throw<IOException>(() => HeartbeatFolder.Secure(link)).Message.ShouldContain("is a link");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(mine).ShouldBe((UnixFileMode)0b111_111_111);
        HeartbeatFolder.Secure(mine);

        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(mine).ShouldBe((UnixFileMode)0b111_000_000);
    }

    [Fact]
    public async Task Workers_with_the_same_settings_are_told_apart_and_the_dead_say_nothing()
    {
        HeartbeatFolder.Secure(HeartbeatFolder.Default);
        var settings = Path.Combine(folder.FullName, "appsettings.json");
        using var dead = Process.Start("true");
        await dead.WaitForExitAsync(TestContext.Current.CancellationToken);
        (Healthy() with { Process = dead.Id, Unanswered = "of the dead" }).Write(HeartbeatFolder.FileFor(settings, dead.Id));
        Heartbeat.Fault(new OperationsOptions(), settings, time).ShouldNotBeNull().ShouldStartWith("no service runs");

        (Healthy() with { Process = Environment.ProcessId }).Write(HeartbeatFolder.FileFor(settings, Environment.ProcessId));
        Heartbeat.Fault(new OperationsOptions(), settings, time).ShouldBeNull();
        using var second = Process.Start("sleep", "60");
        (Healthy() with { Process = second.Id, Unanswered = "gone", Instance = "here:2" }).Write(HeartbeatFolder.FileFor(settings, second.Id));
        Heartbeat.Fault(new OperationsOptions(), settings, time).ShouldBe("here:2: it does not reach its database: gone");
        second.Kill();

        foreach (var file in HeartbeatFolder.FilesFor(settings)) File.Delete(file);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(HeartbeatFolder.Default).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private HeartbeatState Healthy() =>
        new("here:1", 1, time.GetUtcNow(), time.GetTimestamp(), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2), null, null, TimeSpan.Zero);

    private string? Fault() => Heartbeat.Fault(new OperationsOptions { HeartbeatFile = File_ }, "settings.json", time);
}
