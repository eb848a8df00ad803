-- $1 region, $2 kind, $3 harms, $4 since, $5 before
WITH found AS (
	SELECT e.reference, e.kind, e.occurred_on, e.recorded_at, e.physical_harm, o.name AS organisation, i.name AS icb
	FROM bench.event AS e JOIN bench.organisation AS o ON o.code = e.organisation JOIN bench.icb AS i ON i.code = o.icb
	WHERE i.region = $1 AND e.kind = $2 AND e.physical_harm = ANY($3::text[]) AND e.recorded_at >= $4::timestamptz AND e.recorded_at < $5::timestamptz
)
SELECT json_build_object('totalCount', (SELECT count(*) FROM found), 'nodes', COALESCE(json_agg(json_build_object(
	'reference', p.reference, 'kind', p.kind, 'occurredOn', p.occurred_on, 'recordedAt', p.recorded_at, 'physicalHarm', p.physical_harm,
	'organisation', json_build_object('name', p.organisation, 'icb', json_build_object('name', p.icb))) ORDER BY p.recorded_at DESC), '[]'))
FROM (SELECT * FROM found ORDER BY recorded_at DESC LIMIT 100) AS p
