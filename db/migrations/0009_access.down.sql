DROP FUNCTION access_route(uuid, text, text);
DROP FUNCTION areas_around(text, text);
DROP TABLE body_domain;
DROP TABLE access_request;
DROP INDEX access_grant_area;
DROP INDEX access_grant_granted_by;
ALTER TABLE access_grant
    DROP COLUMN automatic,
    DROP COLUMN revoked_by,
    DROP COLUMN revoke_reason;
