DROP TRIGGER renamed_to_nobody ON account;
DROP TRIGGER renamed ON account;
DROP FUNCTION account_renamed;
DROP TABLE account_name_version;
