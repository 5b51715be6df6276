using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Due;

/// <summary>What is asked of the tables of due work.</summary>
/// <param name="Slots">The slots of the hosts that are meant.</param>
/// <param name="Now">What is due by then.</param>
/// <param name="Limit">No more than this in all.</param>
internal sealed record DueQuery(IReadOnlyList<short> Slots, DateTimeOffset Now, int Limit)
{
    // A slot's share is never so small that a host's queue runs dry between two picks.
    private const int SmallestShare = 8;

    /// <summary>Hosts, with their ports where these are not the usual ones, that are skipped.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>Sources whose pages are skipped.</summary>
    public IReadOnlyCollection<int> ExceptPagesOf { get; init; } = [];

    /// <summary>No more than this of one slot, so that a host with much to do does not displace the others.</summary>
    public int PerSlot => Slots.Count == HostSlots ? Limit : Math.Max(SmallestShare, Limit / Math.Max(1, Slots.Count));

    private static int HostSlots => Worker.Sources.HostSlot.Count;

    /// <summary>$1 the slots, $2 the time, $3 the limit, $4 that of a slot, $5 the hosts skipped; made again for each command.</summary>
    public NpgsqlParameter[] Parameters() =>
    [
        new() { Value = Slots.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
        new() { Value = Now.ToUniversalTime() },
        new() { Value = Limit },
        new() { Value = PerSlot },
        new() { Value = Except.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
    ];
}
