//go:build unix

// Package dbtest gives tests real databases, with nothing to set up.
//
// The first test of a process that asks for one starts a PostgreSQL server of
// the process's own; it ends with the process, killed or not. Its folder is kept
// in memory where the system has enough of it, else under the temporary folder,
// and used again by the next process that needs one, so that a run of `go test ./...` makes as many clusters as it runs
// packages at a time, once, and most starts take a fraction of a second.
//
// A database is copied from a template that has the migrations applied. A
// template is known by what it was made from: it is made once for each server
// and made anew when the migrations change.
//
// To use a server that runs already, name it in LFPSE_TEST_SERVER, as a URL of a
// role that may make databases:
//
//	LFPSE_TEST_SERVER=postgres://postgres:secret@localhost/postgres go test ./...
//
// What a killed run leaves on such a server, the next one clears away.
package dbtest

import (
	"context"
	"testing"

	"lfpse/db"
)

// Option changes what the databases of a test hold.
type Option func(*template)

// WithReference has load fill the template once the migrations are applied:
// with what every test needs and none changes, such as the map of the NHS. The
// key stands for what load puts there; another content needs another key.
func WithReference(key string, load func(context.Context, *db.DB) error) Option {
	return func(t *template) {
		t.keys = append(t.keys, key)
		t.loads = append(t.loads, load)
	}
}

// New returns the database that the tests of this process share, as long as
// they ask for it with the same options. It stays open when the test ends. A
// test that counts rows it did not make, or changes what others read, wants
// Fresh.
func New(t testing.TB, opts ...Option) *db.DB {
	t.Helper()
	d, err := theRun(t).shared(t.Context(), opts)
	if err != nil {
		t.Fatal("preparing the database of the tests:", err)
	}
	return d
}

// Fresh returns a database of the test's own, which is dropped when the test
// ends.
func Fresh(t testing.TB, opts ...Option) *db.DB {
	t.Helper()
	r := theRun(t)
	d, err := r.fresh(t.Context(), opts)
	if err != nil {
		t.Fatal("preparing a database for the test:", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if err := r.drop(context.Background(), databaseOf(d)); err != nil {
			t.Error(err)
		}
	})
	return d
}

// FreshURL returns the URL of a database of the test's own that is empty: no
// migration has been applied. It is dropped when the test ends, along with
// whatever connections there still are.
func FreshURL(t testing.TB) string {
	t.Helper()
	r := theRun(t)
	name, err := r.create(t.Context(), "template0")
	if err != nil {
		t.Fatal("making an empty database for the test:", err)
	}
	t.Cleanup(func() {
		if err := r.drop(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return r.url(name)
}

func theRun(t testing.TB) *run {
	t.Helper()
	r, err := startRun()
	if err != nil {
		t.Fatal("starting the server of the tests:", err)
	}
	return r
}

func databaseOf(d *db.DB) string { return d.Pool.Config().ConnConfig.Database }
