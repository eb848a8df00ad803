-- $1 ICB, $2 since
SELECT COALESCE(json_agg(json_build_object('month', s.month, 'kind', s.kind, 'physicalHarm', s.physical_harm, 'count', s.events)
	ORDER BY s.month, s.kind, s.physical_harm), '[]')
FROM bench.month_own AS s WHERE s.icb = $1 AND s.month >= ($2::timestamptz AT TIME ZONE 'Europe/London')::date
