-- An organisation has a last day; whether it is open follows from it. One that was closed without a day has closed at
-- some time: '-infinity'.
ALTER TABLE organisation
    ADD COLUMN valid_until date,      -- last day; null while it lasts
    ADD COLUMN imported boolean NOT NULL DEFAULT false; -- an import has spoken of it: the shipped reference data do no more
UPDATE organisation SET valid_until = '-infinity' WHERE NOT active;
ALTER TABLE organisation DROP COLUMN active;
