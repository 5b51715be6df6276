namespace Ingest.Worker.Storage.Saving;

/// <summary>Why nothing is saved now.</summary>
/// <param name="Since">Timestamp of the first refusal.</param>
/// <param name="Reason">What PostgreSQL said.</param>
internal sealed record WriteRefusal(long Since, string Reason);

/// <summary>What a visit was let through the gate with.</summary>
/// <param name="gate">The gate.</param>
/// <param name="isScout">Whether the gate was shut, so that it is for this visit to find out whether it still is.</param>
internal sealed class WritePass(WriteGate gate, bool isScout)
{
    /// <summary>Whether its first request may leave: since the visit began, the gate may have been shut.</summary>
    /// <exception cref="OperationCanceledException">The gate was given up; the visit ends without having asked anybody.</exception>
    public bool MayBegin()
    {
        if (isScout || gate.Refused is null) return true;
        return gate.IsGivenUp ? throw new OperationCanceledException("Nothing can be saved.") : false;
    }
}
