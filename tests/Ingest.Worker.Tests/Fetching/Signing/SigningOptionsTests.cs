using Ingest.Worker.Commands;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Signing;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Fetching.Signing;

public sealed class SigningOptionsTests
{
    private const string Agent = "https://bot.example/.well-known/http-message-signatures-directory";

    [Theory]
    [InlineData("file:/etc/ingest-worker/key.pem", Agent, "00:05:00", null)]
    [InlineData("env:INGEST_SIGNING_KEY", "https://bot.example", "00:00:10", null)]
    [InlineData("env:INGEST_SIGNING_KEY", "https://bot.example:8443/keys.json", "1.00:00:00", null)]
    [InlineData("", "", "00:05:00", null)]
    [InlineData(null, null, "00:05:00", null)]
    [InlineData(
        "S3cretKeyText",
        Agent,
        "00:05:00",
        "Ingest:Fetching:Signing:Key is not a reference: give file:/path or env:NAME; the key itself does not belong in the settings.")]
    [InlineData("file:", Agent, "00:05:00", "Ingest:Fetching:Signing:Key is not a reference")]
    [InlineData("env:KEY", null, "00:05:00", "Ingest:Fetching:Signing:Agent is missing: give the https URL of the key directory, or leave Key out.")]
    [InlineData(null, Agent, "00:05:00", "Ingest:Fetching:Signing:Key is missing: give file:/path or env:NAME, or leave Agent out.")]
    [InlineData(
        "env:KEY",
        "http://bot.example/",
        "00:05:00",
        "Ingest:Fetching:Signing:Agent is 'http://bot.example/': give an https URL without user, query and fragment")]
    [InlineData("env:KEY", "bot.example", "00:05:00", "Ingest:Fetching:Signing:Agent is 'bot.example'")]
    [InlineData("env:KEY", "https://", "00:05:00", "Ingest:Fetching:Signing:Agent is 'https://'")]
    [InlineData("env:KEY", "https://me:S3cret@bot.example/", "00:05:00", "Ingest:Fetching:Signing:Agent is 'https://***@bot.example/'")]
    [InlineData("env:KEY", "https://bot.example/?a=b", "00:05:00", "Ingest:Fetching:Signing:Agent is 'https://bot.example/?a=b'")]
    [InlineData("env:KEY", "https://bot.example/#a", "00:05:00", "Ingest:Fetching:Signing:Agent is 'https://bot.example/#a'")]
    [InlineData("env:KEY", "https://bot.example/\", x=\"", "00:05:00", "Ingest:Fetching:Signing:Agent is ")]
    [InlineData("env:KEY", "https://b\u00f6t.example/", "00:05:00", "Ingest:Fetching:Signing:Agent is ")]
    [InlineData("env:KEY", Agent, "00:00:09", "Ingest:Fetching:Signing:Validity is '00:00:09': give a value from 00:00:10 to 1.00:00:00.")]
    [InlineData("env:KEY", Agent, "1.00:00:01", "Ingest:Fetching:Signing:Validity is '1.00:00:01'")]
    [InlineData("env:KEY", Agent, "300", "Ingest:Fetching:Signing:Validity is '300': give a time as [d.]hh:mm:ss.")]
    public void Every_setting_is_checked_in_words(string? key, string? agent, string validity, string? fault)
    {
        var faults = Faults(("Key", key), ("Agent", agent), ("Validity", validity));
        if (fault is null) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ShouldStartWith(fault);
        faults.ShouldAllBe(words => !words.Contains("S3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AgentForm", "Both", "Ingest:Fetching:Signing:AgentForm is 'Both': give Dictionary or Text.")]
    [InlineData("AgentForm", "7", "Ingest:Fetching:Signing:AgentForm is '7': give Dictionary or Text.")]
    [InlineData("SignHttp", "sometimes", "Ingest:Fetching:Signing:SignHttp is 'sometimes': give true or false.")]
    [InlineData("Keys", "env:KEY", "Ingest:Fetching:Signing:Keys is not a valid setting: did you mean Key?")]
    [InlineData("IsOn", "true", "Ingest:Fetching:Signing:IsOn is not a valid setting: ")]
    [InlineData("", "yes", "Ingest:Fetching:Signing is 'yes': give a section of settings.")]
    public void What_is_no_setting_is_told(string name, string value, string fault) => Faults((name, value)).ShouldHaveSingleItem().ShouldStartWith(fault);

    // The host looks at options by its own road.
    [Fact]
    public void The_options_themselves_are_checked_alike()
    {
        new FetchingOptions().Signing.IsOn.ShouldBeFalse();
        var faults = new FetchingOptionsValidator().Validate(
            null, new FetchingOptions { Signing = new SigningOptions { Key = "S3cret", Validity = TimeSpan.Zero } }).Failures!.ToList();
        faults.ShouldBe(
        [
            "Ingest:Fetching:Signing:Validity is '0:00:00': give a value from 0:00:10 to 1:0:00:00.",
            "Ingest:Fetching:Signing:Key is not a reference: give file:/path or env:NAME; the key itself does not belong in the settings.",
            "Ingest:Fetching:Signing:Agent is missing: give the https URL of the key directory, or leave Key out.",
        ]);
    }

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings) => Settings.Faults(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(
            static setting => KeyValuePair.Create($"Ingest:Fetching:Signing:{setting.Name}".TrimEnd(':'), setting.Value))).Build());
}
