using System.Runtime.CompilerServices;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>
/// Bounds what the runtime's pool of arrays keeps: 32 of each size for each processor as it comes, of 32 MB as of 32 bytes, which what large documents
/// rented would fill for good. One and four were as fast as 32 (400 feeds, 1,000 pages, CPU time).
/// </summary>
internal static class PoolLimit
{
    // The pool reads them once, when it is first used.
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT", "2");
    }
}
