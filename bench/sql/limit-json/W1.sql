-- $1 organisation
SELECT COALESCE(json_agg(json_build_object(
	'reference', e.reference, 'kind', e.kind, 'occurredOn', e.occurred_on, 'recordedAt', e.recorded_at, 'physicalHarm', e.physical_harm,
	'organisation', json_build_object('name', o.name, 'icb', json_build_object('name', i.name, 'region', json_build_object('name', r.name))),
	'reporter', json_build_object('name', a.name),
	'reviews', COALESCE(v.reviews, '[]')) ORDER BY e.recorded_at DESC), '[]')
FROM (SELECT * FROM bench.event WHERE organisation = $1 ORDER BY recorded_at DESC LIMIT 50) AS e
JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb JOIN bench.region AS r ON r.code = i.region
LEFT JOIN bench.account AS a ON a.id = e.recorded_by
LEFT JOIN LATERAL (
	SELECT json_agg(json_build_object('status', w.status, 'reviewer', json_build_object('name', u.name))) AS reviews
	FROM bench.review AS w LEFT JOIN bench.account AS u ON u.id = w.made_by WHERE w.event_id = e.id
) AS v ON TRUE
