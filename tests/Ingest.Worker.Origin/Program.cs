namespace Ingest.Worker.Origin;

internal static class Program
{
    private static int Main() => 0;
}
