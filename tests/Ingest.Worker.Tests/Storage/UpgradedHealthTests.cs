namespace Ingest.Worker.Tests.Storage;

/// <summary>What an upgrade makes of sources, their events and their health.</summary>
public sealed class UpgradedHealthTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Sources_of_before_are_healthy_until_more_is_known_and_their_events_are_told_to_nobody()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at,
              last_polled_at, last_success_at, news_gap, silent_since, newest_entry_at, last_error, interval_ceiling)
            select i, 'source ' || i, 'https://example.org/' || i, 'https://example.org/' || i, 3, 0, 'active', 'auto', '{}', now(), 0, now(), now(),
              now(), now(), interval '1 hour', now() - interval '9 days', now() - interval '9 days', case when i = 2 then 'The server said 500' end,
              case when i = 3 then interval '1 hour' end
            from generate_series(1, 3) i;
            insert into ingest.source_events (source_id, at, kind, detail) values (1, now(), 'moved', 'from https://example.org/ to https://example.com/');
            """);

        await database.MigrateAsync();
        await database.ExecuteAsync("insert into ingest.source_events (source_id, at, kind, detail) values (1, now(), 'gone', 'the publisher answered 410')");

        (await database.RowsAsync("select name, health, silent_from, drifts = '{}', misses_entries from ingest.source_health order by name"))
            .ShouldBe(["source 1|healthy||True|False", "source 2|shaky||True|False", "source 3|missing_entries||True|True"]);
        (await database.RowsAsync("select gaps_seen, usual_gap, longest_gap from ingest.sources where id = 1")).ShouldBe(["0||"]);
        (await database.RowsAsync("select kind, xid is null from ingest.source_events order by id")).ShouldBe(["moved|True", "gone|False"]);
        (await database.RowsAsync("select count(*) from ingest.webhooks union all select count(*) from ingest.source_drift")).ShouldBe(["0", "0"]);
        (await database.RowsAsync("select cursor from ingest.drift_progress")).ShouldBe([""]);
        (await database.RowsAsync(
            "select has_table_privilege('ingest_reader', t, 'select'), has_table_privilege('ingest_reader', t, 'update'), "
                + "has_table_privilege('ingest_worker', t, 'update') "
                + "from unnest(array['ingest.webhooks', 'ingest.source_drift', 'ingest.drift_progress']) t"))
            .ShouldBe(["True|False|True", "True|False|True", "True|False|True"]);
    }
}
