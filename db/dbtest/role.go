//go:build unix

package dbtest

import (
	"testing"

	"lfpse/db"
)

// AsService opens a database once more, as the role that the service has there: what
// the service may not do, fails. It is closed when the test ends.
func AsService(t testing.TB, d *db.DB) *db.DB {
	t.Helper()
	own, err := db.Open(t.Context(), d.Pool.Config().ConnString(), db.WithApplicationName("lfpse test"), db.WithMaxConns(8), db.WithRole(db.ServiceRole))
	if err != nil {
		t.Fatal("opening the database as the service:", err)
	}
	t.Cleanup(func() {
		if err := own.Close(); err != nil {
			t.Error(err)
		}
	})
	return own
}
