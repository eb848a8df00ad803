DROP TABLE event_export;
