-- What each channel was told, and until when. A row is there while the channel is on: since is from when on alerts are news to it, told_until
-- the last time at which its digest was due or sent.
CREATE TABLE channel_rounds (channel TEXT PRIMARY KEY, since TEXT NOT NULL, told_until TEXT NOT NULL) WITHOUT ROWID;

-- The channel that an alert of kind channel_failing is about; hours that an alert may be older than others, because nobody was awake.
ALTER TABLE alerts ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN grace_hours REAL NOT NULL DEFAULT 0;
CREATE INDEX alerts_by_time ON alerts(raised_at);

-- An attempt that was begun and of which no answer is known: whether the channel took the message cannot be told. uncertain counts them.
ALTER TABLE deliveries ADD COLUMN begun_at TEXT;
ALTER TABLE deliveries ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deliveries_open ON deliveries(channel) WHERE state = 'pending';
