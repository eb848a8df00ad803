package db_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"lfpse/db"
)

func TestADiscreetErrorTellsNamesAndNoValues(t *testing.T) {
	const secret = "9434765919"
	d := openEmpty(t)
	if _, err := d.ExecContext(t.Context(), "CREATE TABLE patient (number text CONSTRAINT once UNIQUE, age int NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ExecContext(t.Context(), "INSERT INTO patient VALUES (?, 1)", secret); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ statement, code, want string }{
		{"INSERT INTO patient VALUES (?, 1)", "23505", "PostgreSQL refuses with code 23505, table patient, constraint once"},
		{"INSERT INTO patient VALUES (?, NULL)", "23502", "PostgreSQL refuses with code 23502, table patient, column age"},
		{"SELECT ?::uuid", "22P02", "PostgreSQL refuses with code 22P02"},
		{"SELECT 1 ?", "42601", "PostgreSQL refuses with code 42601"},
	} {
		_, err := d.ExecContext(t.Context(), c.statement, secret)
		if err == nil {
			t.Fatalf("%s was run", c.statement)
		}
		got := db.Discreet(err)
		if got.Error() != c.want {
			t.Errorf("%s: %q, want %q", c.statement, got, c.want)
		}
		var pgErr *pgconn.PgError
		if !errors.As(got, &pgErr) || pgErr.Code != c.code {
			t.Errorf("%s: the original is not found in %v", c.statement, got)
		}
	}
	// What PostgreSQL says of the same is the reason for it all.
	_, err := d.ExecContext(t.Context(), "SELECT ?::uuid", secret)
	if !strings.Contains(err.Error(), secret) {
		t.Errorf("PostgreSQL's own message %q has become discreet", err)
	}
}

func TestOtherErrorsAreDiscreetAlready(t *testing.T) {
	err := errors.New("no connection")
	if got := db.Discreet(err); got != err {
		t.Errorf("got %v, want the error itself", got)
	}
	if db.Discreet(nil) != nil {
		t.Error("no error became one")
	}
}
