using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>Gives sources the names that the settings have for them now; those found through them are named after them.</summary>
internal static class SourceRenames
{
    /// <summary>The statements, to be run in this order: names may change places, and no name may stand twice at any moment.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<(SourceRow Row, string Name)> renamed, DateTimeOffset now)
    {
        if (renamed.Count == 0) yield break;
        yield return new NpgsqlBatchCommand("""
            with recursive family as (
              select x.id, x.old_name, x.new_name from unnest($1, $2, $3) as x(id, old_name, new_name)
              union all
              select c.id, f.old_name, f.new_name from ingest.sources c join family f on c.parent_id = f.id)
            update ingest.sources s set name = chr(1) || f.new_name || substr(s.name, length(f.old_name) + 1)
            from family f where s.id = f.id and starts_with(s.name, f.old_name)
            """)
            .Add(renamed, NpgsqlDbType.Integer, static pair => pair.Row.Id)
            .AddText(renamed, static pair => pair.Row.Name)
            .AddText(renamed, static pair => pair.Name);
        yield return new NpgsqlBatchCommand("update ingest.sources set name = substr(name, 2) where starts_with(name, chr(1))");
        yield return new NpgsqlBatchCommand(
            "insert into ingest.source_events (source_id, at, kind, detail) select x.id, $3, $4, x.detail from unnest($1, $2) as x(id, detail)")
            .Add(renamed, NpgsqlDbType.Integer, static pair => pair.Row.Id)
            .AddText(renamed, static pair => ErrorText.Of($"from {pair.Row.Name} to {pair.Name}: the settings have another name for its URL"))
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .Add(Words<SourceEventKind>.Of(SourceEventKind.Renamed), NpgsqlDbType.Text);
    }
}
