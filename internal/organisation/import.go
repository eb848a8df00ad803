package organisation

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"lfpse/internal/audit"
)

// Importer keeps what an import changes; the db package implements it.
type Importer interface {
	// Records reads all of the map, at one edition.
	Records(ctx context.Context) (Records, error)
	// Change writes, in one transaction and alone, the changes that plan makes of the records. check is
	// given the records as they would then be. Where either refuses, nothing is changed and its
	// error is answered. Where there are no changes, nothing is written.
	Change(ctx context.Context, plan func(Records) (Changes, error), check func(Records) error) error
}

// Import makes the map say what a file says, all of it or nothing. A file that cannot be followed is a
// *ProblemsError.
func Import(ctx context.Context, store Importer, file *File, at time.Time) (Summary, error) {
	var summary Summary
	plan := func(records Records) (Changes, error) {
		changes, err := file.Plan(records)
		summary, changes.Entry = changes.Summary, entryOf(changes.Summary, at)
		return changes, err
	}
	check := func(records Records) error {
		_, err := NewMap(records)
		return err
	}
	if err := store.Change(ctx, plan, check); err != nil {
		return Summary{}, fmt.Errorf("importing organisations: %w", err)
	}
	return summary, nil
}

// Rehearse tells what Import would do, and does nothing.
func Rehearse(ctx context.Context, store Importer, file *File) (Summary, error) {
	records, err := store.Records(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("rehearsing an import: %w", err)
	}
	changes, err := file.Plan(records)
	return changes.Summary, err
}

func entryOf(s Summary, at time.Time) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: audit.System, Action: "organisations.imported",
		Detail: map[string]string{
			"added": strconv.Itoa(s.Added), "changed": strconv.Itoa(s.Changed),
			"closed": strconv.Itoa(s.Closed), "unchanged": strconv.Itoa(s.Unchanged),
		},
	}
}
