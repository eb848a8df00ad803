-- An area's events, found without asking for its organisations. event_area holds, of every submitted event, a row for
-- each area that it was reported in or occurred in; triggers keep it in the transaction that changes the event.
-- Areas are written O:, I: or R: and the ODS code of an organisation, an ICB or a region; N is the whole country.
--
-- Where organisations belong is area_member. When the map changes, it is changed first, then the events of the
-- organisations that moved are placed anew, and until all are, their areas are not in area_settled. Who reads says which
-- organisations an area holds by the map of now, as a digest, and is refused where the rows were made by another.

CREATE TABLE area_member (
    organisation text NOT NULL,
    area         text COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation, area)
);

-- Organisations that moved, whose events are still to be placed; '' for events that name none.
CREATE TABLE area_moving (
    organisation text PRIMARY KEY
);

CREATE TABLE area_settled (
    area   text COLLATE "C" PRIMARY KEY,
    digest text NOT NULL
);

CREATE TABLE event_area (
    area               text COLLATE "C" NOT NULL,
    recorded_at        timestamptz NOT NULL,
    event_id           uuid NOT NULL,
    kind               text NOT NULL,
    status             text NOT NULL,
    source             text NOT NULL,
    physical_harm      text,
    psychological_harm text,
    occurred_from      date,
    occurred_until     date,
    organisation       text,  -- the reporter's
    -- Of ICBs, regions and the country alone, whose events are counted by these too.
    service_areas      text[],
    involved_agents    text[],
    safety_challenges  text[],
    PRIMARY KEY (area, recorded_at, event_id)
        INCLUDE (kind, status, source, physical_harm, psychological_harm, occurred_from, occurred_until, organisation)
);
CREATE INDEX event_area_event ON event_area (event_id);

-- How many events an area has by month, England's time, kind, status and physical harm, '' for none: the sum of both
-- tables. Beside those of dimension '', which count each event once, stand counts by the values of its lists, '' for an
-- empty one. There, first counts an event under the first of its values alone. Transactions append to the second, so that none waits for another; from time to time it is added to the first.
CREATE TABLE area_month (
    area          text COLLATE "C" NOT NULL,
    dimension     text NOT NULL,
    month         date NOT NULL,
    value         text NOT NULL,
    kind          text NOT NULL,
    status        text NOT NULL,
    physical_harm text NOT NULL,
    events        bigint NOT NULL,
    first         bigint NOT NULL,
    PRIMARY KEY (area, dimension, month, value, kind, status, physical_harm) INCLUDE (events, first)
);

CREATE TABLE area_month_change (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area          text COLLATE "C" NOT NULL,
    dimension     text NOT NULL,
    month         date NOT NULL,
    value         text NOT NULL,
    kind          text NOT NULL,
    status        text NOT NULL,
    physical_harm text NOT NULL,
    events        bigint NOT NULL,
    first         bigint NOT NULL
);
CREATE INDEX area_month_change_area ON area_month_change (area, dimension, month);

-- The area, where its rows are of the organisations that the digest is of. LF001 is an error of the service's own.
CREATE FUNCTION area_index(asked text, of_members text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM FROM area_settled AS s WHERE s.area = asked AND s.digest = of_members;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the area is not settled' USING ERRCODE = 'LF001';
    END IF;
    RETURN asked;
END
$$;

-- Places events in their areas. The lock is held against whoever changes area_member until the transaction ends.
CREATE FUNCTION event_area_place(events uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7206001);
    INSERT INTO event_area (area, recorded_at, event_id, kind, status, source, physical_harm, psychological_harm, occurred_from, occurred_until, organisation,
        service_areas, involved_agents, safety_challenges)
    SELECT place.area, e.recorded_at, e.id, e.kind, e.status, e.source, e.physical_harm, e.psychological_harm, e.occurred_from, e.occurred_until, e.organisation,
        CASE WHEN place.area !~ '^O:' THEN e.service_areas END, CASE WHEN place.area !~ '^O:' THEN e.involved_agents END,
        CASE WHEN place.area !~ '^O:' THEN e.safety_challenges END
    FROM event AS e CROSS JOIN LATERAL (
        SELECT 'N' AS area
        UNION
        SELECT m.area FROM area_member AS m WHERE m.organisation = ANY(e.organisation || e.occurred_at_organisations)
    ) AS place
    WHERE e.id = ANY(events) AND e.status <> 'DRAFT'
    ORDER BY 1, 2, 3; -- as the index has them, which makes many at once three times as quick
END
$$;

CREATE FUNCTION event_area_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(id) INTO changed FROM after WHERE status <> 'DRAFT';
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM event_area WHERE event_id IN (SELECT id FROM before);
    ELSE
        SELECT array_agg(a.id) INTO changed FROM after AS a JOIN before AS b USING (id)
        WHERE (a.status, a.kind, a.source, a.recorded_at, a.organisation, a.occurred_at_organisations, a.physical_harm,
                a.psychological_harm, a.occurred_from, a.occurred_until, a.service_areas, a.involved_agents, a.safety_challenges)
            IS DISTINCT FROM (b.status, b.kind, b.source, b.recorded_at, b.organisation, b.occurred_at_organisations, b.physical_harm,
                b.psychological_harm, b.occurred_from, b.occurred_until, b.service_areas, b.involved_agents, b.safety_challenges);
        DELETE FROM event_area WHERE event_id = ANY(changed);
    END IF;
    IF changed IS NOT NULL THEN
        PERFORM event_area_place(changed);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER placed_on_insert AFTER INSERT ON event REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION event_area_follow();
CREATE TRIGGER placed_on_update AFTER UPDATE ON event REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION event_area_follow();
CREATE TRIGGER placed_on_delete AFTER DELETE ON event REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION event_area_follow();

CREATE FUNCTION event_area_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE event_area, area_month, area_month_change;
    RETURN NULL;
END
$$;
CREATE TRIGGER placed_on_truncate AFTER TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_area_empty();

-- The values of a list, each once, numbered from 1 in their order; of an empty one, '' alone.
CREATE FUNCTION area_values(list text[]) RETURNS TABLE (value text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT each, row_number() OVER (ORDER BY each)
    FROM (SELECT DISTINCT unnest(CASE cardinality(list) WHEN 0 THEN ARRAY[''] ELSE list END) AS each) AS once
$$;

CREATE FUNCTION area_month_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sign bigint := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    INSERT INTO area_month_change (area, dimension, month, value, kind, status, physical_harm, events, first)
    SELECT area, d.dimension, date_trunc('month', recorded_at AT TIME ZONE 'Europe/London')::date, v.value, kind, status, COALESCE(physical_harm, ''),
        sign * count(*), sign * count(*) FILTER (WHERE v.n = 1)
    FROM moved
    CROSS JOIN LATERAL (VALUES ('', '{}'), ('SERVICE_AREA', service_areas), ('INVOLVED_AGENT', involved_agents), ('SAFETY_CHALLENGE', safety_challenges))
        AS d (dimension, list)
    CROSS JOIN LATERAL area_values(d.list) AS v
    WHERE d.list IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
    RETURN NULL;
END
$$;
CREATE TRIGGER counted_on_insert AFTER INSERT ON event_area REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION area_month_follow();
CREATE TRIGGER counted_on_delete AFTER DELETE ON event_area REFERENCING OLD TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION area_month_follow();
