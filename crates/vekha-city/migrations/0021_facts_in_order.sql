-- What is new of a resident since a row is asked for with every plan.
CREATE INDEX facts_in_order ON facts (subject);
-- Whether a record has been superseded is asked for each step that is told anew.
CREATE INDEX facts_superseding ON facts (supersedes) WHERE supersedes IS NOT NULL;
