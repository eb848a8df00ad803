INSERT INTO account (id, email, first_name, last_name, job_role, password_hash, status, created_at)
SELECT h.id, h.name || '@bench.example', 'Reader', initcap(h.name), 'Patient safety officer', a.password_hash, 'ACTIVE', now()
FROM hired AS h CROSS JOIN account AS a WHERE a.email = 'margaret.holloway@demo.example';

INSERT INTO account_organisation (account_id, organisation) SELECT id, code FROM hired WHERE area_type = 'ORGANISATION';

INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at)
SELECT gen_random_uuid(), id, role, area_type, code, now() FROM hired;

DROP TABLE hired;
