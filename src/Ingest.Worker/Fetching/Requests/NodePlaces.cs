using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>
/// The places of requests on this node. Hosts that answered promptly when they were last asked have places of their own, as many as others have to begin
/// with. Who has no answer after two seconds waits in a third room, which is larger, because waiting costs a socket only; while that is full, only hosts of
/// the first kind are asked. So nobody who is slow holds a place that another one needs, however many they are. Owners take turns, so that the hosts that
/// one source leads to are one claimant, not thousands.
/// </summary>
internal sealed class NodePlaces(int concurrency, TimeProvider time)
{
    /// <summary>How soon an answer is prompt.</summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(2);

    private const int WaitingPerPlace = 8;

    private readonly Lock gate = new();
    private readonly Turns known = new(), unknown = new();
    private int atKnown, atUnknown, waiting;

    /// <summary>Takes a place, when one is free.</summary>
    /// <param name="owner">For whom; owners take turns.</param>
    /// <param name="isKnown">Whether the host answered promptly when it was last asked.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Place> EnterAsync(string owner, bool isKnown, CancellationToken ct)
    {
        var place = new Place(this, isKnown);
        lock (gate) (isKnown ? known : unknown).Add(owner, place, ct);
        Serve();
        await place.Entered.Task;
        return place;
    }

    private void Serve()
    {
        lock (gate)
        {
            while (atKnown < concurrency && known.BeginNext(time)) atKnown++;
            while (atUnknown < concurrency && atUnknown + waiting < concurrency * WaitingPerPlace && unknown.BeginNext(time)) atUnknown++;
        }
    }

    private void Move(Place place, Room to)
    {
        lock (gate)
        {
            if (place.Room == Room.Left) return;
            Of(place.Room)--;
            place.Room = to;
            if (to == Room.Waiting) waiting++;
        }

        Serve();
    }

    private ref int Of(Room room)
    {
        if (room == Room.Waiting) return ref waiting;
        return ref room == Room.Known ? ref atKnown : ref atUnknown;
    }

    internal enum Room
    {
        Known,
        Unknown,
        Waiting,
        Left,
    }

    /// <summary>A request's place, held until it is disposed.</summary>
    internal sealed class Place(NodePlaces owner, bool isKnown) : IDisposable
    {
        private ITimer? timer;

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenRegistration Cancellation { get; set; }

        internal Room Room { get; set; } = isKnown ? Room.Known : Room.Unknown;

        /// <summary>Lets the request begin, unless it was given up.</summary>
        public bool TryBegin(TimeProvider time)
        {
            Cancellation.Unregister();
            timer = time.CreateTimer(static place => ((Place)place!).GiveWay(), this, Promptly, Timeout.InfiniteTimeSpan);
            if (Entered.TrySetResult()) return true;
            timer.Dispose();
            return false;
        }

        public void Dispose()
        {
            timer?.Dispose();
            owner.Move(this, Room.Left);
        }

        private void GiveWay() => owner.Move(this, Room.Waiting);
    }

    /// <summary>Those who wait for a place: owner by owner, each owner's in order.</summary>
    private sealed class Turns
    {
        private readonly Dictionary<string, Queue<Place>> byOwner = new(StringComparer.OrdinalIgnoreCase);
        private readonly Queue<string> owners = [];

        public void Add(string owner, Place place, CancellationToken ct)
        {
            if (!byOwner.TryGetValue(owner, out var places))
            {
                byOwner[owner] = places = [];
                owners.Enqueue(owner);
            }

            places.Enqueue(place);
            place.Cancellation = ct.UnsafeRegister(static (place, ct) => ((Place)place!).Entered.TrySetCanceled(ct), place);
        }

        /// <summary>Lets the next one begin.</summary>
        /// <returns>False when nobody waits.</returns>
        public bool BeginNext(TimeProvider time)
        {
            while (owners.TryDequeue(out var owner))
            {
                var places = byOwner[owner];
                var place = places.Dequeue();
                if (places.Count > 0) owners.Enqueue(owner);
                else byOwner.Remove(owner);
                if (place.TryBegin(time)) return true;
            }

            return false;
        }
    }
}
