using System.Globalization;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>Says what an answer that is no redirect means.</summary>
internal static class AnswerJudge
{
    /// <summary>Judges by status.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="conditional">Whether it was compared with something.</param>
    /// <param name="isPart">Whether it is what is new since then, as was asked for.</param>
    /// <returns>Why the answer is of no use; null when it is a full answer or a proper 304.</returns>
    public static Exchange.Fault? FaultOf(Exchange.Answer answer, bool conditional, bool isPart)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var status = answer.Head.Status;
        return status switch
        {
            200 or 203 => null,
            226 when isPart => null,
            304 when conditional => null,
            304 =>
                new(FailureKind.Server, FailureCause.UnaskedNotModified, "The server says 304 Not Modified although nothing was asked to be compared.", status),
            204 or 205 => new(FailureKind.Server, FailureCause.NoContent, Said(status, "no content"), status),
            408 or 425 => new(FailureKind.Transient, FailureCause.HttpStatus, Said(status, "try again"), status),
            410 => new(FailureKind.Gone, FailureCause.Gone, Said(status, "gone for good"), status),
            429 => new(FailureKind.Transient, FailureCause.TooManyRequests, Said(status, "too many requests"), status),
            >= 500 => new(FailureKind.Server, FailureCause.HttpStatus, Said(status, "server error"), status),
            >= 400 => new(FailureKind.Permanent, FailureCause.HttpStatus, Said(status, Refusal(status)), status),
            _ => new(FailureKind.Server, FailureCause.ProtocolError, Said(status, "not an answer to a GET request"), status),
        };
    }

    private static string Refusal(int status) => status switch
    {
        401 => "a user name and password, or a token, are required",
        402 => "payment required",
        403 => "access denied",
        404 => "not found",
        451 => "unavailable for legal reasons",
        _ => "request refused",
    };

    private static string Said(int status, string meaning) => string.Create(CultureInfo.InvariantCulture, $"The server said {status}: {meaning}.");
}
