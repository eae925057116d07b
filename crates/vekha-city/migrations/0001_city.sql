-- The city's memory. Moments that are compared are whole seconds since 1970; what residents read is JSON as it travels.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE residents (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    birth_date TEXT,
    sex TEXT
) STRICT;

-- Whom a resident cares for.
CREATE TABLE wards (
    guardian TEXT NOT NULL REFERENCES residents (id),
    ward TEXT NOT NULL REFERENCES residents (id),
    -- child, parent, ward
    relation TEXT NOT NULL,
    PRIMARY KEY (guardian, ward)
) STRICT;

CREATE TABLE facts (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL REFERENCES residents (id),
    kind TEXT NOT NULL,
    supersedes TEXT,
    -- who told the city: a resident, a system, the operator
    told_by TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX facts_by_subject ON facts (subject, kind);

CREATE TABLE slots (
    id TEXT NOT NULL PRIMARY KEY,
    service TEXT NOT NULL,
    schedule TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'free'
        CHECK (status IN ('free', 'busy', 'busy-tentative', 'busy-unavailable', 'entered-in-error')),
    version INTEGER NOT NULL DEFAULT 1,
    changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX slots_free ON slots (service, starts) WHERE status = 'free';
CREATE INDEX slots_by_schedule ON slots (schedule, starts);

CREATE TABLE appointments (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL REFERENCES residents (id),
    step TEXT,
    slot TEXT REFERENCES slots (id),
    service TEXT,
    status TEXT NOT NULL,
    starts INTEGER NOT NULL,
    -- a pending hold lapses after this
    held_until INTEGER,
    -- how the hold ended: lapsed, declined, cancelled, purged
    ended TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    changed INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX appointments_by_subject ON appointments (subject);
CREATE INDEX appointments_held ON appointments (held_until) WHERE status = 'pending';
-- One slot never serves two visits, whatever runs at the same time.
CREATE UNIQUE INDEX appointments_one_per_slot ON appointments (slot)
    WHERE status IN ('proposed', 'pending', 'booked', 'arrived', 'fulfilled');
-- One step never has two visits waiting.
CREATE UNIQUE INDEX appointments_one_per_step ON appointments (subject, step)
    WHERE status IN ('proposed', 'pending', 'booked', 'arrived');

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL REFERENCES residents (id),
    step TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_subject ON documents (subject);

CREATE TABLE consents (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL REFERENCES residents (id),
    domain TEXT NOT NULL,
    class TEXT NOT NULL,
    given INTEGER NOT NULL,
    reach TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX consents_by_subject ON consents (subject);

CREATE TABLE access_records (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL REFERENCES residents (id),
    fact TEXT,
    -- who and what for, so that one reader is told once per fact where that is enough
    reader TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX access_by_subject ON access_records (subject, at);
CREATE INDEX access_by_fact ON access_records (fact, reader);

-- What residents asked a person.
CREATE TABLE questions (
    id TEXT NOT NULL PRIMARY KEY,
    resident TEXT NOT NULL REFERENCES residents (id),
    about TEXT,
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE disputes (
    id TEXT NOT NULL PRIMARY KEY,
    resident TEXT NOT NULL REFERENCES residents (id),
    fact TEXT NOT NULL REFERENCES facts (id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- The feed devices read: the latest state of each record, in the order it came to be.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    body TEXT,
    UNIQUE (subject, kind, id)
) STRICT;
CREATE INDEX changes_by_subject ON changes (subject, seq);

CREATE TABLE idempotency (
    resident TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (resident, key)
) STRICT;

-- Who sees residents, where; the calendar slots belong to one.
CREATE TABLE schedules (
    id TEXT NOT NULL PRIMARY KEY,
    service TEXT NOT NULL,
    practitioner TEXT,
    -- a place as it travels
    place TEXT NOT NULL
) STRICT;
