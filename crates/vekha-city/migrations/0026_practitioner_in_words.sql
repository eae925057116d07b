-- Who sees a resident is told in both languages; what was written before says the same in each, and devices read it anew.
UPDATE schedules SET practitioner = json_object('ru', practitioner, 'en', practitioner) WHERE practitioner IS NOT NULL;

UPDATE appointments
SET body = json_set(body, '$.practitioner', json_object('ru', body ->> '$.practitioner', 'en', body ->> '$.practitioner'))
WHERE json_type(body, '$.practitioner') = 'text';

INSERT OR REPLACE INTO changes (subject, kind, id, deleted, body)
SELECT subject, kind, id, deleted,
    json_set(body, '$.practitioner', json_object('ru', body ->> '$.practitioner', 'en', body ->> '$.practitioner'))
FROM changes
WHERE kind = 'appointment' AND json_type(body, '$.practitioner') = 'text'
ORDER BY seq;
