DROP TABLE proof_failure;
DROP TABLE account_link;
DROP INDEX account_waiting;
DROP INDEX account_email;
CREATE UNIQUE INDEX account_email ON account (email);
ALTER TABLE account
    DROP COLUMN other_organisation,
    DROP COLUMN terms_accepted_at,
    DROP COLUMN decision_reason,
    DROP COLUMN security_question,
    DROP COLUMN security_answer_hash;
