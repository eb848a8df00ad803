CREATE TEMP TABLE template AS
SELECT (row_number() OVER (ORDER BY e.id) - 1)::int AS template, e.*, o.sealed
FROM event AS e JOIN event_original AS o ON o.event_id = e.id AND o.revision = e.revision
WHERE e.status = 'SUBMITTED' AND e.rules_version IS NOT NULL;
CREATE INDEX ON template (template);
ANALYZE template;

CREATE TEMP TABLE seeded (
	n            int NOT NULL,
	id           uuid NOT NULL,
	reference    text NOT NULL,
	template     int NOT NULL,
	organisation text NOT NULL,
	places       text[] NOT NULL,
	status       text NOT NULL,
	revision     int NOT NULL,
	occurred     date NOT NULL,
	recorded_at  timestamptz NOT NULL,
	reviewer     uuid NOT NULL
);
