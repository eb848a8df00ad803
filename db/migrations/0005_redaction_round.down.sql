ALTER TABLE event DROP redaction_round;
