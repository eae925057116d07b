-- Addresses at which calendar programs read a resident's visits: a digest of the secret in them, never the secret.
CREATE TABLE calendar_links (
    resident TEXT PRIMARY KEY REFERENCES residents (id),
    secret TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    since INTEGER NOT NULL,
    read INTEGER
);
