namespace Ingest.Worker.Operations.Listening;

/// <summary>What is answered to a request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="Body">The body.</param>
internal sealed record Reply(int Status, string MediaType, string Body)
{
    public const string Html = "text/html; charset=utf-8", Json = "application/json; charset=utf-8", Plain = "text/plain; charset=utf-8";

    public static Reply Text(int status, string words) => new(status, Plain, words + "\n");
}

/// <summary>A part of the listener: the paths that it answers to.</summary>
/// <param name="Path">The path.</param>
/// <param name="AnswerAsync">Answers; the values are those of the query.</param>
internal sealed record Route(string Path, Func<IReadOnlyDictionary<string, string>, CancellationToken, System.Threading.Tasks.Task<Reply>> AnswerAsync);
