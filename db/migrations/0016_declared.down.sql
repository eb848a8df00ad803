DELETE FROM governance_answer WHERE client_id IS NOT NULL;
DROP INDEX governance_answer_client;
ALTER TABLE governance_answer
    DROP client_id,
    ALTER made_by SET NOT NULL,
    DROP CONSTRAINT governance_answer_kind_check,
    ADD CONSTRAINT governance_answer_kind_check CHECK (kind IN ('NEVER_EVENT', 'INVESTIGATION', 'DUTY_OF_CANDOUR', 'RESPONSE'));
