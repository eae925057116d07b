-- What the city has, and the device has not read back: shown as done until a reading that began afterwards has ended.
CREATE TABLE sent (
    seq       INTEGER PRIMARY KEY,  -- as in the outbox
    key       TEXT NOT NULL,
    action    TEXT NOT NULL,        -- JSON
    queued_at INTEGER NOT NULL      -- milliseconds since 1970
) STRICT;
