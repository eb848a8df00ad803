DROP TRIGGER audit_entry_stays ON audit_entry;
DROP TRIGGER audit_entry_queue ON audit_entry;
DROP TABLE audit_seal, audit_unsealed;
DROP FUNCTION audit_queue, audit_refuse;
