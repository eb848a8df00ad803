-- Readers of the kinds that dashboards have, with the password of the sample accounts.
CREATE TEMP TABLE hired AS
SELECT gen_random_uuid() AS id, h.*
FROM (
	SELECT 'trust.' || to_char(b.at, 'FM000') AS name, 'ORGANISATIONAL' AS role, 'ORGANISATION' AS area_type, b.code
	FROM unnest($1::text[]) WITH ORDINALITY AS b (code, at)
	UNION ALL
	SELECT 'icb.' || lower(ods_code), 'READ_ONLY', 'ICB', ods_code FROM icb WHERE valid_until IS NULL
	UNION ALL
	SELECT 'region.' || lower(ods_code), 'READ_ONLY', 'REGION', ods_code FROM region
) AS h
