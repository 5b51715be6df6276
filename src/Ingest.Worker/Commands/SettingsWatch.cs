using System.IO;

namespace Ingest.Worker.Commands;

/// <summary>
/// Tells when a file may have changed: at any event in its folder, where editors replace files and Kubernetes swaps the link <c>..data</c> that the file's own
/// link leads through; and every few seconds by the file that the links lead to, for changes elsewhere and for mounts that send no events.
/// </summary>
internal sealed class SettingsWatch : IDisposable
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(200), Every = TimeSpan.FromSeconds(4);

    private readonly string file;
    private readonly Action changed;
    private readonly ITimer soon, regularly;
    private readonly FileSystemWatcher? events;
    private (DateTime Written, long Length, string Target) last;

    public SettingsWatch(string file, Action changed, TimeProvider time)
    {
        (this.file, this.changed) = (file, changed);
        last = Stamp();
        soon = time.CreateTimer(static watch => ((SettingsWatch)watch!).changed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        regularly = time.CreateTimer(static watch => ((SettingsWatch)watch!).Look(), this, Every, Every);
        events = Events();
    }

    public void Dispose()
    {
        events?.Dispose();
        regularly.Dispose();
        soon.Dispose();
    }

    // An editor writes in several steps: it is read when nothing has happened for a moment. What happens to other files, logs perhaps, counts only when ours
    // leads elsewhere since.
    private void Happened(FileSystemEventArgs happened)
    {
        if (happened.Name == Path.GetFileName(file) || (happened.ChangeType != WatcherChangeTypes.Changed && Stamp() != last))
            soon.Change(Settled, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        if (Stamp() is var now && now == last) return;
        last = now;
        changed();
    }

    private (DateTime Written, long Length, string Target) Stamp()
    {
        try
        {
            var target = new FileInfo(file) is { LinkTarget: not null } link
                ? (FileInfo)(link.ResolveLinkTarget(returnFinalTarget: true) ?? link)
                : new FileInfo(file);
            return target.Exists ? (target.LastWriteTimeUtc, target.Length, target.FullName) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    // A machine gives out only so many watches: without one, the regular look remains.
    private FileSystemWatcher? Events()
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Attributes,
            };
            watcher.Changed += (_, happened) => Happened(happened);
            watcher.Created += (_, happened) => Happened(happened);
            watcher.Deleted += (_, happened) => Happened(happened);
            watcher.Renamed += (_, happened) => Happened(happened);
            watcher.Error += (_, _) => soon.Change(Settled, Timeout.InfiniteTimeSpan);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
