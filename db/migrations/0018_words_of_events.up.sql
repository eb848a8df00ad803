-- More of the most common words of events are known by name, from the next ANALYZE on: to look for similar events by a
-- word costs what it is common.
ALTER TABLE event ALTER COLUMN search SET STATISTICS 400;
