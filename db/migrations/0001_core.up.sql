-- Geography. ODS codes are never reused, so they are keys; ids are what the graph shows.

CREATE TABLE region (
    ods_code text PRIMARY KEY,
    id       uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    name     text NOT NULL
);

CREATE TABLE icb (
    ods_code    text PRIMARY KEY,
    id          uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    name        text NOT NULL,
    valid_from  date,                 -- first day on which it exists; null where not known
    valid_until date,                 -- last day; null while it lasts
    successor   text REFERENCES icb,
    CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_until >= valid_from),
    CHECK (successor IS NULL OR valid_until IS NOT NULL)
);

CREATE TABLE icb_region (
    icb         text NOT NULL REFERENCES icb,
    region      text NOT NULL REFERENCES region,
    valid_from  date NOT NULL DEFAULT '-infinity',
    valid_until date,
    PRIMARY KEY (icb, valid_from)
);

CREATE TABLE organisation (
    ods_code text PRIMARY KEY,
    id       uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    name     text NOT NULL,
    type     text NOT NULL,
    active   boolean NOT NULL DEFAULT true,
    parent   text REFERENCES organisation
);

-- Which ICB an organisation belongs to, from day to day. A site without a row belongs to its parent's.
CREATE TABLE organisation_icb (
    organisation text NOT NULL REFERENCES organisation,
    icb          text NOT NULL REFERENCES icb,
    valid_from   date NOT NULL DEFAULT '-infinity',
    valid_until  date,
    PRIMARY KEY (organisation, valid_from)
);

-- One row, whose version rises with every change of the five tables above.
CREATE TABLE geography_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO geography_version (version) VALUES (1);

-- People.

