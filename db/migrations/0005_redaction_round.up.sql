-- How often an event's texts have been anonymised anew, by a later engine or since somebody marked words: who changes
-- the event from how it was before finds that it was overtaken.
ALTER TABLE event ADD redaction_round integer NOT NULL DEFAULT 0;
