package main

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/access"
	"lfpse/internal/organisation"
)

// hearing passes on what is heard of changes of access to whom they concern.
type hearing struct {
	watch     *access.Watch
	geography *organisation.Directory
	// changed has one place: who has been told to read the map will read the newest.
	changed chan struct{}
}

var _ db.Listener = (*hearing)(nil)

// newHearing makes a hearing, and reads the map whenever it is told to until the
// context ends.
func newHearing(ctx context.Context, log *slog.Logger, s *services) *hearing {
	h := &hearing{watch: s.watch, geography: s.geography, changed: make(chan struct{}, 1)}
	go h.read(ctx, log)
	return h
}

func (h *hearing) read(ctx context.Context, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.changed:
		}
		if err := h.geography.Refresh(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the map could not be refreshed; it is tried again", "error", db.Discreet(err))
		}
		// Areas may have changed: who rests on one looks again.
		h.watch.Everything()
	}
}

// Account passes on that an account's access may have changed.
func (h *hearing) Account(id uuid.UUID) { h.watch.Account(id) }

// Map has the map read.
func (h *hearing) Map() {
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// Everything has all looked at again.
func (h *hearing) Everything() {
	h.watch.Everything()
	h.Map()
}
