-- What organisations do about events: reviews, and answers to what law and national policy ask for.

-- What somebody typed beside an event, anonymised and sealed. The id is that of the review or answer that it belongs to.
CREATE TABLE governance_words (
    id                uuid PRIMARY KEY,
    event_id          uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    texts             jsonb NOT NULL,  -- anonymised, by field
    redaction_version text NOT NULL,
    sealed            bytea NOT NULL
);
CREATE INDEX governance_words_event ON governance_words (event_id, redaction_version);

-- A review is one organisation's. Each has one open at a time of an event.
CREATE TABLE review (
    id           uuid PRIMARY KEY,
    event_id     uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    organisation text NOT NULL REFERENCES organisation,
    started_at   timestamptz NOT NULL,
    started_by   uuid NOT NULL REFERENCES account,
    made_by      uuid NOT NULL REFERENCES account,  -- who completed it; until then, who started it
    completed_at timestamptz,
    outcome      text CHECK (outcome IN ('NO_FURTHER_ACTION', 'LOCAL_LEARNING', 'LEARNING_RESPONSE', 'ESCALATED', 'DUPLICATE')),
    CHECK ((completed_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX review_open ON review (event_id, organisation) WHERE completed_at IS NULL;
CREATE INDEX review_event ON review (event_id, started_at, id);
CREATE INDEX review_made_by ON review (made_by);
