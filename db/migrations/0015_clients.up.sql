-- The local risk management systems of organisations, and the keys that they come with.
CREATE TABLE client (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    organisation text NOT NULL REFERENCES organisation,
    created_at   timestamptz NOT NULL,
    created_by   uuid NOT NULL REFERENCES account,
    revoked_at   timestamptz,
    revoked_by   uuid REFERENCES account,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX client_organisation ON client (organisation, created_at, id);

-- A key is random, so that a plain hash of it tells nothing.
CREATE TABLE client_key (
    id           uuid PRIMARY KEY,
    client_id    uuid NOT NULL REFERENCES client ON DELETE CASCADE,
    hash         bytea NOT NULL UNIQUE,
    prefix       text NOT NULL,        -- the first characters, to tell keys apart
    created_at   timestamptz NOT NULL,
    created_by   uuid NOT NULL REFERENCES account,
    last_used_at timestamptz,          -- to the hour
    revoked_at   timestamptz,
    revoked_by   uuid REFERENCES account,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX client_key_client ON client_key (client_id, created_at, id);

-- What a client calls an event, and what it last said of it: hashes under the service's secret. A reference of a local
-- system may hold a name or a number of a patient.
CREATE TABLE client_reference (
    client_id      uuid NOT NULL REFERENCES client ON DELETE CASCADE,
    reference_hash bytea NOT NULL,
    content_hash   bytea NOT NULL,
    event_id       uuid NOT NULL UNIQUE REFERENCES event ON DELETE CASCADE,
    revision       integer NOT NULL,  -- which that content made
    PRIMARY KEY (client_id, reference_hash)
);
