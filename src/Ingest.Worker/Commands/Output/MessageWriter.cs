using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Text.Secrets;

namespace Ingest.Worker.Commands.Output;

/// <summary>
/// The error output, for messages: what is written as a line becomes one, and does nothing to the terminal, whatever names, arguments and errors it
/// quotes. What is written in parts, as the log is, passes: it sees to itself, and colours. Where progress is shown, it stays below all of them.
/// </summary>
internal sealed class MessageWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Pass(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Pass(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Pass(buffer.ToString());

    public override void Write(string? value) => Pass(value ?? "");

    public override void WriteLine(string? value) => Pass(SafeLine.Of(value ?? "") + inner.NewLine);

    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());

    public override void WriteLine(char[]? buffer) => WriteLine(new string(buffer));

    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    public override Task WriteAsync(char value)
    {
        Pass(value.ToString());
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Pass(value ?? "");
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(char[] buffer, int index, int count) => WriteLineAsync(new string(buffer, index, count));

    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => WriteLineAsync(buffer.ToString());

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    private void Pass(string text) => Footer.Write(inner, text);
}
