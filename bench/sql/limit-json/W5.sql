-- $1 events of each
SELECT json_agg(json_build_object('name', i.name, 'organisations', (
	SELECT COALESCE(json_agg(json_build_object('name', o.name, 'events', (
		SELECT COALESCE(json_agg(json_build_object('reference', e.reference, 'occurredOn', e.occurred_on, 'physicalHarm', e.physical_harm)), '[]')
		FROM (SELECT * FROM bench.event WHERE organisation = o.code ORDER BY recorded_at DESC LIMIT $1::int) AS e))), '[]')
	FROM (SELECT * FROM bench.organisation WHERE icb = i.code ORDER BY name LIMIT 25) AS o)))
FROM bench.icb AS i
