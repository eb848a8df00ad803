//go:build unix

package dbtest

import (
	"encoding/json"
	"log/slog"
	"path/filepath"
	"testing"

	"lfpse/db"
	"lfpse/internal/envelope"
	"lfpse/internal/notification"
)

// Outbox returns the outbox of a database, sealed under keys of the test's own.
func Outbox(t testing.TB, d *db.DB) *db.Outbox {
	t.Helper()
	outbox, _ := OpenOutbox(t, d)
	return outbox
}

// OpenOutbox returns an outbox and a function that reads the mails that were put
// into it, in order, whether or not they were sent.
func OpenOutbox(t testing.TB, d *db.DB) (outbox *db.Outbox, mails func() []notification.Mail) {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "texts.json")
	if err := envelope.Create(keys); err != nil {
		t.Fatal("making keys for the test:", err)
	}
	sealer, err := envelope.Open(keys)
	if err != nil {
		t.Fatal("opening the test's keys:", err)
	}
	outbox, err = db.NewOutbox(d, sealer, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal("making the test's outbox:", err)
	}
	return outbox, func() []notification.Mail { return open(t, d, sealer) }
}

// open reads the mails that the test's own keys open: others may share the
// database.
func open(t testing.TB, d *db.DB, sealer *envelope.Sealer) []notification.Mail {
	t.Helper()
	var rows []json.RawMessage
	if err := d.NewRaw("SELECT args FROM river_job WHERE queue = 'mail' ORDER BY id").Scan(t.Context(), &rows); err != nil {
		t.Fatal("reading the outbox:", err)
	}
	var mails []notification.Mail
	for _, row := range rows {
		var args struct {
			ID, About string
			Sealed    []byte
		}
		if err := json.Unmarshal(row, &args); err != nil {
			t.Fatal("reading the outbox:", err)
		}
		content, err := sealer.Open(args.Sealed, []byte("mail "+args.ID+" "+args.About))
		if err != nil {
			continue
		}
		var mail notification.Mail
		if err := json.Unmarshal(content, &mail); err != nil {
			t.Fatal("reading the outbox:", err)
		}
		mails = append(mails, mail)
	}
	return mails
}
