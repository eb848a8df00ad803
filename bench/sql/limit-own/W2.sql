-- $1 region, $2 kind, $3 harms, $4 since, $5 before
SELECT json_build_object('totalCount', (SELECT count(*) FROM bench.event_own AS e
		WHERE e.region = $1 AND e.kind = $2 AND e.physical_harm = ANY($3::text[]) AND e.recorded_at >= $4::timestamptz AND e.recorded_at < $5::timestamptz),
	'nodes', COALESCE(json_agg(json_build_object(
	'reference', p.reference, 'kind', p.kind, 'occurredOn', p.occurred_on, 'recordedAt', p.recorded_at, 'physicalHarm', p.physical_harm,
	'organisation', json_build_object('name', o.name, 'icb', json_build_object('name', i.name))) ORDER BY p.recorded_at DESC), '[]'))
FROM (
	SELECT n.* FROM unnest($3::text[]) AS h (harm) CROSS JOIN LATERAL (
		SELECT * FROM bench.event_own AS e
		WHERE e.region = $1 AND e.kind = $2 AND e.physical_harm = h.harm AND e.recorded_at >= $4::timestamptz AND e.recorded_at < $5::timestamptz
		ORDER BY e.recorded_at DESC LIMIT 100
	) AS n ORDER BY n.recorded_at DESC LIMIT 100
) AS p
JOIN bench.organisation AS o ON o.code = p.organisation JOIN bench.icb AS i ON i.code = o.icb
