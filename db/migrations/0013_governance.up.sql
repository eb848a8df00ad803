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

-- What admins do about an event: never changed, never deleted. Of each kind and subject the latest counts; those before
-- it are its history.
CREATE TABLE governance_answer (
    id           uuid PRIMARY KEY,
    number       bigint GENERATED ALWAYS AS IDENTITY,
    event_id     uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    kind         text NOT NULL CHECK (kind IN ('NEVER_EVENT', 'INVESTIGATION', 'DUTY_OF_CANDOUR', 'RESPONSE')),
    about        text NOT NULL,    -- the investigation's id, the requirement's code; empty for the other kinds
    organisation text NOT NULL REFERENCES organisation,
    made_by      uuid NOT NULL REFERENCES account,
    made_at      timestamptz NOT NULL,
    content      jsonb NOT NULL    -- codes and days
);
CREATE INDEX governance_answer_latest ON governance_answer (event_id, kind, about, number DESC);
CREATE INDEX governance_answer_investigation ON governance_answer (about) WHERE kind = 'INVESTIGATION';
CREATE INDEX governance_answer_made_by ON governance_answer (made_by);

-- What law and national policy ask of an event, as the rules said when it was judged last.
CREATE TABLE event_requirement (
    event_id    uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    code        text NOT NULL,
    due_on      date,
    applies     boolean NOT NULL,  -- false: kept because it was answered
    open        boolean NOT NULL,  -- it still has to be answered
    requirement jsonb NOT NULL,    -- title, findings, deadlines
    answer_id   uuid REFERENCES governance_answer ON DELETE CASCADE,
    PRIMARY KEY (event_id, code)
);
CREATE INDEX event_requirement_due ON event_requirement (due_on, event_id) WHERE open;

-- By which version of the rules an event was judged; null while it waits to be.
ALTER TABLE event ADD rules_version text;
CREATE INDEX event_unjudged ON event (id) WHERE rules_version IS NULL AND status <> 'DRAFT';

-- Whom the service has reminded of what falls due: each once.
CREATE TABLE requirement_reminder (
    event_id    uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    code        text NOT NULL,
    account_id  uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (event_id, code, account_id)
);
