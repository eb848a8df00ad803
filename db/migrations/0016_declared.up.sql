-- What local risk management systems say that their organisations' admins decided about an event. A system has no account;
-- what it declares is an answer of its own kind, or that it is a never event.
ALTER TABLE governance_answer
    ALTER made_by DROP NOT NULL,
    ADD client_id uuid REFERENCES client,
    ADD CHECK (num_nonnulls(made_by, client_id) = 1),
    DROP CONSTRAINT governance_answer_kind_check,
    ADD CONSTRAINT governance_answer_kind_check
        CHECK (kind IN ('NEVER_EVENT', 'INVESTIGATION', 'DUTY_OF_CANDOUR', 'RESPONSE', 'DECLARATION'));
CREATE INDEX governance_answer_client ON governance_answer (client_id);
