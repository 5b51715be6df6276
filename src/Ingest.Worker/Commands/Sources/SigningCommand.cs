using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Signing;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands.Sources;

/// <summary><c>signing new-key|directory</c>: the key that requests are signed with, and what publishers need to verify that.</summary>
internal static class SigningCommand
{
    private const int LongestDays = 365;

    public static Command Create(Option<string?> config) =>
        new("signing", "The key that requests are signed with (Web Bot Auth), and the directory in which publishers find it.") { NewKey(), Directory(config) };

    private static Command NewKey()
    {
        var file = new Option<string>("--out") { Description = "The file to write; one that exists is never replaced.", Required = true };
        var command = new Command("new-key", "Make a new key that only its owner may read (Ed25519, PKCS#8 in PEM), and print its name.") { file };
        command.SetAction((parsed, ct) => NewKeyAsync(parsed.GetValue(file)!, ct));
        return command;
    }

    private static Command Directory(Option<string?> config)
    {
        var (keys, agent, days) = (KeysOption(), AgentOption(), DaysOption());
        var file = new Option<string?>("--out") { Description = "The file to write, byte for byte what is signed; without it, it is printed." };
        var headers = new Option<string?>("--headers") { Description = "The file for the header fields that the web server is to send with it, each a line." };
        var command = new Command("directory", "Write the key directory, and the header fields that sign it.") { keys, agent, days, file, headers };
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                var settings = SettingsOf(parsed.GetValue(config), parsed.GetValue(keys) ?? [], parsed.GetValue(agent));
                var directory = await MakeAsync(settings.Keys, settings.Agent, TimeSpan.FromDays(parsed.GetValue(days)), ct);
                await WriteAsync(directory, parsed.GetValue(file), parsed.GetValue(headers), ct);
                return ExitCode.Ok;
            }
            catch (Exception error) when (IsTold(error))
            {
                await Console.Error.WriteLineAsync(error.Message);
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static Option<string[]> KeysOption()
    {
        const string About = "A key to publish, file:/path or env:NAME; while keys are changed, the old and the new one. Default: the settings'.";
        var keys = new Option<string[]>("--key") { Description = About };
        keys.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => !SettingReference.IsOne(token.Value)))
                result.AddError($"--key {token.Value} is not a reference; write file:/path or env:NAME.");
        });
        return keys;
    }

    private static Option<string?> AgentOption()
    {
        var agent = new Option<string?>("--agent") { Description = "The URL under which it will be published. Default: the settings'." };
        agent.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && !SigningOptions.IsAgent(text))
                result.AddError($"--agent {text} is not valid: {SigningOptions.AgentRemedy}.");
        });
        return agent;
    }

    private static Option<int> DaysOption()
    {
        const string About = "For how many days its signatures are good; write it again before.";
        var days = new Option<int>("--days") { Description = About, DefaultValueFactory = static _ => 30 };
        days.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= LongestDays))
                result.AddError($"--days {text} is not valid: give a number from 1 to {LongestDays}.");
        });
        return days;
    }

    private static bool IsTold(Exception error) => error is WordedException or IOException or UnauthorizedAccessException && !LastWords.IsBrokenPipe(error);

    private static async Task<int> NewKeyAsync(string file, CancellationToken ct)
    {
        var seed = GC.AllocateArray<byte>(SigningKeyText.SeedBytes, pinned: true);
        RandomNumberGenerator.Fill(seed);
        var pem = SigningKeyText.WritePem(seed);
        try
        {
            var (key, fault) = SigningKey.Read(pem);
            if (key is null) throw new WordedException($"No key can be made: {fault}.");
            using (key)
            {
                await WriteNewAsync(file, pem, ct);
                await Console.Out.WriteLineAsync(key.Thumbprint);
                await Console.Error.WriteLineAsync(
                    $"{file} is the new key, whose name (keyid) is above. Keep it to yourself; "
                        + $"set {SigningOptions.Section}:Key to file:{Path.GetFullPath(file)}.");
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (IsTold(error))
        {
            await Console.Error.WriteLineAsync(
                error is IOException && File.Exists(file)
                    ? $"{file} already exists, and a key in use would be lost: give another name."
                    : error.Message);
            return ExitCode.Failed;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    // Created, so that neither a file nor what a link points to is written over, and nobody else can have opened it before.
    private static async Task WriteNewAsync(string file, byte[] pem, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        try
        {
            await stream.WriteAsync(pem, ct);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            File.Delete(file);
            throw;
        }
    }

    private static (IReadOnlyList<string> Keys, string Agent) SettingsOf(string? config, IReadOnlyList<string> keys, string? agent)
    {
        if (keys.Count > 0 && agent is not null) return (keys, agent);
        var configuration = new ConfigurationManager();
        if (Settings.Load(configuration, config, isWatched: false).Words is { } fault) throw new WordedException(fault, ExitCode.Usage);
        var settings = configuration.GetSection(SigningOptions.Section).Get<SigningOptions>() ?? new SigningOptions();
        if (settings is { IsOn: true, Agent: not null }) return (keys.Count > 0 ? keys : [settings.Key!], agent ?? settings.Agent);
        throw new WordedException(
            $"There is no {SigningOptions.Section} in the settings: give {(keys.Count > 0 ? "--agent" : agent is null ? "--key and --agent" : "--key")}.");
    }

    private static async Task<KeyDirectory> MakeAsync(IReadOnlyList<string> references, string agent, TimeSpan validity, CancellationToken ct)
    {
        var keys = new List<SigningKey>();
        try
        {
            foreach (var reference in references)
            {
                var (key, fault) = await SigningKey.LoadAsync(reference, ct);
                keys.Add(key ?? throw new WordedException($"The key at {reference} cannot be used: {fault}."));
            }

            var now = TimeProvider.System.GetUtcNow();
            return KeyDirectory.Of(new Uri(agent), [.. keys.DistinctBy(static key => key.Thumbprint)], now, now + validity);
        }
        finally
        {
            foreach (var key in keys) key.Dispose();
        }
    }

    private static async Task WriteAsync(KeyDirectory directory, string? file, string? headers, CancellationToken ct)
    {
        if (file is not null) await ReplaceAsync(file, directory.Json, ct);
        else if (Console.IsOutputRedirected) await Console.Out.WriteAsync(directory.Json);
        else await Console.Out.WriteLineAsync(directory.Json);
        if (headers is not null) await ReplaceAsync(headers, string.Concat(directory.Fields.Select(static field => $"{field.Name}: {field.Value}\n")), ct);
    }

    // Whoever asks the web server just now gets the old one or the new one.
    private static async Task ReplaceAsync(string file, string text, CancellationToken ct)
    {
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            await File.WriteAllBytesAsync(temporary, Encoding.ASCII.GetBytes(text), ct);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
