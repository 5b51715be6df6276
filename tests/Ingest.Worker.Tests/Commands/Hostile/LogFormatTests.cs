using System.Text.Json;
using Ingest.Worker.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ingest.Worker.Tests.Commands.Hostile;

public sealed class LogFormatTests
{
    private const string Evil = "\u001b[31m\u202E\u009b\nforged: line ?token=S3CRET https://me:S3CRET@example.org/";

    [Theory]
    [InlineData("simple")]
    [InlineData("systemd")]
    [InlineData("json")]
    public void Messages_values_scopes_and_errors_of_every_format_are_harmless(string format)
    {
        using var provider = new ServiceCollection().AddLogging(static logging =>
            SafeFormatter.Register(logging.AddSimpleConsole(static console => (console.SingleLine, console.IncludeScopes) = (false, true))
            .AddSystemdConsole(static console => console.IncludeScopes = true)
                .AddJsonConsole(static console => console.IncludeScopes = true).Services))
                .BuildServiceProvider();
        var formatter = provider.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == format);
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push($"scope {Evil}");
        using var written = new StringWriter();
        var state = new Dictionary<string, object?>
        {
            ["Url"] = new Uri("https://me:S3CRET@example.org/?api_key=S3CRET"),
            [$"name{Evil}"] = Evil,
            ["Count"] = 3,
        };
        formatter.Write(
            new LogEntry<Dictionary<string, object?>>(
                LogLevel.Error, $"category{Evil}", 7, state, Thrown(), static (state, _) => $"message {state["Url"]} {Evil}"),
            scopes,
            written);

        var text = written.ToString();
        text.ShouldContain("message");
        text.ShouldContain(nameof(Thrown));
        text.ShouldNotContain("S3CRET");
        text.ShouldNotContain("\nforged");
        Controls.Act(text.Replace("\n", "", StringComparison.Ordinal)).ShouldBeFalse(JsonSerializer.Serialize(text));
        if (format == "json") JsonDocument.Parse(text).RootElement.GetProperty("State").GetProperty("Count").GetInt32().ShouldBe(3);
    }

    private static Exception Thrown()
    {
        try
        {
            throw new AggregateException($"outer {Evil}", new InvalidOperationException($"inner {Evil}"));
        }
        catch (AggregateException error)
        {
            return error;
        }
    }
}