CREATE TABLE account (
    id            uuid PRIMARY KEY,
    email         text NOT NULL,      -- lower case
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    job_role      text NOT NULL DEFAULT '',
    password_hash text,               -- Argon2id, PHC format; null: cannot sign in
    status        text NOT NULL CHECK (status IN ('AWAITING_APPROVAL', 'AWAITING_ACTIVATION', 'ACTIVE', 'LOCKED', 'CLOSED')),
    grant_version bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_email ON account (email);

CREATE TABLE account_organisation (
    account_id   uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    organisation text NOT NULL REFERENCES organisation,
    PRIMARY KEY (account_id, organisation)
);
CREATE INDEX account_organisation_organisation ON account_organisation (organisation);

CREATE TABLE access_grant (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    role       text NOT NULL CHECK (role IN ('ORGANISATIONAL', 'ADMIN', 'READ_ONLY', 'NATIONAL_LEAD')),
    area_type  text NOT NULL CHECK (area_type IN ('ORGANISATION', 'ICB', 'REGION', 'NATIONAL')),
    area_code  text NOT NULL DEFAULT '',
    granted_at timestamptz NOT NULL,
    granted_by uuid REFERENCES account,
    valid_until timestamptz,
    revoked_at timestamptz,
    CHECK ((role = 'NATIONAL_LEAD') = (area_type = 'NATIONAL')),
    CHECK ((area_code = '') = (area_type = 'NATIONAL'))
);
CREATE INDEX access_grant_account ON access_grant (account_id);

-- A family of refresh tokens: one sign-in and all that was renewed from it.
CREATE TABLE session_family (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX session_family_account ON session_family (account_id);

CREATE TABLE refresh_token (
    hash       bytea PRIMARY KEY,     -- SHA-256 of the token
    family_id  uuid NOT NULL REFERENCES session_family ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_token_family ON refresh_token (family_id);

-- Events.

CREATE TABLE event (
    id                         uuid PRIMARY KEY,
    reference                  text NOT NULL UNIQUE,
    kind                       text NOT NULL CHECK (kind IN ('INCIDENT', 'OUTCOME', 'RISK', 'GOOD_CARE')),
    status                     text NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'REVIEWED', 'WITHDRAWN')),
    source                     text NOT NULL CHECK (source IN ('ONLINE', 'ANONYMOUS', 'LRMS')),
    taxonomy_version           smallint NOT NULL,
    revision                   integer NOT NULL,
    occurred_on                text,  -- as known: 2026, 2026-10 or 2026-10-02
    occurred_from              date,  -- the first day that occurred_on can mean
    occurred_until             date,  -- the last
    occurred_at                time,
    recorded_at                timestamptz,
    updated_at                 timestamptz NOT NULL,
    organisation               text REFERENCES organisation,
    occurred_at_organisations  text[] NOT NULL DEFAULT '{}',
    service_areas              text[] NOT NULL DEFAULT '{}',
    specialty                  text,
    level_of_concern           text,
    involved_agents            text[] NOT NULL DEFAULT '{}',
    safety_challenges          text[] NOT NULL DEFAULT '{}',
    physical_harm              text,  -- the worst of its patients'
    psychological_harm         text,
    details                    jsonb NOT NULL DEFAULT '{}',   -- coded answers of its kind and of the long tail
    texts                      jsonb NOT NULL DEFAULT '{}',   -- anonymised free text by field
    redaction_version          text NOT NULL,
    reasons                    text[] NOT NULL DEFAULT '{}',  -- why anonymous
    recorded_by                uuid REFERENCES account,       -- null: an anonymous event, or a machine's
    client_id                  uuid,
    CHECK (source <> 'ANONYMOUS' OR (recorded_by IS NULL AND client_id IS NULL)),
    CHECK ((status = 'DRAFT') = (recorded_at IS NULL))
);
CREATE INDEX event_recorded_at ON event (recorded_at DESC, id DESC);
CREATE INDEX event_organisation ON event (organisation, recorded_at DESC, id DESC);
CREATE INDEX event_recorded_by ON event (recorded_by, recorded_at DESC, id DESC);
CREATE INDEX event_occurred_at_organisations ON event USING gin (occurred_at_organisations);

CREATE TABLE event_patient (
    event_id                uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    sequence                integer NOT NULL,
    age_value               integer,
    age_unit                text CHECK (age_unit IN ('DAYS', 'MONTHS', 'YEARS')),
    age_bracket             text,
    gender                  text,
    ethnicity               text,
    physical_harm           text,
    psychological_harm      text,
    strength_of_association text,
    PRIMARY KEY (event_id, sequence)
);

CREATE TABLE event_revision (
    event_id          uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    revision          integer NOT NULL,
    at                timestamptz NOT NULL,
    recorded_by       uuid REFERENCES account,
    client_id         uuid,
    changed           text[] NOT NULL DEFAULT '{}',  -- fields, as EventInput names them
    texts             jsonb NOT NULL DEFAULT '{}',   -- anonymised, as they stood after this revision
    redaction_version text NOT NULL,
    PRIMARY KEY (event_id, revision)
);

CREATE INDEX event_revision_recorded_by ON event_revision (recorded_by);

-- What was typed, sealed under a key that is not in the database. One row holds every text of a revision.
CREATE TABLE event_original (
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    revision integer NOT NULL,
    sealed   bytea NOT NULL,
    PRIMARY KEY (event_id, revision)
);

-- A key that a caller chose, so that a retry finds the first try. Hashes only.
CREATE TABLE idempotency_key (
    principal_id uuid NOT NULL,
    key_hash     bytea NOT NULL,
    content_hash bytea NOT NULL,
    event_id     uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (principal_id, key_hash)
);

-- The same for anonymous events, which nothing may tie to anybody: a keyed hash of key and content, a salt from
-- which the receipt is derived again, no event. Rows live for 24 hours.
CREATE TABLE anonymous_receipt (
    digest     bytea PRIMARY KEY,
    salt       bytea NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE audit_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id   uuid,
    action     text NOT NULL,
    subject    text NOT NULL,         -- a graph id
    detail     jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_subject ON audit_entry (subject);
