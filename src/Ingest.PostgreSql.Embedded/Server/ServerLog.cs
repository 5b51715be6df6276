using Microsoft.Extensions.Logging;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>What the embedded server has to say, in the worker's log.</summary>
internal sealed partial class ServerLog(ILogger logger)
{
    private volatile bool isStopping;

    /// <summary>From now on the server ends sessions because it was told to, and says FATAL of each.</summary>
    public void Stopping() => isStopping = true;

    /// <summary>One line of the server's standard error; its own level decides ours.</summary>
    public void Relay(string line)
    {
        if (line.StartsWith("PANIC:", StringComparison.Ordinal)) ServerFailed(line);
        else if (isStopping) ServerSaid(line);
        else if (line.StartsWith("FATAL:", StringComparison.Ordinal) || line.StartsWith("WARNING:", StringComparison.Ordinal)) ServerWarned(line);
        else ServerSaid(line);
    }

    [LoggerMessage(550, LogLevel.Information, "PostgreSQL {Version} of {Folder} runs on {Cluster}")]
    public partial void Ready(string version, string folder, string cluster);

    [LoggerMessage(551, LogLevel.Information, "A new PostgreSQL {Version} cluster is made in {Cluster}")]
    public partial void Initializing(string version, string cluster);

    [LoggerMessage(552, LogLevel.Warning, "PostgreSQL of an earlier worker is still running (process {Pid}); it is stopped first")]
    public partial void EarlierServerStopping(int pid);

    [LoggerMessage(553, LogLevel.Information, "An earlier PostgreSQL left its pid file behind and is no longer running; the file is removed")]
    public partial void StaleFileRemoved();

    [LoggerMessage(554, LogLevel.Information, "PostgreSQL has stopped")]
    public partial void Stopped();

    [LoggerMessage(555, LogLevel.Warning, "PostgreSQL did not stop within {Seconds} s; it is stopped at once and will recover at its next start")]
    public partial void StoppingAtOnce(double seconds);

    [LoggerMessage(556, LogLevel.Critical, "PostgreSQL exited unexpectedly (exit code {ExitCode}): {LastWords}")]
    public partial void EndedByItself(int exitCode, string lastWords);

    [LoggerMessage(557, LogLevel.Debug, "PostgreSQL: {Line}")]
    private partial void ServerSaid(string line);

    [LoggerMessage(558, LogLevel.Warning, "PostgreSQL: {Line}")]
    private partial void ServerWarned(string line);

    [LoggerMessage(559, LogLevel.Error, "PostgreSQL: {Line}")]
    private partial void ServerFailed(string line);
}
