-- Drafts: rows of event whose content is sealed whole, as revision 0 of event_original.
ALTER TABLE event ADD CONSTRAINT event_draft_revision CHECK ((status = 'DRAFT') = (revision = 0));
CREATE INDEX event_draft ON event (recorded_by, updated_at DESC, id DESC) WHERE status = 'DRAFT';

-- Withdrawal: what remains in event is a tombstone; its content moves to the history.
ALTER TABLE event
    ADD withdrawn_at        timestamptz,
    ADD withdrawn_by        uuid REFERENCES account,
    ADD withdrawn_by_client uuid,
    ADD withdrawal_reason   text,     -- anonymised; null where it could not be
    ADD CONSTRAINT event_withdrawn CHECK ((status = 'WITHDRAWN') = (withdrawn_at IS NOT NULL));
CREATE INDEX event_withdrawn_by ON event (withdrawn_by) WHERE withdrawn_by IS NOT NULL;

-- The reason as it was typed, sealed.
CREATE TABLE withdrawal_original (
    event_id uuid PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    sealed   bytea NOT NULL
);

-- The coded answers of a revision, kept when another follows it or the event is withdrawn; those of the latest are
-- the event's own columns. Texts stand beside them.
ALTER TABLE event_revision ADD answers jsonb;
