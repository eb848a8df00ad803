ALTER TABLE event_revision DROP COLUMN answers;
DROP TABLE withdrawal_original;
ALTER TABLE event
    DROP COLUMN withdrawn_at,
    DROP COLUMN withdrawn_by,
    DROP COLUMN withdrawn_by_client,
    DROP COLUMN withdrawal_reason;
DROP INDEX event_draft;
ALTER TABLE event DROP CONSTRAINT event_draft_revision;
