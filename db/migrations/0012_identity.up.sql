-- Whom the OpenID provider knows an account's owner as. A subject is one account's, and an account has one subject of
-- a provider.
CREATE TABLE account_identity (
    issuer     text NOT NULL,
    subject    text NOT NULL,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    linked_at  timestamptz NOT NULL,
    used_at    timestamptz,           -- when the latest token was issued that somebody came with
    PRIMARY KEY (issuer, subject),
    UNIQUE (account_id, issuer)
);
