//go:build unix

package dbtest

import (
	"log/slog"
	"path/filepath"
	"testing"

	"lfpse/db"
	"lfpse/internal/envelope"
)

// Outbox returns the outbox of a database, sealed under keys of the test's own.
func Outbox(t testing.TB, d *db.DB) *db.Outbox {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "texts.json")
	if err := envelope.Create(keys); err != nil {
		t.Fatal("making keys for the test:", err)
	}
	sealer, err := envelope.Open(keys)
	if err != nil {
		t.Fatal("opening the test's keys:", err)
	}
	outbox, err := db.NewOutbox(d, sealer, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal("making the test's outbox:", err)
	}
	return outbox
}
