-- What lists show most of an event stands in its areas' rows and their index too, which then answer without the event's
-- own row: of a page of each of a thousand organisations, in half the time.
ALTER TABLE event_area ADD COLUMN reference text, ADD COLUMN occurred_on text, ADD COLUMN recorded_by uuid;

ALTER TABLE event_area DROP CONSTRAINT event_area_pkey;
DROP INDEX event_area_event;
UPDATE event_area AS x SET reference = e.reference, occurred_on = e.occurred_on, recorded_by = e.recorded_by FROM event AS e WHERE e.id = x.event_id;
ALTER TABLE event_area ALTER COLUMN reference SET NOT NULL;
ALTER TABLE event_area ADD PRIMARY KEY (area, recorded_at, event_id)
    INCLUDE (kind, status, source, physical_harm, psychological_harm, occurred_from, occurred_until, organisation, reference, occurred_on, recorded_by);
CREATE INDEX event_area_event ON event_area (event_id);

CREATE OR REPLACE FUNCTION event_area_place(events uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7206001);
    INSERT INTO event_area (area, recorded_at, event_id, reference, kind, status, source, physical_harm, psychological_harm, occurred_on, occurred_from,
        occurred_until, organisation, recorded_by, service_areas, involved_agents, safety_challenges)
    SELECT place.area, e.recorded_at, e.id, e.reference, e.kind, e.status, e.source, e.physical_harm, e.psychological_harm, e.occurred_on, e.occurred_from,
        e.occurred_until, e.organisation, e.recorded_by, CASE WHEN place.area !~ '^O:' THEN e.service_areas END,
        CASE WHEN place.area !~ '^O:' THEN e.involved_agents END, CASE WHEN place.area !~ '^O:' THEN e.safety_challenges END
    FROM event AS e CROSS JOIN LATERAL (
        SELECT 'N' AS area
        UNION
        SELECT m.area FROM area_member AS m WHERE m.organisation = ANY(e.organisation || e.occurred_at_organisations)
    ) AS place
    WHERE e.id = ANY(events) AND e.status <> 'DRAFT'
    ORDER BY 1, 2, 3; -- as the index has them, which makes many at once three times as quick
END
$$;

CREATE OR REPLACE FUNCTION event_area_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(id) INTO changed FROM after WHERE status <> 'DRAFT';
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM event_area WHERE event_id IN (SELECT id FROM before);
    ELSE
        SELECT array_agg(a.id) INTO changed FROM after AS a JOIN before AS b USING (id)
        WHERE (a.status, a.kind, a.source, a.reference, a.recorded_by, a.recorded_at, a.organisation, a.occurred_at_organisations, a.physical_harm, a.psychological_harm,
                a.occurred_on, a.occurred_from, a.occurred_until, a.service_areas, a.involved_agents, a.safety_challenges)
            IS DISTINCT FROM (b.status, b.kind, b.source, b.reference, b.recorded_by, b.recorded_at, b.organisation, b.occurred_at_organisations, b.physical_harm, b.psychological_harm,
                b.occurred_on, b.occurred_from, b.occurred_until, b.service_areas, b.involved_agents, b.safety_challenges);
        DELETE FROM event_area WHERE event_id = ANY(changed);
    END IF;
    IF changed IS NOT NULL THEN
        PERFORM event_area_place(changed);
    END IF;
    RETURN NULL;
END
$$;
