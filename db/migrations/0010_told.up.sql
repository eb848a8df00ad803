-- Whoever listens on the channel "access" hears, once it is committed, whose access may have changed, and that the
-- map has. Triggers tell, so that no writer can forget to. Nothing rests on being heard: see db/listen.go.

CREATE FUNCTION tell_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('access', coalesce(NEW.account_id, OLD.account_id)::text);
    RETURN NULL;
END $$;

CREATE FUNCTION tell_own_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('access', coalesce(NEW.id, OLD.id)::text);
    RETURN NULL;
END $$;

CREATE FUNCTION tell_map() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('access', 'map');
    RETURN NULL;
END $$;

CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON access_grant
    FOR EACH ROW EXECUTE FUNCTION tell_account();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON account_organisation
    FOR EACH ROW EXECUTE FUNCTION tell_account();
-- Beginning a session changes nobody's access, nor does clearing away one that is over.
CREATE TRIGGER told AFTER UPDATE ON session_family
    FOR EACH ROW WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION tell_account();
CREATE TRIGGER told_of_end AFTER DELETE ON session_family
    FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND OLD.expires_at > now()) EXECUTE FUNCTION tell_account();
CREATE TRIGGER told AFTER UPDATE ON account
    FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.grant_version <> NEW.grant_version) EXECUTE FUNCTION tell_own_account();
CREATE TRIGGER told_of_end AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION tell_own_account();
CREATE TRIGGER told AFTER UPDATE ON geography_version
    FOR EACH ROW EXECUTE FUNCTION tell_map();

-- What people were told, listed. The subject is a graph id, empty for none: whether its receiver may see it is asked
-- when it is read. The receiver is not a reference: whoever records an event must not wait for whoever changes the
-- account of somebody who is told of it.
CREATE TABLE notification (
    id       uuid PRIMARY KEY,
    receiver uuid NOT NULL,
    type     text NOT NULL,
    subject  text NOT NULL,
    at       timestamptz NOT NULL,
    read_at  timestamptz,
    -- The grant by which its receiver was told of an event, while the mail of it waits; null once it is in the outbox.
    mail_by  uuid REFERENCES access_grant ON DELETE SET NULL
);
CREATE INDEX notification_receiver ON notification (receiver, at DESC, id DESC);
-- Of an event, everybody is told once.
CREATE UNIQUE INDEX notification_once ON notification (receiver, subject) WHERE type = 'EVENT_RECORDED_ELSEWHERE';
CREATE FUNCTION forget_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM notification WHERE receiver = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER forgotten AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION forget_notifications();

CREATE INDEX notification_to_mail ON notification (receiver, at) WHERE mail_by IS NOT NULL;
