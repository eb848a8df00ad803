-- $1 organisation
SELECT e.reference, e.kind, e.occurred_on, e.recorded_at, e.physical_harm, e.organisation, a.name,
	ARRAY(SELECT w.status FROM bench.review AS w WHERE w.event_id = e.id ORDER BY w.started_at),
	ARRAY(SELECT u.name FROM bench.review AS w JOIN bench.account AS u ON u.id = w.made_by WHERE w.event_id = e.id ORDER BY w.started_at)
FROM (SELECT * FROM bench.event WHERE organisation = $1 ORDER BY recorded_at DESC LIMIT 50) AS e
LEFT JOIN bench.account AS a ON a.id = e.recorded_by
ORDER BY e.recorded_at DESC
