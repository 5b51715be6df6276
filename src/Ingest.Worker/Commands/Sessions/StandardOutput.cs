using System.IO;
using System.Text;
using Ingest.Worker.Archive.Export;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>Standard output of a command whose results go to another program or a file.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// Results that are piped are UTF-8 whatever the terminal's encoding is, and a reader that went away ends the command, where the console's own stream would
    /// take everything that follows for written.
    /// </summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected) return;
        Console.SetOut(TextWriter.Synchronized(
            new StreamWriter(ArchiveOutput.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }));
    }
}
