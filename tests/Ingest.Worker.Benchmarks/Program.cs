using BenchmarkDotNet.Running;
using Ingest.Worker.Benchmarks;

if (args.Length > 0 && args[0] == "feeds-throughput") return FeedThroughput.Run(args[1..]);
if (args.Length > 0 && args[0] == "feeds-hostile") return FeedHostility.Run();
if (args.Length > 0 && args[0] == "feeds-fuzz") return FeedFuzz.Run(args[1..]);
if (args.Length > 0 && args[0] == "storage-growth") return await Ingest.Worker.Benchmarks.Growth.StorageGrowth.RunAsync(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(FeedThroughput).Assembly).Run(args);
return 0;
