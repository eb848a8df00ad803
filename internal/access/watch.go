// Package access watches over what takes longer than a request: a download, a
// stream of changes. A request names its caller and reads their grants when it
// begins, and so a change of access takes hold on the next one. What goes on
// for minutes began with rights that may end meanwhile, and ends with them.
package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// ErrEnded is the cause of a context that ended because what it was begun with
// no longer holds.
var ErrEnded = errors.New("the access that this began with has ended")

// Geography is what a Watch asks of the map.
type Geography interface {
	Reach(ctx context.Context, version int64) error
	Within(area authz.Area, at time.Time) []string
}

// Present answers whom an account's session stands for now; found is false for
// a session that is over, and for an account that is not active.
type Present func(ctx context.Context, account, family uuid.UUID) (p authz.Principal, found bool, err error)

// Options are what a Watch is made of; Now and Interval may be left out.
type Options struct {
	Present   Present
	Geography Geography
	Now       func() time.Time
	// Interval is how often is asked whatever is heard; a second where zero.
	Interval time.Duration
}

// Watch ends what is no longer covered by the access that it began with. It is
// told of changes (Account, Everything) so as to ask at once; it asks every
// Interval besides, so that nothing rests on being told.
type Watch struct {
	o  Options
	mu sync.Mutex
	// watching are who is to be woken, by account.
	watching map[uuid.UUID]map[chan struct{}]struct{}
}

// NewWatch makes a Watch.
func NewWatch(o Options) *Watch {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Interval == 0 {
		o.Interval = time.Second
	}
	return &Watch{o: o, watching: map[uuid.UUID]map[chan struct{}]struct{}{}}
}

// Account is told that the access of an account may have changed.
func (w *Watch) Account(id uuid.UUID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for wake := range w.watching[id] {
		nudge(wake)
	}
}

// Everything is told that anybody's access may have changed.
func (w *Watch) Everything() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, of := range w.watching {
		for wake := range of {
			nudge(wake)
		}
	}
}

// nudge wakes who waits. Who has been woken already and not looked yet will look.
func nudge(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// While answers a context for something that a principal began in a session. It
// ends, with ErrEnded as its cause (context.Cause), once the session is over, a
// grant or an organisation that the principal had is no longer its, or an area of
// one of its grants no longer holds an organisation that it held. A right that is
// added ends nothing. Where that cannot be found out, it ends too.
//
// The caller asks for it before it asks policy for a scope, so that nothing
// changes between the two unnoticed, and calls the function when it is done.
func (w *Watch) While(ctx context.Context, p authz.Principal, family uuid.UUID) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	b := basis{principal: p, family: family, areas: w.areas(p)}
	wake, forget := w.enter(p.ID)
	go func() {
		defer forget()
		cancel(w.until(ctx, b, wake))
	}()
	return ctx, func() { cancel(context.Canceled) }
}

func (w *Watch) enter(account uuid.UUID) (wake chan struct{}, forget func()) {
	wake = make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watching[account] == nil {
		w.watching[account] = map[chan struct{}]struct{}{}
	}
	w.watching[account][wake] = struct{}{}
	return wake, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.watching[account], wake)
		if len(w.watching[account]) == 0 {
			delete(w.watching, account)
		}
	}
}

// basis is what something began with.
type basis struct {
	principal authz.Principal
	family    uuid.UUID
	areas     map[uuid.UUID][]string // the organisations of each grant's area
}

func (w *Watch) areas(p authz.Principal) map[uuid.UUID][]string {
	areas, now := map[uuid.UUID][]string{}, w.o.Now()
	for _, g := range p.Grants {
		areas[g.ID] = w.o.Geography.Within(g.Area, now)
	}
	return areas
}

// until answers why what rests on a basis ends. The first look is at once: the
// basis is as old as the request that brought it.
func (w *Watch) until(ctx context.Context, b basis, wake <-chan struct{}) error {
	ticker := time.NewTicker(w.o.Interval)
	defer ticker.Stop()
	for {
		holds, err := w.holds(ctx, b)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			return fmt.Errorf("%w, or that cannot be found out: %w", ErrEnded, err)
		case !holds:
			return ErrEnded
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-wake:
		case <-ticker.C:
		}
	}
}

func (w *Watch) holds(ctx context.Context, b basis) (bool, error) {
	now, found, err := w.o.Present(ctx, b.principal.ID, b.family)
	if err != nil || !found {
		return false, err
	}
	if err := w.o.Geography.Reach(ctx, now.Map); err != nil {
		return false, err
	}
	areas := w.areas(now)
	for id, held := range b.areas {
		if still, ok := areas[id]; !ok || !holdsAll(still, held) {
			return false, nil
		}
	}
	return holdsAll(now.Organisations, b.principal.Organisations), nil
}

func holdsAll(all, some []string) bool {
	held := make(map[string]bool, len(all))
	for _, one := range all {
		held[one] = true
	}
	return !slices.ContainsFunc(some, func(one string) bool { return !held[one] })
}
