package main

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/access"
	"lfpse/internal/organisation"
)

// A service hears of an import by another process: it need not look every so often.
func TestAnImportIsHeard(t *testing.T) {
	url := dbtest.FreshURL(t)
	imports(t, url, organisationHeader, "Added 0, changed 0, closed 0, unchanged 0.")
	d := open(t, url)
	geography, err := organisation.NewDirectory(t.Context(), db.NewOrganisations(d.DB))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	log := slog.New(slog.DiscardHandler)
	s := &services{geography: geography, watch: access.NewWatch(access.Options{Geography: geography})}
	ended := make(chan struct{})
	go func() {
		db.Listen(ctx, d, newHearing(ctx, log, s), log)
		close(ended)
	}()
	imports(t, url, organisationHeader+clinics, "Added 2, changed 1, closed 0, unchanged 0.")
	for deadline := time.Now().Add(20 * time.Second); geography.Map().ByCode("B81008") == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the map is still the one from before")
		}
	}
	stop()
	<-ended
}
