using System.Threading.Tasks;
using Ingest.Text.Secrets;

namespace Ingest.Worker.Operations.Listening;

/// <summary><c>/health/live</c> and <c>/health/ready</c>: 200 where all is well, else 503; a line for each thing that has to be.</summary>
internal static class HealthRoutes
{
    public static IEnumerable<Route> Of(HealthChecks checks) =>
    [
        new Route("/health/live", (_, _) => Task.FromResult(Told(checks.Live()))),
        new Route("/health/ready", async (_, ct) => Told(await checks.ReadyAsync(ct))),
    ];

    private static Reply Told(IReadOnlyList<HealthFact> facts) => Reply.Text(
        facts.All(static fact => fact.IsWell) ? 200 : 503,
        string.Join('\n', facts.Select(static fact => $"{(fact.IsWell ? "ok" : "NO")} {fact.Name}: {SafeLine.Of(fact.Words)}")));
}
