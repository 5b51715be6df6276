using Ingest.Worker.Operations;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Operations;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("9464", "127.0.0.1:9464")]
    [InlineData(":9464", "127.0.0.1:9464")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("10.1.2.3:80", "10.1.2.3:80")]
    [InlineData("[::1]:9464", "[::1]:9464")]
    [InlineData("*:9464", "[::]:9464")]
    public void A_port_is_one_of_loopback_unless_an_address_is_said(string setting, string expected) =>
        ListenAddress.Read(setting).ShouldBeOfType<ListenAddress.Tcp>().EndPoint.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_setting_nothing_is_listened_at(string? setting) => ListenAddress.Read(setting).ShouldBeOfType<ListenAddress.Nowhere>();

    [Fact]
    public void A_socket_has_a_full_path() => ListenAddress.Read("unix:/run/x.sock").ShouldBe(new ListenAddress.Socket("/run/x.sock"));

    [Theory]
    [InlineData("127.0.0.1", "give a port of 0 (any that is free) to 65535")]
    [InlineData("127.0.0.1:", "give a port of 0")]
    [InlineData("127.0.0.1:70000", "give a port of 0")]
    [InlineData("http://127.0.0.1:9464", "give an address of this machine before the port")]
    [InlineData("::1:9464", "give an address of this machine before the port (as 127.0.0.1:9464 or [::1]:9464)")]
    [InlineData("1:9464", "give an address of this machine before the port")]
    [InlineData("status.example.org:9464", "give an address of this machine before the port")]
    [InlineData("unix:status.sock", "give the socket's full path")]
    [InlineData("unix:/run/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345", "107 bytes")]
    public void What_cannot_be_understood_is_told_with_its_setting_and_what_would_be_right(string setting, string words)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Ingest:Operations:Listen"] = setting }).Build();

        var fault = Worker.Commands.Settings.Faults(configuration).ShouldHaveSingleItem();
        fault.ShouldStartWith($"Ingest:Operations:Listen is '{setting}': ");
        fault.ShouldContain(words);
    }

    [Theory]
    [InlineData("Ingest:Operations:SourcesInMetrics", "2001", "give a value from 0 to 2000")]
    [InlineData("Ingest:Operations:HostNames:0", "http://x/", "give the name of a host, without scheme and port")]
    [InlineData("Logging:Console:FormatterName", "jsonl", "give simple or json or systemd")]
    public void Other_settings_of_operation_that_are_wrong_are_told_too(string key, string value, string words) =>
        Worker.Commands.Settings.Faults(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build())
            .ShouldHaveSingleItem().ShouldContain(words);
}
