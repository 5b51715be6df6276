-- By these the rows of a text in article_shingles are found when the article goes, without an index that every new article would have to be entered in.
alter table ingest.article_sketches add column shingles integer[];
comment on column ingest.article_sketches.shingles is 'What article_shingles holds of the text; null for a text that an earlier version of the worker stored: its rows there go with their window.';
comment on column ingest.stories.id is 'Number of the story: that of the article that leads it, the first seen; where that was removed, the last of those that were left.';
comment on column ingest.stories.articles is 'How many articles tell it, two or more.';
comment on column ingest.stories.first_seen_at is 'When its first article was stored.';
