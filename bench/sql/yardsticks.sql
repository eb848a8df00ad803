-- The same events as somebody would keep them who knows neither access by area nor a map that changes from day to
-- day: what the yardsticks read.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

CREATE TABLE bench.region (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE bench.icb (code text PRIMARY KEY, name text NOT NULL, region text NOT NULL REFERENCES bench.region);
CREATE TABLE bench.organisation (code text PRIMARY KEY, name text NOT NULL, icb text NOT NULL REFERENCES bench.icb);
CREATE INDEX ON bench.icb (region);
CREATE INDEX ON bench.organisation (icb);

INSERT INTO bench.region SELECT ods_code, name FROM region;
INSERT INTO bench.icb
SELECT i.ods_code, i.name, r.region FROM icb AS i JOIN icb_region AS r ON r.icb = i.ods_code
WHERE r.valid_from <= current_date AND COALESCE(r.valid_until, 'infinity') >= current_date;
INSERT INTO bench.organisation
SELECT o.ods_code, o.name, m.icb FROM organisation AS o JOIN organisation_icb AS m ON m.organisation = o.ods_code JOIN bench.icb AS i ON i.code = m.icb
WHERE o.valid_until IS NULL AND m.valid_from <= current_date AND COALESCE(m.valid_until, 'infinity') >= current_date;

CREATE VIEW bench.account AS SELECT id, first_name || ' ' || last_name AS name FROM account;
CREATE VIEW bench.event AS
SELECT id, reference, kind, status, source, revision, occurred_on, recorded_at, updated_at, organisation, recorded_by, specialty, level_of_concern,
	service_areas, involved_agents, safety_challenges, physical_harm, psychological_harm, details, texts
FROM event WHERE status <> 'DRAFT';
CREATE VIEW bench.patient AS SELECT event_id, sequence, age_bracket, gender, ethnicity, physical_harm, psychological_harm FROM event_patient;
CREATE VIEW bench.revision AS SELECT event_id, revision, at, recorded_by, changed, texts FROM event_revision;
CREATE VIEW bench.review AS
SELECT id, event_id, organisation, made_by, started_at, completed_at, outcome,
	CASE WHEN completed_at IS NULL THEN 'IN_PROGRESS' ELSE 'COMPLETED' END AS status
FROM review;

-- What PostGraphile is to take for keys.
COMMENT ON VIEW bench.account IS E'@primaryKey id';
COMMENT ON VIEW bench.event IS E'@primaryKey id\n@unique reference\n@foreignKey (organisation) references bench.organisation (code)\n@foreignKey (recorded_by) references bench.account (id)';
COMMENT ON VIEW bench.patient IS E'@primaryKey event_id,sequence\n@foreignKey (event_id) references bench.event (id)';
COMMENT ON VIEW bench.revision IS E'@primaryKey event_id,revision\n@foreignKey (event_id) references bench.event (id)\n@foreignKey (recorded_by) references bench.account (id)';
COMMENT ON VIEW bench.review IS E'@primaryKey id\n@foreignKey (event_id) references bench.event (id)\n@foreignKey (made_by) references bench.account (id)';

-- What PostGraphile has no question for of its own.
CREATE FUNCTION bench.region_events(of_region text, of_kind text, of_harms text[], since timestamptz, before timestamptz)
RETURNS SETOF bench.event LANGUAGE sql STABLE AS $$
	SELECT e.* FROM bench.event AS e JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb
	WHERE i.region = of_region AND e.kind = of_kind AND e.physical_harm = ANY(of_harms) AND e.recorded_at >= since AND e.recorded_at < before
	ORDER BY e.recorded_at DESC
$$;
CREATE FUNCTION bench.icb_statistics(of_icb text, since timestamptz)
RETURNS TABLE (month date, kind text, physical_harm text, events bigint) LANGUAGE sql STABLE AS $$
	SELECT date_trunc('month', e.recorded_at AT TIME ZONE 'Europe/London')::date, e.kind, e.physical_harm, count(*)
	FROM bench.event AS e JOIN bench.organisation AS o ON o.code = e.organisation
	WHERE o.icb = of_icb AND e.recorded_at >= since GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

-- What a service would keep that owns its tables and is asked these questions alone.
CREATE TABLE bench.event_own AS
SELECT e.id, e.reference, e.kind, e.occurred_on, e.recorded_at, e.physical_harm, e.organisation, o.icb, i.region
FROM event AS e JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb WHERE e.status <> 'DRAFT';
CREATE INDEX ON bench.event_own (region, kind, physical_harm, recorded_at DESC);
CREATE INDEX ON bench.event_own (icb, recorded_at DESC);
CREATE TABLE bench.month_own AS
SELECT icb, date_trunc('month', recorded_at AT TIME ZONE 'Europe/London')::date AS month, kind, physical_harm, count(*) AS events
FROM bench.event_own GROUP BY 1, 2, 3, 4;
CREATE INDEX ON bench.month_own (icb, month);

ANALYZE bench.region;
ANALYZE bench.icb;
ANALYZE bench.organisation;
