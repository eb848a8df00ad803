-- $1 reference
SELECT json_build_object(
	'reference', e.reference, 'kind', e.kind, 'status', e.status, 'source', e.source, 'revision', e.revision, 'occurredOn', e.occurred_on,
	'recordedAt', e.recorded_at, 'updatedAt', e.updated_at, 'specialty', e.specialty, 'levelOfConcern', e.level_of_concern,
	'serviceArea', e.service_areas, 'involvedAgents', e.involved_agents, 'safetyChallenges', e.safety_challenges,
	'physicalHarm', e.physical_harm, 'psychologicalHarm', e.psychological_harm, 'details', e.details, 'texts', e.texts,
	'organisation', json_build_object('name', o.name, 'icb', json_build_object('name', i.name, 'region', json_build_object('name', r.name))),
	'reporter', json_build_object('name', a.name),
	'patients', COALESCE((SELECT json_agg(p ORDER BY p.sequence) FROM bench.patient AS p WHERE p.event_id = e.id), '[]'),
	'revisions', COALESCE((SELECT json_agg(json_build_object('revision', n.revision, 'at', n.at, 'changed', n.changed,
		'description', n.texts->>'description', 'by', json_build_object('name', b.name)) ORDER BY n.revision DESC)
		FROM bench.revision AS n LEFT JOIN bench.account AS b ON b.id = n.recorded_by WHERE n.event_id = e.id), '[]'),
	'reviews', COALESCE((SELECT json_agg(json_build_object('status', w.status, 'outcome', w.outcome, 'startedAt', w.started_at,
		'completedAt', w.completed_at, 'reviewer', json_build_object('name', u.name)))
		FROM bench.review AS w LEFT JOIN bench.account AS u ON u.id = w.made_by WHERE w.event_id = e.id), '[]'))
FROM bench.event AS e
JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb JOIN bench.region AS r ON r.code = i.region
LEFT JOIN bench.account AS a ON a.id = e.recorded_by
WHERE e.reference = $1
