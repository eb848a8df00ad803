package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"lfpse/db/migrations"
)

// ServiceRole is the role that the service assumes on every connection where it
// was given the URL of the tables' owner. It cannot sign in by itself.
const ServiceRole = "lfpse_service"

// ErrAuditUnprotected is returned for a role that could change the audit trail.
var ErrAuditUnprotected = errors.New("the database role of the service could change the audit trail")

// onlyAdded are the tables of which the service may change nothing that is
// there.
func onlyAdded() []string { return []string{"audit_entry", "audit_seal"} }

// IsOwner tells whether a connection's role owns the service's tables, or could
// make them where there are none.
func IsOwner(ctx context.Context, d *DB) (bool, error) {
	var owns bool
	err := d.NewRaw(`SELECT coalesce(
		(SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(?)),
		has_schema_privilege(current_schema(), 'CREATE'))`, migrationsTable).Scan(ctx, &owns)
	if err != nil {
		return false, fmt.Errorf("asking who owns the tables: %w", err)
	}
	return owns, nil
}

// EnsureServiceRole makes ServiceRole unless it exists, lets the owner assume it,
// and grants it what the service needs: see GrantService.
func EnsureServiceRole(ctx context.Context, d *DB) error {
	return granting(ctx, d, func(ctx context.Context, tx transaction) error {
		err := makeAssumable(ctx, tx)
		if denied(err) {
			return fmt.Errorf("%w, and the tables' owner may not make a role that could not: have an administrator run CREATE ROLE %s NOLOGIN; GRANT %s TO the owner", ErrAuditUnprotected, ServiceRole, ServiceRole)
		}
		if err != nil {
			return err
		}
		return grant(ctx, tx, ServiceRole)
	})
}

// makeAssumable sees that ServiceRole exists and that the connection's role may
// assume it. Roles are the whole server's: another database's migrator may make
// it at the same time.
func makeAssumable(ctx context.Context, tx transaction) error {
	_, err := tx.ExecContext(ctx, `DO $$ BEGIN
			IF to_regrole('`+ServiceRole+`') IS NULL THEN
				CREATE ROLE `+ServiceRole+` NOLOGIN;
			END IF;
		EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
		END $$`)
	if err != nil {
		return fmt.Errorf("making the role: %w", err)
	}
	var may bool
	if err := tx.NewRaw("SELECT pg_has_role(?, 'MEMBER')", ServiceRole).Scan(ctx, &may); err != nil {
		return fmt.Errorf("asking who may assume the role: %w", err)
	}
	if may {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "GRANT "+ServiceRole+" TO CURRENT_USER"); err != nil {
		return fmt.Errorf("letting the owner assume the role: %w", err)
	}
	return nil
}

// GrantService grants a role of its own what the service needs of the tables, as
// they are now: to read and write all of them, but to change or remove nothing of
// the audit trail and nothing of the migrations. It wants the owner's connection.
func GrantService(ctx context.Context, d *DB, role string) error {
	return granting(ctx, d, func(ctx context.Context, tx transaction) error {
		var exists bool
		if err := tx.NewRaw("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", role).Scan(ctx, &exists); err != nil {
			return fmt.Errorf("looking for the role: %w", err)
		}
		if !exists {
			return errors.New("there is no role of this name: make it with CREATE ROLE … LOGIN")
		}
		return grant(ctx, tx, role)
	})
}

// granting does something that no migrator, nor another who grants, may do at
// the same time.
func granting(ctx context.Context, d *DB, do func(context.Context, transaction) error) (err error) {
	m, err := newMigrator(ctx, d, migrations.Files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	if err := onConnection(ctx, m.conn, do); err != nil {
		return fmt.Errorf("preparing the service's role: %w", err)
	}
	return nil
}

func grant(ctx context.Context, tx transaction, role string) error {
	var schema string
	if err := tx.NewRaw("SELECT quote_ident(current_schema())").Scan(ctx, &schema); err != nil {
		return fmt.Errorf("asking for the schema: %w", err)
	}
	name := pgx.Identifier{role}.Sanitize()
	statements := []string{
		"GRANT USAGE ON SCHEMA " + schema + " TO " + name,
		"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + name,
		"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + name,
		"REVOKE ALL ON " + migrationsTable + " FROM " + name,
		"GRANT SELECT ON " + migrationsTable + " TO " + name,
	}
	for _, table := range onlyAdded() {
		statements = append(statements, "REVOKE ALL ON "+table+" FROM "+name, "GRANT SELECT, INSERT ON "+table+" TO "+name)
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("granting: %w", Discreet(err))
		}
	}
	return protected(ctx, tx, role)
}

// CheckServiceRole sees that the connection's role can serve: it may write every
// table as they are now, and change or remove nothing of the audit trail
// (ErrAuditUnprotected).
func CheckServiceRole(ctx context.Context, d *DB) error {
	var row struct {
		Role    string
		Missing bool
	}
	err := d.NewRaw(`SELECT current_user AS role, to_regclass('audit_seal') IS NULL OR EXISTS (
			SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
				AND NOT has_table_privilege(oid, CASE relname WHEN ? THEN 'SELECT' ELSE 'INSERT' END)) AS missing`, migrationsTable).Scan(ctx, &row)
	if err != nil {
		return fmt.Errorf("asking what the service's role may do: %w", err)
	}
	if row.Missing {
		return errors.New("the database is not ready for the role of the service: run 'lfpse migrate up --service-role NAME' as the tables' owner")
	}
	return protected(ctx, d, row.Role)
}

// protected sees that a role has no right to change the trail, whether of its
// own or as a member of another, and that it owns none of it.
func protected(ctx context.Context, tx bun.IDB, role string) error {
	for _, table := range onlyAdded() {
		var may bool
		err := tx.NewRaw(`SELECT has_table_privilege(?0, ?1, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
			OR has_any_column_privilege(?0, ?1, 'UPDATE')
			OR (SELECT pg_has_role(?0, relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(?1))`, role, table).Scan(ctx, &may)
		if err != nil {
			return fmt.Errorf("asking what the role may do: %w", err)
		}
		if may {
			return ErrAuditUnprotected
		}
	}
	return nil
}

// denied tells whether PostgreSQL refused something for want of a right.
func denied(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == codeInsufficientPrivilege
}

const codeInsufficientPrivilege = "42501"
