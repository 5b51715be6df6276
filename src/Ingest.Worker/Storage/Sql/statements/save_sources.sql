-- What visits taught about their sources, and lines of the ledger ($53 and on); gives the sources that took it.
-- A visit speaks of the source that it loaded: not of another URL that was configured meanwhile, and not over the visit of another worker that took over while this one
-- was held up. Every visit writes last_polled_at, which so tells whether there was one.
with told as (
  insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, bytes, attempts, conditional, final_url,
                              entries_new, entries_changed, entries_known, entries_rejected, node, cause, redirects, opt_outs, tdm_policy, due_at)
  select x.id, x.source_id, x.url, x.kind, x.started_at, x.duration_ms, x.status, x.outcome, x.failure, x.bytes, x.attempts, x.conditional, x.final_url,
         x.entries_new, x.entries_changed, x.entries_known, x.entries_rejected, x.node, x.cause,
         string_to_array(x.redirects, chr(31)), string_to_array(x.opt_outs, chr(31)), x.tdm_policy, x.due_at
  from unnest($53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75)
    as x(id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, bytes, attempts, conditional, final_url,
         entries_new, entries_changed, entries_known, entries_rejected, node, cause, redirects, opt_outs, tdm_policy, due_at)
  on conflict (id) do nothing
)
update ingest.sources s set
  next_poll_at = x.next_poll_at, next_poll_reason = x.next_poll_reason, adaptive_interval = x.adaptive_interval, failure_weight = x.failure_weight,
  last_polled_at = x.now,
  last_status = case when x.postponed then s.last_status else x.status end,
  last_error = case when x.postponed then s.last_error else x.error end,
  last_success_at = case when x.error is null then x.now else s.last_success_at end,
  last_news_at = case when x.had_news then x.now else s.last_news_at end,
  state = case when x.gone then 'gone' when x.has_standing and s.state = 'gone' and not x.is_gone then 'active' else s.state end,
  etag = case when x.has_facts then x.etag else s.etag end,
  last_modified = case when x.has_facts then x.last_modified else s.last_modified end,
  validators_url = case when x.has_facts then x.validators_url else s.validators_url end,
  body_hash = case when x.has_facts then x.body_hash else s.body_hash end,
  title = coalesce(x.title, s.title), site_url = coalesce(x.site_url, s.site_url), language = coalesce(x.language, s.language),
  last_full_at = x.full_at, asked_interval = x.asked_interval,
  fresh_for = x.fresh_for, body_bytes = x.body_bytes, body_news = x.body_news, vain_bodies = x.vain_bodies,
  skip_hours = string_to_array(x.skip_hours, ',')::smallint[], skip_days = string_to_array(x.skip_days, ',')::smallint[],
  validator_trust = case when x.has_standing then x.trust else s.validator_trust end,
  validator_trust_at = case when x.has_standing then x.trust_at else s.validator_trust_at end,
  moved_to = case when x.has_standing then x.to_url else s.moved_to end, moved_seen = case when x.has_standing then x.seen else s.moved_seen end,
  moved_since = case when x.has_standing then x.since else s.moved_since end, guess_at = case when x.has_standing then x.guess else s.guess_at end,
  url = coalesce(x.new_url, s.url), slot = coalesce(x.new_slot, s.slot),
  news_gap = case when x.has_standing then x.gap else s.news_gap end, newest_entry_at = case when x.has_standing then x.newest else s.newest_entry_at end,
  silent_since = case when x.has_standing then x.silent else s.silent_since end,
  interval_ceiling = case when x.has_standing then x.ceiling else s.interval_ceiling end,
  news_by_hour = case when x.has_standing then string_to_array(x.hours, ' ')::real[] else s.news_by_hour end,
  news_by_day = case when x.has_standing then string_to_array(x.days, ' ')::real[] else s.news_by_day end,
  hours_by_hour = case when x.has_standing then string_to_array(x.by_hour, ' ')::real[] else s.hours_by_hour end,
  hours_by_day = case when x.has_standing then string_to_array(x.by_day, ' ')::real[] else s.hours_by_day end,
  silent_from = case when x.has_standing then x.silent_from else s.silent_from end,
  gaps_seen = case when x.has_standing then x.gaps else s.gaps_seen end,
  usual_gap = case when x.has_standing then x.usual else s.usual_gap end,
  longest_gap = case when x.has_standing then x.longest else s.longest_gap end
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48,
            $49, $50, $51, $52)
  as x(id, url, absolute_url, seen_polled_at, now, next_poll_at, next_poll_reason, adaptive_interval, failure_weight, status, error,
       had_news, gone, has_facts, etag, last_modified, validators_url, body_hash, title, site_url, language, asked_interval, skip_hours, skip_days, full_at, postponed,
       fresh_for, body_bytes, body_news, vain_bodies,
       has_standing, is_gone, trust, trust_at, to_url, seen, since, new_url, new_slot, guess, gap, newest, silent, ceiling, hours, days, by_hour, by_day,
       silent_from, gaps, usual, longest)
where s.id = x.id and s.url in (x.url, x.absolute_url) and s.last_polled_at is not distinct from x.seen_polled_at
returning s.id
