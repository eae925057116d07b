CREATE TABLE IF NOT EXISTS sign_in_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    -- PKCS#8, base64; P-256
    private TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS sign_in_systems (
    client_id TEXT NOT NULL PRIMARY KEY,
    -- shown on the operator page of a demo city, so it is kept as it is
    secret TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    scope TEXT NOT NULL
) STRICT;

-- An authorization request, waiting for a person to choose on the sign-in page.
CREATE TABLE IF NOT EXISTS sign_in_requests (
    digest TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- One sign-in of one person on one device; everything issued from it dies with it.
CREATE TABLE IF NOT EXISTS sign_in_families (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    -- a resident, empty for a system client
    resident TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT NOT NULL DEFAULT '',
    signed_in_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS sign_in_codes (
    digest TEXT NOT NULL PRIMARY KEY,
    family TEXT NOT NULL REFERENCES sign_in_families (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS sign_in_tokens (
    digest TEXT NOT NULL PRIMARY KEY,
    -- access or refresh
    kind TEXT NOT NULL,
    family TEXT NOT NULL REFERENCES sign_in_families (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX IF NOT EXISTS sign_in_tokens_by_family ON sign_in_tokens (family);
