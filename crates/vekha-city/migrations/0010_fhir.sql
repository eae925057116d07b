-- FHIR resources as their senders wrote them, with our id and meta; the fact each one gave stands in `facts`.
CREATE TABLE fhir_resources (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- milliseconds since 1970
    updated INTEGER NOT NULL,
    subject TEXT NOT NULL REFERENCES residents (id),
    -- the fact it last gave; none where it says nothing the vocabulary has a word for
    fact TEXT REFERENCES facts (id),
    told_by TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX fhir_resources_by_subject ON fhir_resources (subject, kind);
