-- A time the resident took by themselves, for a step the city may know nothing of: only they, or the end of what it is
-- for, give it back.
ALTER TABLE appointments ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0;
