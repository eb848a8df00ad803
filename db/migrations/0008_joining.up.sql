ALTER TABLE account
    ADD COLUMN other_organisation   text NOT NULL DEFAULT '',   -- in words, until a national lead resolves it
    ADD COLUMN terms_accepted_at    timestamptz,
    ADD COLUMN decision_reason      text NOT NULL DEFAULT '',   -- of a registration
    ADD COLUMN security_question    text NOT NULL DEFAULT '',
    ADD COLUMN security_answer_hash text;                       -- Argon2id of its normal form, PHC format

-- Proofs that failed in a row, by account; and a thousand rows that failures of nobody's count in, so that counting
-- is the same work whether or not there is an account.
CREATE TABLE proof_failure (
    key      uuid PRIMARY KEY,
    failures integer NOT NULL DEFAULT 0
);
INSERT INTO proof_failure (key)
    SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 999) AS n
    UNION ALL SELECT id FROM account;

-- An address belongs to one account at a time: who has closed theirs may come back.
DROP INDEX account_email;
CREATE UNIQUE INDEX account_email ON account (email) WHERE status <> 'CLOSED';

-- What waits for a national lead.
CREATE INDEX account_waiting ON account (created_at, id) WHERE status = 'AWAITING_APPROVAL' OR other_organisation <> '';

-- Links that were mailed. A row is deleted once it is used.
CREATE TABLE account_link (
    hash       bytea PRIMARY KEY,     -- SHA-256 of its token
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    purpose    text NOT NULL CHECK (purpose IN ('ACTIVATE', 'RESET', 'UNLOCK')),
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    failures   integer NOT NULL DEFAULT 0, -- wrong answers that came with it
    UNIQUE (account_id, purpose)           -- the latest of a purpose is the one that is good
);
