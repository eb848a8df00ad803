package main

import (
	"context"
	"io"
	"slices"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// A service that starts forgets what is kept of anonymous requests too long ago,
// and nothing else.
func TestServingForgetsReceipts(t *testing.T) {
	url := dbtest.FreshURL(t)
	d := open(t, url)
	if _, err := db.MigrateUp(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pool.Exec(t.Context(), `INSERT INTO anonymous_receipt (digest, salt, expires_at) VALUES ('old', 'salt', now()), ('new', 'salt', now() + interval '1 hour')`); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"serve", "--port", "0", "--database-url", url, "--data", keysIn(t)}, nil, environment{out: io.Discard, errors: w})
		w.Close()
		ended <- err
	}()
	serving(t, r)
	var kept []string
	for deadline := time.Now().Add(30 * time.Second); !slices.Equal(kept, []string{"new"}); time.Sleep(20 * time.Millisecond) {
		if kept = column(t, d, `SELECT convert_from(digest, 'UTF8') FROM anonymous_receipt ORDER BY 1`); time.Now().After(deadline) {
			t.Fatalf("these are kept: %v", kept)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
}
