ALTER TABLE organisation ADD COLUMN active boolean NOT NULL DEFAULT true;
UPDATE organisation SET active = false WHERE valid_until < (now() AT TIME ZONE 'Europe/London')::date;
ALTER TABLE organisation DROP COLUMN imported, DROP COLUMN valid_until;
