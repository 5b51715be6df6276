using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ingest.PostgreSql.Embedded.Server;
using Ingest.Worker.Commands;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Docs;

/// <summary>The JSON Schema by which editors complete and check a settings file says what the options classes say.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string SchemaFile => Path.Combine(Repository.Root, SettingsSchema.File);

    private static JsonObject Schema => JsonNode.Parse(File.ReadAllText(SchemaFile))!.AsObject();

    [Fact]
    public void The_schema_is_that_of_the_options_classes()
    {
        var classes = SettingsDocsTests.Classes.Select(static type => (SettingsDocsTests.SectionOf(type), type));
        var made = SettingsSchema.Write(classes).ToJsonString(Written) + "\n";
        if (Page.IsWriting) File.WriteAllText(SchemaFile, made);
        else File.ReadAllText(SchemaFile).ShouldBe(made, $"{SettingsSchema.File} is out of date: run this test with {Page.WriteVariable}=1.");
    }

    [Fact]
    public void Every_example_of_the_docs_and_every_file_of_ours_fits_the_schema()
    {
        var schema = Schema;
        foreach (var example in Page.All.SelectMany(SettingsDocsTests.Examples))
            SchemaCheck.Faults(JsonNode.Parse(example, documentOptions: Lenient), schema).ShouldBeEmpty(example);
        foreach (var file in Ours()) SchemaCheck.Faults(Parsed(file), schema).ShouldBeEmpty(file);
    }

    [Theory]
    [InlineData("""{ "Ingest": { "Feching": {} } }""", ":Ingest:Feching is not known")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestIntervall": "00:05:00" } } }""", ":Ingest:Polling:ShortestIntervall is not known")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "5" } } }""", ":Ingest:Polling:ShortestInterval does not match")]
    [InlineData("""{ "Ingest": { "Storage": { "Retries": -1 } } }""", ":Ingest:Storage:Retries is below 0")]
    [InlineData("""{ "Ingest": { "Storage": { "Retries": 1.5 } } }""", ":Ingest:Storage:Retries is no integer")]
    [InlineData("""{ "Ingest": { "Duplicates": "Maybe" } }""", ":Ingest:Duplicates fits no choice")]
    [InlineData("""{ "Ingest": { "Sources": { "a": {} } } }""", ":Ingest:Sources:a has no Url")]
    [InlineData("""{ "Ingest": { "Sources": { "a": { "Url": "ftp://a.example/" } } } }""", ":Ingest:Sources:a:Url does not match")]
    [InlineData("""{ "Ingest": { "Sources": { "a": { "Url": "http://a.example/", "Tags": "x" } } } }""", ":Ingest:Sources:a:Tags is no array")]
    [InlineData("""{ "Ingest": { "Fetching": { "UserAgent": "" } } }""", ":Ingest:Fetching:UserAgent is too short")]
    [InlineData("""{ "Ingest": { "Fetching": { "RespectedOptOuts": "NoArchive, Nothing" } } }""", ":Ingest:Fetching:RespectedOptOuts does not match")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Loud" } } }""", ":Logging:LogLevel:Default is none of")]
    public void What_the_worker_would_refuse_does_not_fit(string settings, string fault) =>
        SchemaCheck.Faults(JsonNode.Parse(settings), Schema).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void Settings_files_name_their_schema_and_the_worker_takes_them()
    {
        foreach (var file in Ours())
        {
            Parsed(file)!["$schema"]!.GetValue<string>().ShouldEndWith(SettingsSchema.File, customMessage: file);
            Settings.Faults(new ConfigurationBuilder().AddJsonFile(file).Build()).ShouldBeEmpty(file);
        }

        // Beside the program, whose settings file names it there.
        File.Exists(Path.Combine(AppContext.BaseDirectory, SettingsSchema.File)).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_validator_is_of_the_same_mind()
    {
        var folder = Path.Combine(Repository.Root, "tests", "settings-schema");
        if (ChildProcess.FindTool("node") is null || !Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
            Assert.Skip("Needs node, and npm install --prefix tests/settings-schema.");
        var check = await ChildProcess.RunAsync(["node", Path.Combine(folder, "check.mjs"), .. Ours()], "", TestContext.Current.CancellationToken);
        check.ExitCode.ShouldBe(0, check.Output + check.Errors);
    }

    private static IEnumerable<string> Ours() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "appsettings.json", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "appsettings.json"));

    private static JsonNode? Parsed(string file) => JsonNode.Parse(File.ReadAllText(file), documentOptions: Lenient);
}
