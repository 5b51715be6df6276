using BenchmarkDotNet.Running;
using Ingest.Worker.Benchmarks;

switch (args.FirstOrDefault())
{
    case "feeds-throughput": return FeedThroughput.Run(args[1..]);
    case "feeds-hostile": return FeedHostility.Run();
    case "feeds-fuzz": return FeedFuzz.Run(args[1..]);
    case "pages-memory": return PageMemory.Run();
    case "month": return await Month.RunAsync(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(FeedThroughput).Assembly).Run(args);
        return 0;
}
