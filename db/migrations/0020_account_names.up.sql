-- One row, whose version rises, in the same transaction, whenever the name or the job role of an account that is there
-- changes: what the service has kept of them in memory is then thrown away. See decision 23.
CREATE TABLE account_name_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO account_name_version (version) VALUES (1);

CREATE FUNCTION account_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE account_name_version SET version = version + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER renamed AFTER UPDATE ON account
    FOR EACH ROW WHEN ((OLD.first_name, OLD.last_name, OLD.job_role) IS DISTINCT FROM (NEW.first_name, NEW.last_name, NEW.job_role))
    EXECUTE FUNCTION account_renamed();
CREATE TRIGGER renamed_to_nobody AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION account_renamed();
