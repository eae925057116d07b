-- Everything a city sends, and what the resident keeps private: one row a record, the body as it was sent.
CREATE TABLE record (
    kind       TEXT NOT NULL,              -- resident, fact, appointment, document, consent, access, own_fact, or a kind from the future
    id         TEXT NOT NULL,
    body       TEXT NOT NULL,              -- JSON with fields we do not know
    generation INTEGER NOT NULL DEFAULT 0, -- the reading from the beginning that saw it last
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Records that could not be read. Kept to be told, never to stop the rest.
CREATE TABLE unreadable (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    body TEXT NOT NULL,
    why  TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- What the resident did and the city has not confirmed. No migration ever drops a row of this table.
CREATE TABLE outbox (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE,             -- Idempotency-Key, made when queued
    thing      TEXT NOT NULL,                    -- actions on one thing keep their order
    action     TEXT NOT NULL,                    -- JSON
    queued_at  INTEGER NOT NULL,                 -- milliseconds since 1970
    not_before INTEGER NOT NULL DEFAULT 0,       -- held back until then: the time to undo
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_try   INTEGER NOT NULL DEFAULT 0,
    refused    TEXT                              -- the problem's JSON once the city has said no
) STRICT;
CREATE INDEX outbox_thing ON outbox (thing, seq);

-- What was shown as a notification, so that it is never shown twice.
CREATE TABLE notified (
    tag    TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,                        -- what it said; another digest is news
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single values: the cursor, the settings, the manifest, the catalogue pack.
CREATE TABLE value (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO outbox (key, thing, action, queued_at) VALUES ('6b0e7a52-0000-4000-8000-000000000001', 'offer/1', '{"do":"answer_offer","appointment":"1","answer":"accept"}', 1790000000000);
INSERT INTO outbox (key, thing, action, queued_at) VALUES ('6b0e7a52-0000-4000-8000-000000000002', 'offer/2', '{"do":"answer_offer","appointment":"2","answer":"decline"}', 1790000000001);
PRAGMA user_version = 1;
