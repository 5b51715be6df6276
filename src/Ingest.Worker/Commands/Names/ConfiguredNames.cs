using System.CommandLine;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands.Names;

/// <summary>Arguments and options that name sources, which shells complete from the settings.</summary>
internal static class ConfiguredNames
{
    public static Argument<string[]> Argument(Option<string?> config, string name, string description, ArgumentArity arity)
    {
        var names = new Argument<string[]>(name) { Description = description, Arity = arity };
        names.CompletionSources.Add(context => Of(context.ParseResult.GetValue(config)));
        return names;
    }

    public static Option<string?> Option(Option<string?> config, string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.CompletionSources.Add(context => Of(context.ParseResult.GetValue(config)));
        return option;
    }

    // A settings file that cannot be read has no names.
    private static IEnumerable<string> Of(string? config) =>
        new ConfigurationBuilder().Add(new SettingsFile(Settings.FileFor(config))).AddEnvironmentVariables().Build()
            .GetSection(SourceList.Section).GetChildren().Select(static source => source.Key);
}
