INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, occurred_on, occurred_from, occurred_until,
	occurred_at, recorded_at, updated_at, organisation, occurred_at_organisations, service_areas, specialty, level_of_concern,
	involved_agents, safety_challenges, physical_harm, psychological_harm, details, texts, redaction_version, reasons,
	recorded_by, client_id, rules_version)
SELECT s.id, s.reference, t.kind, s.status, t.source, t.taxonomy_version, s.revision, to_char(s.occurred, 'YYYY-MM-DD'), s.occurred, s.occurred,
	t.occurred_at, s.recorded_at, s.recorded_at, s.organisation, s.places, t.service_areas, t.specialty, t.level_of_concern,
	t.involved_agents, t.safety_challenges, t.physical_harm, t.psychological_harm, t.details, t.texts, t.redaction_version, t.reasons,
	t.recorded_by, t.client_id, t.rules_version
FROM seeded AS s JOIN template AS t USING (template) ORDER BY s.n;

INSERT INTO event_revision (event_id, revision, at, recorded_by, client_id, changed, texts, redaction_version)
SELECT s.id, r.revision, s.recorded_at, t.recorded_by, t.client_id, CASE r.revision WHEN 1 THEN '{}' ELSE '{description}'::text[] END,
	t.texts, t.redaction_version
FROM seeded AS s JOIN template AS t USING (template) CROSS JOIN generate_series(1, s.revision) AS r (revision) ORDER BY s.n;

INSERT INTO event_original (event_id, revision, sealed)
SELECT s.id, o.revision, t.sealed
FROM seeded AS s JOIN template AS t USING (template) CROSS JOIN generate_series(1, s.revision) AS o (revision) ORDER BY s.n;

INSERT INTO event_patient (event_id, sequence, age_value, age_unit, age_bracket, gender, ethnicity, physical_harm, psychological_harm,
	strength_of_association)
SELECT s.id, p.sequence, p.age_value, p.age_unit, p.age_bracket, p.gender, p.ethnicity, p.physical_harm, p.psychological_harm,
	p.strength_of_association
FROM seeded AS s JOIN template AS t USING (template) JOIN event_patient AS p ON p.event_id = t.id ORDER BY s.n;

INSERT INTO event_requirement (event_id, code, due_on, applies, open, requirement)
SELECT s.id, q.code, q.due_on, q.applies, q.open, q.requirement
FROM seeded AS s JOIN template AS t USING (template) JOIN event_requirement AS q ON q.event_id = t.id ORDER BY s.n;

INSERT INTO review (id, event_id, organisation, started_at, started_by, made_by, completed_at, outcome)
SELECT gen_random_uuid(), s.id, s.organisation, s.recorded_at, s.reviewer, s.reviewer,
	CASE s.status WHEN 'REVIEWED' THEN s.recorded_at END, CASE s.status WHEN 'REVIEWED' THEN 'LOCAL_LEARNING' END
FROM seeded AS s WHERE s.status IN ('UNDER_REVIEW', 'REVIEWED') ORDER BY s.n;

TRUNCATE seeded;
