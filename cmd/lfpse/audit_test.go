package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// command runs a command over a database and answers what it prints.
func command(t *testing.T, address string, args ...string) (string, error) {
	t.Helper()
	var out, progress bytes.Buffer
	err := run(t.Context(), append(args, "--database-url", address, "--data", t.TempDir()), nil, environment{out: &out, errors: &progress})
	return out.String(), err
}

// serveFor serves a database until the test ends; stop ends it earlier.
func serveFor(t *testing.T, address string) (graph string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"serve", "--port", "0", "--database-url", address, "--data", keysIn(t)}, nil, environment{out: io.Discard, errors: w})
		w.CloseWithError(err)
		ended <- err
	}()
	return serving(t, r), func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	}
}

// serviceRole makes a role that can sign in and answers its name, and a database's
// URL as that role.
func serviceRole(t *testing.T, address string) (name, asRole string) {
	t.Helper()
	name = "lfpse_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	d := open(t, address)
	if _, err := d.ExecContext(t.Context(), "CREATE ROLE "+name+" LOGIN PASSWORD 'of the test'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := d.ExecContext(context.Background(), "DROP OWNED BY "+name+"; DROP ROLE "+name); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(name, "of the test")
	return name, u.String()
}

const wrongPassword = `mutation { signIn(input: {email: "nobody@nhs.test", password: "not the password"}) { userErrors { message } } }`

// A service whose role can change nothing seals what it writes within seconds,
// and what its owner changes afterwards is found.
func TestTheTrailOfAServiceWithARoleOfItsOwn(t *testing.T) {
	owner := dbtest.FreshURL(t)
	role, asRole := serviceRole(t, owner)
	if out, err := command(t, owner, "migrate", "up", "--service-role", role); err != nil || !strings.Contains(out, "applied") {
		t.Fatalf("%s %v", out, err)
	}
	graph, stop := serveFor(t, asRole)
	if answer := post(t, graph, "", wrongPassword); !strings.Contains(answer, "userErrors") {
		t.Fatalf("it answers %s", answer)
	}
	d := open(t, owner)
	for deadline := time.Now().Add(20 * time.Second); len(column(t, d, "SELECT hash::text FROM audit_seal")) == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the entry is not sealed")
		}
	}
	stop()

	out, err := command(t, asRole, "audit", "verify")
	_, head, found := strings.Cut(strings.TrimSpace(out), "Head: ")
	if err != nil || !found || !strings.Contains(out, "1 entries are sealed, 0 wait") {
		t.Fatalf("it prints %s, %v", out, err)
	}
	if out, err := command(t, owner, "audit", "verify", "--head", head); err != nil {
		t.Errorf("with the head that it printed: %s %v", out, err)
	}
	if _, err := command(t, owner, "audit", "verify", "--head", "1"); err == nil || !strings.Contains(err.Error(), "64 hexadecimal digits") {
		t.Errorf("with what is no head: %v", err)
	}
	for _, tampering := range [][2]string{
		{"UPDATE audit_entry SET at = at - interval '1 day'", "seal 1: entry 1 is not what was sealed"},
		{"TRUNCATE audit_entry, audit_seal, audit_unsealed", "the trail ends at seal 0, before the head that was kept: 1"},
	} {
		statement, want := tampering[0], tampering[1]
		if _, err := d.ExecContext(t.Context(), "SET session_replication_role = replica; "+statement+"; RESET session_replication_role"); err != nil {
			t.Fatal(err)
		}
		out, err := command(t, owner, "audit", "verify", "--head", head)
		if err == nil || !strings.Contains(out, want) {
			t.Errorf("after %s it prints %s and ends with %v", statement, out, err)
		}
	}
}

// A service that is given its owner's URL has no more rights than another.
func TestAServiceWithTheOwnersURLAssumesARole(t *testing.T) {
	address := dbtest.FreshURL(t)
	d := &database{DB: open(t, address), url: address}
	if err := d.prepare(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	defer d.DB.Close() //nolint:errcheck // the test has ended
	if got := column(t, d.DB, "SELECT current_user::text"); got[0] != db.ServiceRole {
		t.Errorf("it runs as %s", got)
	}
	if _, err := d.ExecContext(t.Context(), "DELETE FROM audit_entry"); err == nil {
		t.Error("it may remove entries")
	}
}

func TestARoleOfItsOwnDoesNotServeWhatIsNotReady(t *testing.T) {
	owner := dbtest.FreshURL(t)
	role, asRole := serviceRole(t, owner)
	starts := func() error {
		_, err := importOrganisations(t.Context(), t, asRole, organisationHeader)
		return err
	}
	if err := starts(); err == nil || !strings.Contains(err.Error(), "--service-role") {
		t.Errorf("without tables: %v", err)
	}
	if _, err := command(t, owner, "migrate", "up"); err != nil {
		t.Fatal(err)
	}
	if err := starts(); err == nil || !strings.Contains(err.Error(), "--service-role") {
		t.Errorf("without rights: %v", err)
	}
	if _, err := command(t, owner, "migrate", "up", "--service-role", role); err != nil {
		t.Fatal(err)
	}
	if err := starts(); err != nil {
		t.Error(err)
	}
	if _, err := command(t, owner, "migrate", "up", "--service-role", "nobodys"); err == nil || !strings.Contains(err.Error(), "there is no role of this name") {
		t.Errorf("for a role that does not exist: %v", err)
	}
	if _, err := open(t, owner).ExecContext(t.Context(), "DELETE FROM bun_migrations WHERE id = (SELECT max(id) FROM bun_migrations)"); err != nil {
		t.Fatal(err)
	}
	if err := starts(); err == nil || !strings.Contains(err.Error(), "not up to date") {
		t.Errorf("with a migration to come: %v", err)
	}
}
