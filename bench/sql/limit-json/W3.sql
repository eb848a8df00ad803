-- $1 ICB, $2 since
SELECT COALESCE(json_agg(json_build_object('month', s.month, 'kind', s.kind, 'physicalHarm', s.physical_harm, 'count', s.events)), '[]')
FROM bench.icb_statistics($1, $2::timestamptz) AS s
