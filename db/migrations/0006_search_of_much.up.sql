-- A tsvector holds at most a megabyte: an event with more to be found in its texts could not be written at all. Of such
-- an event, the description first, as much is found as always fits, whatever its words.
CREATE FUNCTION event_search_of_much(texts jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('english'::regconfig, left(regexp_replace(
        string_agg(value, E'\n' ORDER BY key <> 'description', key), '\[[A-Z][A-Z ]*( [0-9]{1,4})?\]', ' ', 'g'), 100000))
    FROM jsonb_each_text(texts)
$$;

ALTER TABLE event DROP COLUMN search;
ALTER TABLE event ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    CASE WHEN octet_length(texts::text) <= 200000 THEN
        jsonb_to_tsvector('english', regexp_replace(texts::text, '\[[A-Z][A-Z ]*( [0-9]{1,4})?\]', ' ', 'g')::jsonb, '["string"]')
    ELSE event_search_of_much(texts) END
) STORED;
CREATE INDEX event_search ON event USING gin (search);
