using Ingest.Worker.Scheduling.Jobs;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Quartz;

namespace Ingest.Worker.Tests.Scheduling;

public sealed class StoredScheduleTests(PostgresFixture postgres)
{
    private static readonly PlannedJob Hourly = PlannedJob.Cron<Idle>(new JobKey("hourly", "test"), "0 0 * * * ?");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_as_planned_is_not_stored_again()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await StartAsync(database, Hourly, PlannedJob.Every<Idle>(new JobKey("every", "test"), TimeSpan.FromMinutes(5)));
        var first = await RowsAsync(database);

        // As after some runs: stored again, these would run for the same times again.
        await PostgresFixture.ExecuteAsync(database.ConnectionString, "update quartz.qrtz_triggers set next_fire_time = next_fire_time - 600000000", Ct);
        var later = await RowsAsync(database);
        await StartAsync(database, Hourly, PlannedJob.Every<Idle>(new JobKey("every", "test"), TimeSpan.FromMinutes(5)));

        first.Count.ShouldBe(2);
        later.ShouldNotBe(first);
        (await RowsAsync(database)).ShouldBe(later);
    }

    [Fact]
    public async Task What_stands_further_in_the_future_than_it_can_be_planned_is_stored_again()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await StartAsync(database, Hourly, PlannedJob.Every<Idle>(new JobKey("every", "test"), TimeSpan.FromMinutes(5)));
        var first = await TextsAsync(
            database,
            "select trigger_name from quartz.qrtz_triggers where next_fire_time < (extract(epoch "
                + "from now() + interval '61 minutes') + 62135596800) * 10000000");
        await PostgresFixture.ExecuteAsync(database.ConnectionString, "update quartz.qrtz_triggers set next_fire_time = next_fire_time + 36000000000 * 24", Ct);

        await StartAsync(database, Hourly, PlannedJob.Every<Idle>(new JobKey("every", "test"), TimeSpan.FromMinutes(5)));

        first.Count.ShouldBe(2);
        (await TextsAsync(
            database,
            "select trigger_name from quartz.qrtz_triggers where next_fire_time < (extract(epoch "
                + "from now() + interval '61 minutes') + 62135596800) * 10000000"))
            .Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_stored_yet_is_tried_again()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await PostgresFixture.ExecuteAsync(database.ConnectionString, "alter table quartz.qrtz_triggers rename to hidden", Ct);

        var start = StartAsync(database, Hourly);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        start.IsCompleted.ShouldBeFalse();
        await PostgresFixture.ExecuteAsync(database.ConnectionString, "alter table quartz.hidden rename to qrtz_triggers", Ct);

        await start;
        (await RowsAsync(database)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_changed_replaces_what_is_stored()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await StartAsync(database, Hourly, PlannedJob.Every<Idle>(new JobKey("every", "test"), TimeSpan.FromMinutes(5)));
        await StartAsync(
            database,
            PlannedJob.Cron<Idle>(new JobKey("hourly", "test"), "0 30 * * * ?"),
            PlannedJob.Every<Busy>(new JobKey("every", "test"), TimeSpan.FromMinutes(7)));

        (await TextsAsync(database, "select cron_expression from quartz.qrtz_cron_triggers")).ShouldBe(["0 30 * * * ?"]);
        (await TextsAsync(database, "select repeat_interval::text from quartz.qrtz_simple_triggers")).ShouldBe(["420000"]);
        (await TextsAsync(database, "select job_class_name from quartz.qrtz_job_details where job_name = 'every'"))
            .ShouldHaveSingleItem().ShouldContain(nameof(Busy));
    }

    private static async Task StartAsync(TestDatabase database, params PlannedJob[] jobs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance));
        builder.Services.AddKeyedSingleton<System.Data.Common.DbDataSource>(
            QuartzSchema.Connections, static (provider, _) => provider.GetRequiredService<Database>().CreateScheduleSource());
        builder.AddQuartz(static quartz => quartz.UsePersistentStore(static store =>
        {
            store.UsePostgres(static source => source.DataSourceServiceKey = QuartzSchema.Connections);
            store.ConfigureStore(static ado =>
            {
                ado.TablePrefix = QuartzSchema.TablePrefix;
                ado.StoreJobDataAsStrings = true;
                ado.SchemaProvisioning = SchemaProvisioning.None;
            });
        }));
        using var host = builder.Build();
        await new StoredSchedule(
            host.Services.GetRequiredService<ISchedulerFactory>(), jobs, TimeProvider.System, NullLogger<StoredSchedule>.Instance).StartAsync(Ct);
    }

    private static Task<List<string>> RowsAsync(TestDatabase database) =>
        TextsAsync(database, "select trigger_name || ' ' || next_fire_time from quartz.qrtz_triggers order by 1");

    private static async Task<List<string>> TextsAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(Ct)) texts.Add(reader.GetString(0));
        return texts;
    }

    private sealed class Idle : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default) => ValueTask.CompletedTask;
    }

    private sealed class Busy : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default) => ValueTask.CompletedTask;
    }
}
