-- Full text of what everybody may read: the anonymised view. Placeholders, such as [NAME 1], are not words
-- that anybody typed and would be found by whoever looks for "name".
ALTER TABLE event ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    jsonb_to_tsvector('english', regexp_replace(texts::text, '\[[A-Z][A-Z ]*( [0-9]{1,4})?\]', ' ', 'g')::jsonb, '["string"]')
) STORED;
CREATE INDEX event_search ON event USING gin (search);
