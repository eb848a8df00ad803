ALTER TABLE access_grant
    ADD COLUMN automatic     boolean NOT NULL DEFAULT false,   -- came with an address of the area's own body
    ADD COLUMN revoked_by    uuid REFERENCES account,          -- null: its end came by itself
    ADD COLUMN revoke_reason text NOT NULL DEFAULT '';
CREATE INDEX access_grant_granted_by ON access_grant (granted_by);
CREATE INDEX access_grant_area ON access_grant ((area_type || ':' || area_code)) WHERE revoked_at IS NULL;

-- Who asks for what, where. What becomes of a request stays with it.
CREATE TABLE access_request (
    id              uuid PRIMARY KEY,
    requester       uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('ORGANISATIONAL', 'ADMIN', 'READ_ONLY')),
    area_type       text NOT NULL CHECK (area_type IN ('ORGANISATION', 'ICB', 'REGION')),
    area_code       text NOT NULL CHECK (area_code <> ''),
    reason          text NOT NULL,
    agreement       text NOT NULL DEFAULT '',     -- the reference of an external provider's agreement
    status          text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'CANCELLED')),
    requested_at    timestamptz NOT NULL,
    told_route      text,                         -- whom it was last mailed to; null: nobody yet
    decided_at      timestamptz,
    decided_by      uuid REFERENCES account,      -- null: the service itself
    decided_route   text,                         -- whose the decision was, at that time
    decision_reason text NOT NULL DEFAULT '',
    grant_id        uuid REFERENCES access_grant, -- what came of it
    CHECK ((status = 'PENDING') = (decided_at IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_route IS NULL)),
    CHECK ((status = 'APPROVED') = (grant_id IS NOT NULL))
);
-- One open request for a role on an area.
CREATE UNIQUE INDEX access_request_open ON access_request (requester, role, area_type, area_code) WHERE status = 'PENDING';
CREATE INDEX access_request_pending ON access_request (requested_at, id) WHERE status = 'PENDING';
CREATE INDEX access_request_requester ON access_request (requester, requested_at, id);
CREATE INDEX access_request_decided_by ON access_request (decided_by);
CREATE INDEX access_request_area ON access_request ((area_type || ':' || area_code));

-- The domains of e-mail addresses that are an ICB's or a regional body's own. None belongs to two.
CREATE TABLE body_domain (
    domain      text PRIMARY KEY CHECK (domain = lower(domain)),
    area_type   text NOT NULL CHECK (area_type IN ('ICB', 'REGION')),
    area_code   text NOT NULL,
    recorded_at timestamptz NOT NULL
);

-- An area and those that it lies in, by today's map, as grants are written on them ("ICB:QUE"). It says of
-- containment what internal/organisation's Map says: a site lies in its parent, and in its parent's ICB unless it
-- has one of its own today; an ICB that is over stands for its successor.
CREATE FUNCTION areas_around(kind text, code text) RETURNS text[] LANGUAGE sql STABLE AS $$
WITH RECURSIVE
    today AS (SELECT (now() AT TIME ZONE 'Europe/London')::date AS day),
    family AS (
        SELECT o.ods_code, o.parent, 0 AS depth FROM organisation o WHERE kind = 'ORGANISATION' AND o.ods_code = code
        UNION ALL
        SELECT o.ods_code, o.parent, f.depth + 1 FROM family f JOIN organisation o ON o.ods_code = f.parent
    ),
    membership AS (
        SELECT m.icb FROM family f JOIN organisation_icb m ON m.organisation = f.ods_code CROSS JOIN today
        WHERE m.valid_from <= day AND (m.valid_until IS NULL OR m.valid_until >= day)
        ORDER BY f.depth LIMIT 1
    ),
    heirs AS (
        SELECT i.ods_code, i.valid_from, i.valid_until, i.successor FROM membership m JOIN icb i ON i.ods_code = m.icb
        UNION ALL
        SELECT i.ods_code, i.valid_from, i.valid_until, i.successor
        FROM heirs h JOIN icb i ON i.ods_code = h.successor CROSS JOIN today
        WHERE h.valid_until < day AND (h.valid_from IS NULL OR h.valid_from <= day)
    ),
    icbs AS (
        SELECT h.ods_code FROM heirs h CROSS JOIN today
        WHERE (h.valid_from IS NULL OR h.valid_from <= day) AND (h.valid_until IS NULL OR h.valid_until >= day)
        UNION ALL
        SELECT i.ods_code FROM icb i CROSS JOIN today
        WHERE kind = 'ICB' AND i.ods_code = code
          AND (i.valid_from IS NULL OR i.valid_from <= day) AND (i.valid_until IS NULL OR i.valid_until >= day)
    ),
    regions AS (
        SELECT r.region FROM icbs i JOIN icb_region r ON r.icb = i.ods_code CROSS JOIN today
        WHERE r.valid_from <= day AND (r.valid_until IS NULL OR r.valid_until >= day)
    )
SELECT ARRAY(
    SELECT kind || ':' || code
    UNION SELECT 'ORGANISATION:' || ods_code FROM family
    UNION SELECT 'ICB:' || ods_code FROM icbs
    UNION SELECT 'REGION:' || region FROM regions
)
$$;

-- Who decides about somebody's request for an area as things stand: its admins but the requester or, where there
-- are none who can sign in, the national leads.
CREATE FUNCTION access_route(requester uuid, kind text, code text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE WHEN EXISTS (
    SELECT FROM access_grant g JOIN account a ON a.id = g.account_id
    WHERE g.area_type || ':' || g.area_code = ANY (areas_around(kind, code)) AND g.role = 'ADMIN'
      AND g.revoked_at IS NULL AND g.granted_at <= now() AND (g.valid_until IS NULL OR g.valid_until > now())
      AND a.status = 'ACTIVE' AND a.id <> requester
) THEN 'AREA_ADMINS' ELSE 'NATIONAL_LEADS' END
$$;
