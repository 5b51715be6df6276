using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Commands;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Docs;

/// <summary>What the docs say of the settings is what the options classes say; and every example of settings is one that the worker takes.</summary>
public sealed partial class SettingsDocsTests
{
    private const string SettingsPage = "docs/settings.md";

    internal static IReadOnlyList<Type> Classes { get; } =
    [
        .. new[] { typeof(FetchingOptions).Assembly, typeof(EmbeddedPostgresOptions).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type is { IsClass: true, IsNested: false, Namespace: not null } && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(static type => type.Namespace!.StartsWith("Ingest.", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Sections => [.. Classes.Select(SectionOf)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_table_of_a_section_says_what_its_class_says(string section) =>
        Page.Hold(SettingsPage, section, SettingsTable.Write(Classes.Single(type => SectionOf(type) == section)));

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_section_has_an_example(string section)
    {
        var path = section.Split(':').Select(static name => $"\"{name}\"").Where(static name => name != "\"NAME\"");
        Examples(SettingsPage).Any(example => path.All(name => example.Contains(name, StringComparison.Ordinal))).ShouldBeTrue();
    }

    [Fact]
    public void Every_setting_has_a_summary_that_states_its_true_default() => Classes.SelectMany(SettingsTable.Faults).ShouldBeEmpty();

    [Fact]
    public void Every_example_of_settings_is_without_fault()
    {
        var examples = Page.All.SelectMany(static page => Examples(page).Select(example => (Page: page, Example: example))).ToList();
        examples.Count.ShouldBeGreaterThanOrEqualTo(Classes.Count);
        foreach (var (page, example) in examples)
        {
            var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(example))).Build();
            Settings.Faults(configuration).Concat(SourceList.Read(configuration).Faults).ShouldBeEmpty($"{page}: {example}");
        }
    }

    internal static string SectionOf(Type options) =>
        options == typeof(SourceOptions) ? $"{SourceList.Section}:NAME"
        : options == typeof(CredentialOptions) ? $"{SourceList.Section}:NAME:{nameof(SourceOptions.Credential)}"
        : options == typeof(FilterOptions) ? $"{SourceList.Section}:NAME:{nameof(SourceOptions.Keep)}"
        : (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    internal static IEnumerable<string> Examples(string page) =>
        Example().Matches(Page.Read(page)).Select(static match => match.Groups["json"].Value)
            .Where(static json => json.Contains("\"Ingest\"", StringComparison.Ordinal));

    [GeneratedRegex("^ *```json\n(?<json>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
