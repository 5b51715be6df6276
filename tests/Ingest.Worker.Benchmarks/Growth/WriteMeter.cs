using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What work writes: log (WAL), rows left dead, and how many updates stayed in their page without touching an index (HOT).</summary>
internal sealed class WriteMeter(Database database, Action<string> report)
{
    private readonly CpuMeter cpu = new(database);

    private sealed record Table(long Updates, long Hot, long Dead);

    private sealed record Counts(long Bytes, long Records, long Pages, IReadOnlyDictionary<string, Table> Tables);

    /// <summary>Measures work, and tells what each of its units wrote.</summary>
    public async Task TellAsync(string name, int units, Func<Task> work)
    {
        var before = await CountAsync();
        var effort = await cpu.MeasureAsync(work);
        var after = await CountAsync();
        double Each(long more, long less) => (more - less) / (double)units;
        report(Sql.Say(
            $"{name}: {Each(after.Bytes, before.Bytes),6:0} B of WAL each ({Each(after.Records, before.Records):0.0} records, ",
            $"{Each(after.Pages, before.Pages):0.00} whole pages), {effort.Per(units).Cpu * 1e6:0} us CPU"));
        foreach (var (table, now) in after.Tables)
        {
            var then = before.Tables.GetValueOrDefault(table) ?? new Table(0, 0, 0);
            var (updates, hot) = (now.Updates - then.Updates, now.Hot - then.Hot);
            if (updates == 0 && now.Dead == then.Dead) continue;
            report(Sql.Say(
                $"    {table,-20} {updates / (double)units:0.00} updates each, {(updates == 0 ? 0 : 100.0 * hot / updates),3:0} % HOT, ",
                $"{Each(now.Dead, then.Dead):0.00} dead rows left"));
        }
    }

    private async Task<Counts> CountAsync()
    {
        // A session tells what it counted when it ends.
        database.ClearSessions();
        await Task.Delay(500);
        var tables = new Dictionary<string, Table>(StringComparer.Ordinal);
        await using (var command = database.DataSource.CreateCommand(
            "select relname, n_tup_upd, n_tup_hot_upd, n_dead_tup from pg_stat_user_tables where schemaname = 'ingest' order by relname"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables[reader.GetString(0)] = new Table(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        await using var wal = database.DataSource.CreateCommand("select wal_bytes::bigint, wal_records, wal_fpi from pg_stat_wal");
        await using var row = await wal.ExecuteReaderAsync();
        await row.ReadAsync();
        return new Counts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), tables);
    }
}
