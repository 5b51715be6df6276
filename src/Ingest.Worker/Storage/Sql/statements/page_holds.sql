-- Sites that asked to be left alone.
select host, not_before, status from ingest.host_holds where not_before > $1 order by not_before, host limit 15
