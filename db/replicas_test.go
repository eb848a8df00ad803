package db_test

import (
	"context"
	"log/slog"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
)

func TestX(t *testing.T) {
	primary, followers := dbtest.Replicated(t, 1)
	r, err := db.OpenReplicas(t.Context(), primary, []string{followers[0].URL()}, slog.Default(), db.WithRole(db.ServiceRole))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.Watch(ctx) }()
	followers[0].CatchUp(primary)
	for r.Standing()[0] != "replica 1: used" {
	}
	stop()
	<-done
	r.Close()
}
