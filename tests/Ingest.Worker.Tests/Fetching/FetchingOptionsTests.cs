using Ingest.Worker.Fetching;

namespace Ingest.Worker.Tests.Fetching;

public sealed class FetchingOptionsTests
{
    private static readonly FetchingOptionsValidator Validator = new();

    [Fact]
    public void Defaults_are_valid() => Validator.Validate(null, new FetchingOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Every_fault_names_key_value_and_remedy()
    {
        var faults = Validator.Validate(null, new FetchingOptions
        {
            Retries = 99,
            SharedServerDelay = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.Zero,
            AttemptTimeout = TimeSpan.FromMinutes(5),
            UserAgent = "a\nb",
            ContactUrl = "me",
            Proxy = "ftp://user:secret@proxy",
            AllowedNetworks = ["10.0.0.0/8", "10.0.0.0/33", "everything"],
        }).Failures!.ToList();

        faults.ShouldContain("Ingest:Fetching:Retries is '99': give a value from 0 to 10.");
        faults.ShouldContain("Ingest:Fetching:ConnectTimeout is '0:00:00': give a value from 0:00:00.1 to 0:05:00.");
        faults.ShouldContain("Ingest:Fetching:AttemptTimeout is '0:05:00': give at most TotalTimeout (0:01:00).");
        faults.ShouldContain(f => f.StartsWith("Ingest:Fetching:UserAgent is ", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Ingest:Fetching:ContactUrl is 'me'", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Ingest:Fetching:AllowedNetworks:1 is '10.0.0.0/33': give a network in CIDR form", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Ingest:Fetching:AllowedNetworks:2 is 'everything'", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Ingest:Fetching:Proxy is ", StringComparison.Ordinal) && !f.Contains("secret", StringComparison.Ordinal));
        faults.ShouldContain("Ingest:Fetching:SharedServerDelay is '0:02:00': give a value from 0:00:00 to 0:01:00.");
        faults.Count.ShouldBe(9);
    }
}
