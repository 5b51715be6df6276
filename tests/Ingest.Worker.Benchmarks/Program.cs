using BenchmarkDotNet.Running;
using Ingest.Worker.Benchmarks;

switch (args.FirstOrDefault())
{
    case "feeds-throughput": return FeedThroughput.Run(args[1..]);
    case "feeds-hostile": return FeedHostility.Run();
    case "feeds-fuzz": return FeedFuzz.Run(args[1..]);
    case "pages-memory": return PageMemory.Run();
    case "pages-throughput": return PageThroughput.Run(args[1..]);
    case "cost": return Ingest.Worker.Benchmarks.Cost.CostCommand.Run(args[1..]);
    case "duplicates": return await Ingest.Worker.Benchmarks.Duplicates.DuplicateBenchmark.RunAsync(args[1..]);
    case "storage-growth": return await Ingest.Worker.Benchmarks.Growth.StorageGrowth.RunAsync(args[1..]);
    case "storage-updates": return await Ingest.Worker.Benchmarks.Growth.StorageUpdates.RunAsync(args[1..]);
    case "storage-partitions": return await Ingest.Worker.Benchmarks.Growth.YearPartitions.RunAsync(args[1..]);
    case "storage-writes": return await Ingest.Worker.Benchmarks.Growth.StorageWrites.RunAsync();
    case "side-by-side": return await Ingest.Worker.Benchmarks.SideBySide.SideBySideCommand.RunAsync(args[1..]);
    case "naive": return await Ingest.Worker.Benchmarks.SideBySide.NaiveWorker.RunAsync(args[1..]);
    case "signing": return await SigningCost.RunAsync();
    case "public-suffixes": return await PublicSuffixes.RunAsync(args[1..]);
    case "month": return await Month.RunAsync(args[1..]);
    case "day": return await Month.RunDayAsync(args[1..]);
    case "silence": return SilenceCommand.Run(args[1..]);
    case "cluster": return await Ingest.Worker.Benchmarks.Endurance.ClusterCommand.RunAsync(args[1..]);
    case "scrape": return await Ingest.Worker.Benchmarks.Endurance.ScrapeCost.RunAsync(args[1..]);
    case "million-sources": return await Ingest.Worker.Benchmarks.Endurance.MillionSources.RunAsync(args[1..]);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(FeedThroughput).Assembly).Run(args);
        return 0;
}
