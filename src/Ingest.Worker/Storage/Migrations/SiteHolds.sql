comment on table ingest.host_holds is 'Sites that asked to be left alone (429, 503, Retry-After): no worker asks their hosts before, restarts or not.';
comment on column ingest.host_holds.host is 'Registered domain, which binds all its hosts; an address, or a name without a dot, with the port where it is not the scheme''s own.';
comment on column ingest.host_holds.not_before is 'The first time it may be asked again; when it was released by hand, the time of that, as set_at.';
comment on column ingest.host_holds.set_at is 'When it asked, or was released.';
