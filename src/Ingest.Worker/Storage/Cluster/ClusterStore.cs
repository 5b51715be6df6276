using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Cluster;

/// <summary>What the clustered schedule holds of one of its workers.</summary>
/// <param name="LastCheckIn">When the worker last reported, by its own clock; null when the others have written it off.</param>
/// <param name="Turns">The turns it is running, as far as the schedule knows: fire instance ids.</param>
internal sealed record ClusterMember(DateTimeOffset? LastCheckIn, IReadOnlySet<string> Turns);

/// <summary>A worker whose last report stands in the future.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="Reported">The report's ticks.</param>
internal sealed record MemberAhead(string Instance, long Reported);

/// <summary>Looks into the tables of the clustered schedule, which Quartz writes; but it never takes back what a clock that was ahead has written.</summary>
internal sealed class ClusterStore(Database database)
{
    /// <summary>What the schedule knows of a worker.</summary>
    public Task<ClusterMember> LoadAsync(string scheduler, string instance, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    select s.last_checkin_time, f.entry_id from quartz.qrtz_scheduler_state s
                    left join quartz.qrtz_fired_triggers f using (sched_name, instance_name)
                    where s.sched_name = $1 and s.instance_name = $2
                    """,
                    connection)
                {
                    Parameters = { new() { Value = scheduler }, new() { Value = instance } },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                DateTimeOffset? checkIn = null;
                var turns = new HashSet<string>(StringComparer.Ordinal);
                while (await reader.ReadAsync(ct))
                {
                    checkIn = new DateTimeOffset(reader.GetInt64(0), TimeSpan.Zero);
                    if (!await reader.IsDBNullAsync(1, ct)) turns.Add(reader.GetString(1));
                }

                return new ClusterMember(checkIn, turns);
            },
            ct);

    /// <summary>
    /// Returns once no worker is at writing off another by what it read before. A worker decides that under this lock, and what it read may be from before our
    /// last report: it then waits for a second lock, which a process that is held up may hold for long.
    /// </summary>
    public Task AwaitWriteOffsAsync(string scheduler, CancellationToken ct) =>
        database.ExecuteAsync(
            () => new NpgsqlBatchCommand("select from quartz.qrtz_locks where sched_name = $1 and lock_name = 'STATE_ACCESS' for share")
                .Add(scheduler, NpgsqlDbType.Text),
            ct);

    /// <summary>When each job runs next.</summary>
    public Task<IReadOnlyList<(string Name, string Group, DateTimeOffset At)>> LoadNextTimesAsync(string scheduler, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand(
                "select trigger_name, trigger_group, next_fire_time from quartz.qrtz_triggers where sched_name = $1 and next_fire_time > 0")
                .Add(scheduler, NpgsqlDbType.Text),
            static reader => (reader.GetString(0), reader.GetString(1), new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero)),
            ct);

    /// <summary>The workers whose last report is from after a time.</summary>
    public Task<IReadOnlyList<MemberAhead>> LoadAheadAsync(string scheduler, DateTimeOffset time, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand(
                "select instance_name, last_checkin_time from quartz.qrtz_scheduler_state where sched_name = $1 and last_checkin_time > $2")
                .Add(scheduler, NpgsqlDbType.Text)
                .Add(time.UtcTicks, NpgsqlDbType.Bigint),
            static reader => new MemberAhead(reader.GetString(0), reader.GetInt64(1)),
            ct);

    /// <summary>
    /// Makes a worker one that has not reported for long, so that Quartz takes its work from it; one that has reported meanwhile is left alone.
    /// </summary>
    public async Task<bool> ForgetAsync(string scheduler, MemberAhead member, CancellationToken ct) =>
        await database.ExecuteAsync(
            () => new NpgsqlBatchCommand(
                "update quartz.qrtz_scheduler_state set last_checkin_time = 1 where sched_name = $1 and instance_name = $2 and last_checkin_time = $3")
                .Add(scheduler, NpgsqlDbType.Text)
                .Add(member.Instance, NpgsqlDbType.Text)
                .Add(member.Reported, NpgsqlDbType.Bigint),
            ct) > 0;

    /// <summary>True when no other run of a job is known than this one.</summary>
    public Task<bool> IsAloneAsync(string scheduler, string jobName, string jobGroup, string turn, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                // A run that ends late, after the others had written its worker off, frees the job for a third one while the second is still at it.
                await using var command = new NpgsqlCommand(
                    """
                    select not exists (select from quartz.qrtz_fired_triggers
                                       where sched_name = $1 and job_name = $2 and job_group = $3 and entry_id <> $4 and state = 'EXECUTING')
                    """,
                    connection)
                {
                    Parameters = { new() { Value = scheduler }, new() { Value = jobName }, new() { Value = jobGroup }, new() { Value = turn } },
                };
                return (bool)(await command.ExecuteScalarAsync(ct))!;
            },
            ct);
}
