using System.Globalization;
using System.Text;

namespace Ingest.Worker.Benchmarks.Cost;

/// <summary>A document of one construct repeated.</summary>
/// <param name="Name">What is repeated, as it is printed.</param>
/// <param name="Head">Before it.</param>
/// <param name="Unit">Repeated; <c>{n}</c> stands for the number of the repetition.</param>
/// <param name="Tail">Behind it.</param>
/// <param name="Read">Reads the document.</param>
internal sealed record CostKind(string Name, string Head, string Unit, string Tail, Action<byte[]> Read)
{
    /// <summary>The document with the unit repeated until it is about so many bytes long.</summary>
    public byte[] Make(int bytes)
    {
        var text = new StringBuilder(Head, bytes + Head.Length + Tail.Length);
        for (var n = 0; text.Length < bytes; n++)
            text.Append(
                Unit.Contains("{n}", StringComparison.Ordinal)
                    ? Unit.Replace("{n}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    : Unit);
        return Encoding.UTF8.GetBytes(text.Append(Tail).ToString());
    }
}
