-- What is to be taken away as CSV, from when it is asked for until it is fetched, or minutes have passed. The link is kept as a
-- hash, and what it was asked with under seal: a search may hold a name.
CREATE TABLE event_export (
    id         uuid PRIMARY KEY,
    hash       bytea NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    family     uuid NOT NULL,  -- the session in which it was asked for; zero for one of the OpenID provider's
    sealed     bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX event_export_account ON event_export (account_id);
CREATE INDEX event_export_expiry ON event_export (expires_at);
