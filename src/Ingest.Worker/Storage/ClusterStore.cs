using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage;

/// <summary>What the clustered schedule holds of one of its workers.</summary>
/// <param name="LastCheckIn">When the worker last reported, by its own clock; null when the others have written it off.</param>
/// <param name="Turns">The turns it is running, as far as the schedule knows: fire instance ids.</param>
internal sealed record ClusterMember(DateTimeOffset? LastCheckIn, IReadOnlySet<string> Turns);

/// <summary>Looks into the tables of the clustered schedule, which Quartz alone writes.</summary>
internal sealed class ClusterStore(Database database)
{
    /// <summary>What the schedule knows of a worker.</summary>
    public Task<ClusterMember> LoadAsync(string scheduler, string instance, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select s.last_checkin_time, f.entry_id from {QuartzSchema.TablePrefix}scheduler_state s
                    left join {QuartzSchema.TablePrefix}fired_triggers f using (sched_name, instance_name)
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
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    $"select from {QuartzSchema.TablePrefix}locks where sched_name = $1 and lock_name = 'STATE_ACCESS' for share", connection)
                {
                    Parameters = { new() { Value = scheduler } },
                };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);

    /// <summary>True when no other run of a job is known than this one.</summary>
    public Task<bool> IsAloneAsync(string scheduler, string jobName, string jobGroup, string turn, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                // A run that ends late, after the others had written its worker off, frees the job for a third one while the second is still at it.
                await using var command = new NpgsqlCommand(
                    $"""
                    select not exists (select from {QuartzSchema.TablePrefix}fired_triggers
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
