DROP TABLE audit_entry, anonymous_receipt, idempotency_key, event_original, event_revision, event_patient, event,
    refresh_token, session_family, access_grant, account_organisation, account,
    geography_version, organisation_icb, organisation, icb_region, icb, region;
