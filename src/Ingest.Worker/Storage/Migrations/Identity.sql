-- As for the bodies of articles: lz4 where the server has it.
do $$
begin
  alter table ingest.article_revisions alter column body set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4; superseded bodies are compressed with pglz';
end $$;

-- Rows come in at one end and leave at the other: freed places are to be found before a fifth of the table is dead.
alter table ingest.article_shingles set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);
