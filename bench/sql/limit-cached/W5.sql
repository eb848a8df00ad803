-- $1 organisations, $2 events of each
SELECT o.code, e.reference, e.occurred_on, e.physical_harm
FROM unnest($1::text[]) WITH ORDINALITY AS o (code, at) CROSS JOIN LATERAL (
	SELECT * FROM bench.event WHERE organisation = o.code ORDER BY recorded_at DESC LIMIT $2::int
) AS e ORDER BY o.at
