package db_test

import (
	"slices"
	"strings"
	"testing"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// What is kept of areas holds events of every status but DRAFT. A reader is given it
// who is known to see each of these: one that was added and not named there would be shown to whoever sees the others.
func TestEveryStatusThatAreasKeepIsAsked(t *testing.T) {
	d := dbtest.Fresh(t)
	var constraint string
	err := d.NewRaw(`SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'event'::regclass AND conname = 'event_status_check'`).Scan(t.Context(), &constraint)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for i, part := range strings.Split(constraint, "'") {
		if i%2 == 1 && part != "DRAFT" {
			kept = append(kept, part)
		}
	}
	asked := db.Submitted()
	slices.Sort(kept)
	slices.Sort(asked)
	if !slices.Equal(kept, asked) {
		t.Errorf("areas keep %v, and %v are asked", kept, asked)
	}
}
