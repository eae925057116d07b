-- What residents asked a person or said is wrong, and what a person answered; the body as it travels.
CREATE TABLE inquiries (
    id TEXT NOT NULL PRIMARY KEY,
    -- whose matter it is
    subject TEXT NOT NULL REFERENCES residents (id),
    -- question, dispute
    kind TEXT NOT NULL CHECK (kind IN ('question', 'dispute')),
    asked INTEGER NOT NULL,
    answered INTEGER,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX inquiries_open ON inquiries (asked) WHERE answered IS NULL;

INSERT INTO inquiries (id, subject, kind, asked, body)
SELECT id, resident, 'question', at, json_object('id', id, 'subject', resident, 'kind', 'question', 'about', about,
        'text', text, 'asked', strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch'), 'answer', NULL)
    FROM questions
UNION ALL
SELECT d.id, f.subject, 'dispute', d.at, json_object('id', d.id, 'subject', f.subject, 'kind', 'dispute', 'about', d.fact,
        'text', d.text, 'asked', strftime('%Y-%m-%dT%H:%M:%SZ', d.at, 'unixepoch'), 'answer', NULL)
    FROM disputes d JOIN facts f ON f.id = d.fact;

INSERT INTO changes (subject, kind, id, body) SELECT subject, 'inquiry', id, body FROM inquiries ORDER BY asked;

DROP TABLE questions;
DROP TABLE disputes;
