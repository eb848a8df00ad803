-- Entries are chained after they are committed: a sealer gives each a number and a hash over the hash before it and
-- the entry. Seals stand apart, so that entries are never updated.
CREATE TABLE audit_seal (
    sequence bigint PRIMARY KEY,         -- 1, 2, 3, … without a gap
    entry_id bigint NOT NULL UNIQUE,     -- no foreign key: an entry that is gone must be found, not taken along
    hash     bytea NOT NULL              -- see internal/audit/chain.go
);

-- What waits to be sealed. A row is committed with its entry, so that none is passed over that was begun earlier and
-- committed later.
CREATE TABLE audit_unsealed (
    entry_id bigint PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
INSERT INTO audit_unsealed SELECT id FROM audit_entry;

CREATE FUNCTION audit_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_queue AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION audit_queue();

-- The service's role has no right to change what is written (db/service_role.go). These stop the tables' owner from
-- doing so by mistake; an owner who means it can take them away, which 'lfpse audit verify' then finds.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
