namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Hears every statement that Npgsql sends.</summary>
internal sealed class StatementListener : IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> statements = new();
    private readonly System.Diagnostics.ActivityListener listener;

    public StatementListener()
    {
        listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text) statements.Enqueue(text);
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyCollection<string> Statements => statements;

    public void Dispose() => listener.Dispose();
}
