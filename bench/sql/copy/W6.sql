-- :icb, in the order of recording
COPY (SELECT e.reference, e.kind, e.status, e.source, e.revision, e.occurred_on AS "occurredOn", to_char(e.occurred_at, 'HH24:MI') AS "occurredAt",
	to_char(e.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "recordedAt", to_char(e.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updatedAt",
	e.organisation AS "organisation.odsCode", o.name AS "organisation.name", array_to_string(e.occurred_at_organisations, '; ') AS "occurredAtOrganisations.odsCode",
	array_to_string(e.service_areas, '; ') AS "serviceArea", e.specialty AS "specialty.code", e.texts ->> 'description' AS description,
	e.physical_harm AS "physicalHarm", e.psychological_harm AS "psychologicalHarm", e.level_of_concern AS "levelOfConcern",
	array_to_string(e.involved_agents, '; ') AS "involvedAgents", array_to_string(e.safety_challenges, '; ') AS "safetyChallenges"
FROM event AS e JOIN bench.organisation AS o ON o.code = e.organisation WHERE o.icb = :icb AND e.status <> 'DRAFT'
ORDER BY e.recorded_at, e.id) TO STDOUT WITH (FORMAT csv, HEADER)
