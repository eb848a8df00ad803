package access_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/access"
	"lfpse/internal/authz"
)

// world is somebody's access, and a map, which tests change.
type world struct {
	mu        sync.Mutex
	principal authz.Principal
	signedIn  bool
	within    map[authz.Area][]string
	fails     error
	reached   int64
	asked     int
}

func (w *world) present(context.Context, uuid.UUID, uuid.UUID) (authz.Principal, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked++
	return w.principal, w.signedIn, w.fails
}

func (w *world) Reach(_ context.Context, version int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reached = version
	return nil
}

func (w *world) Within(area authz.Area, _ time.Time) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.within[area]
}

func (w *world) change(do func(*world)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do(w)
}

var (
	icb   = authz.Area{Type: authz.AreaICB, Code: "QUE"}
	trust = authz.Area{Type: authz.AreaOrganisation, Code: "RGT"}
)

func newWorld() *world {
	return &world{
		signedIn: true,
		principal: authz.Principal{
			Kind: authz.Account, ID: uuid.New(), Organisations: []string{"RGT"}, Map: 7,
			Grants: []authz.Grant{
				{ID: uuid.New(), Role: authz.ReadOnly, Area: icb},
				{ID: uuid.New(), Role: authz.Admin, Area: trust},
			},
		},
		within: map[authz.Area][]string{icb: {"RGT", "RGM"}, trust: {"RGT"}},
	}
}

// never is an interval that no test waits for.
const never = time.Hour

func (w *world) watch(interval time.Duration) *access.Watch {
	return access.NewWatch(access.Options{Present: w.present, Geography: w, Interval: interval})
}

// ended answers why a context ended; nil where it goes on.
func ended(ctx context.Context, patience time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(patience):
		return nil
	}
}

func TestWhatItBeganWithEnds(t *testing.T) {
	for name, change := range map[string]func(*world){
		"the session is over":     func(w *world) { w.signedIn = false },
		"a grant is revoked":      func(w *world) { w.principal.Grants = w.principal.Grants[1:] },
		"an organisation is left": func(w *world) { w.principal.Organisations = nil },
		"an area loses one":       func(w *world) { w.within = map[authz.Area][]string{icb: {"RGT"}, trust: {"RGT"}} },
		"it cannot be found out":  func(w *world) { w.fails = errors.New("away") },
		"another grant of the place": func(w *world) {
			w.principal.Grants = []authz.Grant{{ID: uuid.New(), Area: icb}, {ID: uuid.New(), Area: trust}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			watch := w.watch(never)
			ctx, done := watch.While(t.Context(), w.principal, uuid.New())
			defer done()
			if err := ended(ctx, 20*time.Millisecond); err != nil {
				t.Fatalf("it ended before anything had: %v", err)
			}
			w.change(change)
			watch.Account(w.principal.ID)
			if err := ended(ctx, 10*time.Second); !errors.Is(err, access.ErrEnded) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestWhatIsAddedEndsNothing(t *testing.T) {
	w := newWorld()
	watch := w.watch(never)
	ctx, done := watch.While(t.Context(), w.principal, uuid.New())
	defer done()
	w.change(func(w *world) {
		w.principal.Grants = append([]authz.Grant{{ID: uuid.New(), Role: authz.Admin, Area: icb}}, w.principal.Grants...)
		w.principal.Organisations = []string{"RGM", "RGT"}
		w.principal.GrantVersion, w.principal.Map = 8, 8
		w.within = map[authz.Area][]string{icb: {"RGM", "RGT", "RDE"}, trust: {"RGT", "RGT01"}}
	})
	watch.Everything()
	if err := ended(ctx, 50*time.Millisecond); err != nil {
		t.Errorf("it ended: %v", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked < 2 || w.reached != 8 {
		t.Errorf("asked %d times, with map %d", w.asked, w.reached)
	}
}

// Nothing rests on being told.
func TestWhatNobodyTellsOfIsFoundOut(t *testing.T) {
	w := newWorld()
	ctx, done := w.watch(5*time.Millisecond).While(t.Context(), w.principal, uuid.New())
	defer done()
	w.change(func(w *world) { w.signedIn = false })
	if err := ended(ctx, 10*time.Second); !errors.Is(err, access.ErrEnded) {
		t.Errorf("got %v", err)
	}
}

// What is revoked between the request's beginning and the watch's is noticed at once.
func TestTheFirstLookIsAtOnce(t *testing.T) {
	w := newWorld()
	began := w.principal
	w.principal.Grants = nil
	ctx, done := w.watch(never).While(t.Context(), began, uuid.New())
	defer done()
	if err := ended(ctx, 10*time.Second); !errors.Is(err, access.ErrEnded) {
		t.Errorf("got %v", err)
	}
}

func TestOthersAreNotWoken(t *testing.T) {
	w := newWorld()
	watch := w.watch(never)
	ctx, done := watch.While(t.Context(), w.principal, uuid.New())
	defer done()
	ended(ctx, 20*time.Millisecond)
	w.change(func(w *world) { w.signedIn = false })
	watch.Account(uuid.New())
	if err := ended(ctx, 50*time.Millisecond); err != nil {
		t.Errorf("somebody else's change ended it: %v", err)
	}
}

func TestWhoIsDoneIsForgotten(t *testing.T) {
	w := newWorld()
	ctx, done := w.watch(never).While(t.Context(), w.principal, uuid.New())
	done()
	if err := ended(ctx, 10*time.Second); !errors.Is(err, context.Canceled) || errors.Is(err, access.ErrEnded) {
		t.Errorf("got %v", err)
	}
}
