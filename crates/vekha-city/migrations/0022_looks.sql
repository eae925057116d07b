-- Looks at one thing by one reader on one day are one record: when the day's first was, and how many there were.
ALTER TABLE access_records ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_records ADD COLUMN looks INTEGER NOT NULL DEFAULT 1;
UPDATE access_records SET first = at;
