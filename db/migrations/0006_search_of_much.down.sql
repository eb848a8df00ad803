ALTER TABLE event DROP COLUMN search;
DROP FUNCTION event_search_of_much(jsonb);
ALTER TABLE event ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    jsonb_to_tsvector('english', regexp_replace(texts::text, '\[[A-Z][A-Z ]*( [0-9]{1,4})?\]', ' ', 'g')::jsonb, '["string"]')
) STORED;
CREATE INDEX event_search ON event USING gin (search);
