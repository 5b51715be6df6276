namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Hears the statements that Npgsql sends to a database, or to any.</summary>
internal sealed class StatementListener : IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> statements = new();
    private readonly System.Diagnostics.ActivityListener listener;

    public StatementListener(string? database = null)
    {
        listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (database is not null && database != (activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name")) as string) return;
                if ((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text) statements.Enqueue(text);
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyCollection<string> Statements => statements;

    public void Dispose() => listener.Dispose();
}
