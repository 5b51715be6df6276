using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Scheduling.Jobs;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Tests.Scheduling;

/// <summary>Quartz fires by the clock of the wall, which is moved here while it runs, and before it starts.</summary>
public sealed class ScheduleWatchTests(PostgresFixture postgres)
{
    private static readonly PlannedJob Plan = PlannedJob.Every<Counting>(new JobKey("every", "test"), TimeSpan.FromSeconds(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, -1)]
    [InlineData(true, -1)]
    [InlineData(false, -24)]
    [InlineData(false, 1)]
    [InlineData(true, 24)]
    public async Task A_clock_that_is_moved_while_it_runs_stops_no_schedule(bool clustered, double hours)
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var clock = new ShiftedClock();
        await using var running = await RunningAsync(database, clock, clustered);
        await running.CountsOnAsync();

        clock.WallShift = TimeSpan.FromHours(hours);

        await running.CountsOnAsync();
        clock.WallShift = TimeSpan.Zero;
        await running.CountsOnAsync();
    }

    [Fact]
    public async Task What_a_worker_whose_clock_was_ahead_has_left_in_the_future_is_pulled_back_at_the_start()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var clock = new ShiftedClock { WallShift = TimeSpan.FromHours(1) };
        await using (var ahead = await RunningAsync(database, clock, clustered: true)) await ahead.CountsOnAsync();

        clock.WallShift = TimeSpan.Zero;
        await using var right = await RunningAsync(database, clock, clustered: true);

        await right.CountsOnAsync();
    }

    [Fact]
    public async Task What_one_that_is_gone_has_left_in_the_future_is_pulled_back_while_another_runs()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var clock = new ShiftedClock();
        await using var running = await RunningAsync(database, clock, clustered: true);
        await running.CountsOnAsync();

        await PostgresFixture.ExecuteAsync(database.ConnectionString, FormattableString.Invariant($"""
            update quartz.qrtz_triggers set next_fire_time = {clock.GetUtcNow().AddHours(1).UtcTicks};
            insert into quartz.qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
              values ('ingest', 'gone', {clock.GetUtcNow().AddHours(1).UtcTicks}, 7500)
            """), Ct);

        await running.CountsOnAsync();
        await Running.UntilAsync(async () => await running.CountAsync("select count(*) from quartz.qrtz_scheduler_state where instance_name = 'gone'") == 0);
    }

    private static async Task<Running> RunningAsync(TestDatabase database, TimeProvider clock, bool clustered)
    {
        var door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        var counter = new Counter();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging().AddSingleton(clock).AddSingleton(counter);
        builder.Services.AddKeyedSingleton<System.Data.Common.DbDataSource>(QuartzSchema.Connections, (_, _) => door.CreateScheduleSource());
        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(static scheduler =>
            {
                scheduler.InstanceName = "ingest";
                scheduler.GenerateInstanceId = true;
            });
            quartz.UseTimeProvider(clock);
            if (!clustered) quartz.UseInMemoryStore(static _ => { });
            else
            {
                quartz.UsePersistentStore(static store =>
                {
                    store.UsePostgres(static source => source.DataSourceServiceKey = QuartzSchema.Connections);
                    store.ConfigureStore(static ado => (ado.TablePrefix, ado.StoreJobDataAsStrings) = (QuartzSchema.TablePrefix, true));
                    store.UseClustering(
                        static cluster =>
                            (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(1), SchedulingRegistration.CheckInGrace));
                });
            }
        });
        var host = builder.Build();
        var schedulers = host.Services.GetRequiredService<ISchedulerFactory>();
        await new StoredSchedule(schedulers, [Plan], clock, NullLogger<StoredSchedule>.Instance).StartAsync(Ct);
        var scheduler = await schedulers.GetScheduler(Ct);
        await scheduler.Start(Ct);
        var watch = new ScheduleWatch(
            schedulers, [Plan], new ClusterStore(door), Options.Create(new Ingest.Worker.Scheduling.SchedulingOptions { Clustered = clustered }),
            new TurnPulse(clock), clock, NullLogger<ScheduleWatch>.Instance);
        await watch.StartAsync(Ct);
        return new Running(host, scheduler, watch, door, counter);
    }

    private sealed class Counter
    {
        public int Value;
    }

    [DisallowConcurrentExecution]
    private sealed class Counting(Counter counter) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
        {
            Interlocked.Increment(ref counter.Value);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Running(IHost host, IScheduler scheduler, ScheduleWatch watch, Database door, Counter counter) : IAsyncDisposable
    {
        public async Task CountsOnAsync()
        {
            var before = counter.Value;
            await UntilAsync(() => Task.FromResult(counter.Value >= before + 2));
        }

        public async Task<long> CountAsync(string sql)
        {
            await using var command = door.DataSource.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }

        public static async Task UntilAsync(Func<Task<bool>> condition)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (!await condition())
            {
                TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(1.5));
                await Task.Delay(100, Ct);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await watch.StopAsync(CancellationToken.None);
            await scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
            watch.Dispose();
            host.Dispose();
            await door.DisposeAsync();
        }
    }
}
