namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Stretches of real texts, each given out once: two that overlapped would be copies of one another.</summary>
internal sealed class Passages(IReadOnlyList<string> bodies)
{
    private int body;
    private int word;

    /// <summary>The next stretch of so many words.</summary>
    public string Take(int words)
    {
        while (body < bodies.Count)
        {
            var tokens = bodies[body].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (word + words <= tokens.Length)
            {
                word += words;
                return string.Join(' ', tokens[(word - words)..word]);
            }

            (body, word) = (body + 1, 0);
        }

        throw new InvalidOperationException("The real texts are used up.");
    }
}
