DROP TABLE requirement_reminder;
DROP INDEX event_unjudged;
ALTER TABLE event DROP rules_version;
DROP TABLE event_requirement;
DROP TABLE governance_answer;
DROP TABLE review;
DROP TABLE governance_words;
