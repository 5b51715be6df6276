-- Lines of the ledger.
insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, bytes, attempts, conditional, final_url,
                            entries_new, entries_changed, entries_known, entries_rejected, node, cause, redirects, opt_outs, tdm_policy, due_at)
select x.id, x.source_id, x.url, x.kind, x.started_at, x.duration_ms, x.status, x.outcome, x.failure, x.bytes, x.attempts, x.conditional, x.final_url,
       x.entries_new, x.entries_changed, x.entries_known, x.entries_rejected, x.node, x.cause,
       string_to_array(x.redirects, chr(31)), string_to_array(x.opt_outs, chr(31)), x.tdm_policy, x.due_at
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
  as x(id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, bytes, attempts, conditional, final_url,
       entries_new, entries_changed, entries_known, entries_rejected, node, cause, redirects, opt_outs, tdm_policy, due_at)
on conflict (id) do nothing
