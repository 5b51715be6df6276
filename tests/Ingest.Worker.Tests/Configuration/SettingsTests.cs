using Ingest.Worker.Commands;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void The_delivered_settings_have_no_fault() => Faults().ShouldBeEmpty();

    [Fact]
    public void All_faults_are_told_at_once_each_with_key_value_and_remedy() =>
        Faults(
            ("Ingest:Fetching:MaxFeedBytes", "much"),
            ("Ingest:Polling:ShortestInterval", "300"),
            ("Ingest:Polling:QuarantineWeight", "0.5"),
            ("Ingest:Polling:ScheduleScatter", "02:00:00"),
            ("Ingest:Polling:FirstPollsPerSecond", "0"),
            ("Ingest:Polling:BytesPerNews", "1"),
            ("Ingest:Pages:MaxAttempts", "0"),
            ("Ingest:Scheduling:Clustered", "yes"),
            ("Ingest:Storage:Retries", "1.5"),
            ("Ingest:Operations:HeartbeatFile", ""),
            ("Ingest:EmbeddedPostgres:Port", "70000")).ShouldBe(
        [
            "Ingest:Fetching:MaxFeedBytes is 'much': give a whole number.",
            "Ingest:Polling:QuarantineWeight is '0.5': give a value from 1 to 1000.",
            "Ingest:Polling:ScheduleScatter is '02:00:00': give a value from 00:00:00 to 01:00:00.",
            "Ingest:Polling:FirstPollsPerSecond is '0': give a value from 1 to 10000.",
            "Ingest:Polling:BytesPerNews is '1': give a value from 1024 to 1099511627776.",
            "Ingest:Polling:ShortestInterval is '300': give a time as [d.]hh:mm:ss.",
            "Ingest:Pages:MaxAttempts is '0': give a value from 1 to 100.",
            "Ingest:Scheduling:Clustered is 'yes': give true or false.",
            "Ingest:Storage:Retries is '1.5': give a whole number.",
            "Ingest:Operations:HeartbeatFile is empty: give a value, or leave it out for the default.",
            "Ingest:EmbeddedPostgres:Port is '70000': give a value from 0 to 65535.",
        ], ignoreOrder: true);

    [Fact]
    public void A_misspelled_setting_is_answered_with_the_nearest_one() =>
        Faults(("Ingest:Polling:ShortesInterval", "00:05:00"))
            .ShouldBe(["Ingest:Polling:ShortesInterval is not a valid setting: did you mean ShortestInterval?"]);

    [Fact]
    public void A_setting_like_none_is_answered_with_all_there_are() =>
        Faults(("Ingest:Storage:Colour", "red")).Single()
            .ShouldBe(
                "Ingest:Storage:Colour is not a valid setting: there are ChangeDays, CommandTimeout, LedgerCountDays, LedgerDays, LedgerFullDays, "
                    + "MaxConnections, MaxSaveLag, MigrateAtStart, Retries, SaveLinger.");

    [Theory]
    [InlineData("Ingest:Fetchin:Retries", "Ingest:Fetchin is not a valid section: did you mean Fetching?")]
    [InlineData("Ingest:Polling", "Ingest:Polling is 'x': give a section of settings.")]
    [InlineData("Ingest:Fetching:AllowedNetworks", "Ingest:Fetching:AllowedNetworks is 'x': give a list.")]
    public void What_is_no_section_or_list_is_told(string key, string fault) => Faults((key, "x")).ShouldBe([fault]);

    [Fact]
    public void An_unknown_section_unlike_any_other_is_answered_with_all_there_are() =>
        Faults(("Ingest:Weather:Sun", "x")).Single()
            .ShouldStartWith("Ingest:Weather is not a valid section: there are Duplicates, EmbeddedPostgres, Fetching,");

    [Theory]
    [InlineData("Ingest:Fetching:AllowedNetworks:0", "10.0.0.0/99", "Ingest:Fetching:AllowedNetworks:0 is '10.0.0.0/99'")]
    [InlineData("Ingest:Fetching:AttemptTimeout", "00:20:00", "give at most TotalTimeout (")]
    [InlineData("Ingest:Polling:ShortestInterval", "2.00:00:00", "give at most LongestInterval (1.00:00:00)")]
    [InlineData("Ingest:Retention:Format", "Csv", "is 'Csv', which cannot be imported again: give Dated or JsonLines or Parquet.")]
    [InlineData("Ingest:EmbeddedPostgres:Settings:port", "1", "Setting 'port' is the worker's own")]
    public void Values_that_contradict_others_are_told_before_anything_starts(string key, string value, string words) =>
        Faults((key, value)).ShouldContain(fault => fault.Contains(words));

    [Theory]
    [InlineData("Ingest:Duplicates", "Drop", null)]
    [InlineData("Ingest:Duplicates", "off", null)]
    [InlineData("Ingest:Duplicates", "Merge", "Ingest:Duplicates is 'Merge': give Link or Drop or Off, or a section of settings.")]
    [InlineData("Ingest:Duplicates:Mode", "Link", null)]
    [InlineData("Ingest:Duplicates:Similarity", "0.1", "Ingest:Duplicates:Similarity is '0.1': give a value from 0.3 to 1.")]
    [InlineData("Ingest:Duplicates:WindowDays", "0", "Ingest:Duplicates:WindowDays is '0': give a value from 1 to 366.")]
    public void What_becomes_of_near_duplicates_is_a_word_or_a_section(string key, string value, string? fault) =>
        Faults((key, value)).ShouldBe(fault is null ? [] : [fault]);

    [Fact]
    public void Names_of_settings_are_not_case_sensitive() => Faults(("ingest:polling:shortestinterval", "00:01:00")).ShouldBeEmpty();

    private static IReadOnlyList<string> Faults(params (string Key, string? Value)[] settings) =>
        Settings.Faults(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static pair => pair.Key, static pair => pair.Value)).Build());
}
