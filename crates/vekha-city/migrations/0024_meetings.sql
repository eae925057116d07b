-- Which times meet which visits: nobody is in two places within an hour.
CREATE VIEW meetings AS
SELECT slots.id AS slot, appointments.id AS visit, appointments.subject
FROM slots JOIN appointments ON ABS(appointments.starts - slots.starts) < 3600
WHERE appointments.status IN ('pending', 'booked');
