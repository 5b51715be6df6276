using System.IO;

namespace Ingest.Worker.Commands.Output;

/// <summary>
/// A line at the bottom of a terminal below the messages: it is taken away before one is written, and put there again after it. Its only road is the error
/// output's writer, which is used by one at a time.
/// </summary>
internal static class Footer
{
    // Back to the beginning of the line, and nothing right of it.
    private const string Erase = "\r\u001b[K";

    private static string text = "";
    private static bool isShown, isWithinLine;

    /// <summary>Shows a line, or nothing.</summary>
    public static void Show(string line)
    {
        Volatile.Write(ref text, line);
        Console.Error.Write("");
    }

    /// <summary>Writes a message, above the line that is shown.</summary>
    internal static void Write(TextWriter output, string message)
    {
        if (isShown) output.Write(Erase);
        isShown = false;
        output.Write(message);
        if (message.Length > 0) isWithinLine = message[^1] != '\n';
        var line = Volatile.Read(ref text);
        if (line.Length == 0 || isWithinLine) return;
        var width = Math.Max(20, Spectre.Console.AnsiConsole.Profile.Width) - 1;
        output.Write(line.Length > width ? line[..width] : line);
        output.Flush();
        isShown = true;
    }
}
