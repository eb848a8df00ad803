package db_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// login makes a role that can sign in, for as long as the test runs, and answers
// its name. It must be called before the databases are made that it is granted
// something of.
func login(t *testing.T, attributes string) string {
	t.Helper()
	server := dbtest.New(t)
	name := "lfpse_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := server.ExecContext(t.Context(), "CREATE ROLE "+name+" LOGIN PASSWORD 'of the test' "+attributes); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := server.ExecContext(context.Background(), "DROP ROLE "+name); err != nil {
			t.Error(err)
		}
	})
	return name
}

// openAs opens a database by a role's own password.
func openAs(t *testing.T, address, role string) *db.DB {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(role, "of the test")
	d, err := db.Open(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// What the service's role may not do, in the order of a determined intruder.
var forbidden = []string{
	"UPDATE audit_entry SET subject = ''",
	"UPDATE audit_seal SET hash = ''",
	"DELETE FROM audit_entry",
	"DELETE FROM audit_seal",
	"TRUNCATE audit_entry",
	"TRUNCATE audit_seal",
	"TRUNCATE event CASCADE",
	"INSERT INTO audit_seal VALUES (1, 1, '') ON CONFLICT (sequence) DO UPDATE SET hash = excluded.hash",
	"SELECT * FROM audit_entry FOR UPDATE",
	"ALTER TABLE audit_entry DISABLE TRIGGER ALL",
	"ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays",
	"ALTER TABLE audit_entry DROP COLUMN detail",
	"ALTER TABLE audit_entry OWNER TO CURRENT_USER",
	"DROP TRIGGER audit_entry_queue ON audit_entry",
	"CREATE RULE r AS ON INSERT TO audit_entry DO INSTEAD NOTHING",
	"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
	"DROP TABLE audit_entry",
	"SET session_replication_role = replica",
	"UPDATE bun_migrations SET name = ''",
}

func TestTheServiceCanChangeNothingOfTheTrail(t *testing.T) {
	role := login(t, "")
	d := dbtest.Fresh(t)
	if err := db.GrantService(t.Context(), d, role); err != nil {
		t.Fatal(err)
	}
	for name, service := range map[string]*db.DB{
		"as the role that an owner's connections assume": dbtest.AsService(t, d),
		"as a role with a password of its own":           openAs(t, d.Pool.Config().ConnString(), role),
	} {
		t.Run(name, func(t *testing.T) {
			entries(t, service, 3)
			seal(t, service)
			// PostgreSQL answers this with a warning, and grants nothing.
			if code := refusal(t, service, "GRANT UPDATE, DELETE ON audit_entry, audit_seal TO CURRENT_USER"); code != "" {
				t.Errorf("granting itself more: %q", code)
			}
			for _, statement := range forbidden {
				if code := refusal(t, service, statement); code != "42501" {
					t.Errorf("%s: %q", statement, code)
				}
			}
			if err := db.CheckServiceRole(t.Context(), service); err != nil {
				t.Error(err)
			}
		})
	}
	if result, found := verify(t, d); result.Head.Sequence != 6 || len(found) > 0 {
		t.Errorf("afterwards it is %+v, %v", result, found)
	}
}

// refusal answers the code of PostgreSQL's refusal; empty where there is none.
func refusal(t *testing.T, d *db.DB, statement string) string {
	t.Helper()
	_, err := d.ExecContext(t.Context(), statement)
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}

func TestAnAssumedRoleIsComeBackTo(t *testing.T) {
	service := dbtest.AsService(t, dbtest.Fresh(t))
	conn, err := service.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // it only reads
	for _, statement := range []string{"RESET ROLE", "RESET ALL", "DISCARD ALL", "SET SESSION AUTHORIZATION DEFAULT"} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		var role string
		if err := conn.NewRaw("SELECT current_user").Scan(t.Context(), &role); err != nil || role != db.ServiceRole {
			t.Errorf("after %s it is %q, %v", statement, role, err)
		}
	}
}

func TestTheOwnerDoesNotChangeTheTrailByMistake(t *testing.T) {
	d := dbtest.Fresh(t)
	entries(t, d, 3)
	seal(t, d)
	for _, statement := range forbidden[:6] {
		if code := refusal(t, d, statement); code != "42501" {
			t.Errorf("%s: %q", statement, code)
		}
	}
}

func TestARoleThatCouldChangeTheTrailDoesNotServe(t *testing.T) {
	plain, powerful := login(t, ""), login(t, "SUPERUSER")
	d := dbtest.Fresh(t)
	if err := db.CheckServiceRole(t.Context(), d); !errors.Is(err, db.ErrAuditUnprotected) {
		t.Errorf("the owner: %v", err)
	}
	if err := db.GrantService(t.Context(), d, powerful); !errors.Is(err, db.ErrAuditUnprotected) {
		t.Errorf("somebody who may do everything: %v", err)
	}
	if err := db.GrantService(t.Context(), d, "nobody's"); err == nil || !strings.Contains(err.Error(), "CREATE ROLE") {
		t.Errorf("a role that does not exist: %v", err)
	}
	service := openAs(t, d.Pool.Config().ConnString(), plain)
	if err := db.CheckServiceRole(t.Context(), service); err == nil || !strings.Contains(err.Error(), "--service-role") {
		t.Errorf("a role without rights: %v", err)
	}
	if err := db.GrantService(t.Context(), d, plain); err != nil {
		t.Fatal(err)
	}
	for _, more := range []string{"GRANT UPDATE (subject) ON audit_entry TO " + plain, "GRANT DELETE ON audit_seal TO " + plain} {
		if _, err := d.ExecContext(t.Context(), more); err != nil {
			t.Fatal(err)
		}
		if err := db.CheckServiceRole(t.Context(), service); !errors.Is(err, db.ErrAuditUnprotected) {
			t.Errorf("after %s: %v", more, err)
		}
		if err := db.GrantService(t.Context(), d, plain); err != nil {
			t.Errorf("granting again does not take back: %v", err)
		}
	}
	if _, err := d.ExecContext(t.Context(), "CREATE TABLE another (id int)"); err != nil {
		t.Fatal(err)
	}
	if err := db.CheckServiceRole(t.Context(), service); err == nil {
		t.Error("a role serves that may not write a table of a later migration")
	}
}

// Owners on servers of others are rarely superusers.
func TestAnOwnerWithFewRights(t *testing.T) {
	dbtest.Fresh(t) // the role exists: another database's migrator made it
	makes, plain := login(t, "CREATEROLE"), login(t, "")
	for role, protects := range map[string]bool{makes: true, plain: false} {
		address := dbtest.FreshURL(t)
		giveAway(t, address, role)
		owner := openAs(t, address, role)
		if owns, err := db.IsOwner(t.Context(), owner); err != nil || !owns {
			t.Errorf("before there are tables it is %v, %v that it is their owner", owns, err)
		}
		if _, err := db.MigrateUp(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
		err := db.EnsureServiceRole(t.Context(), owner)
		if protects && err != nil || !protects && !errors.Is(err, db.ErrAuditUnprotected) {
			t.Errorf("it protects: %v; it ends with %v", protects, err)
		}
	}
}

func giveAway(t *testing.T, address, role string) {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test has ended
	name := d.Pool.Config().ConnConfig.Database
	if _, err := d.ExecContext(t.Context(), "ALTER DATABASE "+name+" OWNER TO "+role); err != nil {
		t.Fatal(err)
	}
}
