package db_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// ears keep what a listener is told, in order.
type ears struct {
	mu    sync.Mutex
	heard []string
}

func (e *ears) add(what string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, what)
}

func (e *ears) Account(id uuid.UUID) { e.add(id.String()) }
func (e *ears) Map()                 { e.add("map") }
func (e *ears) Everything()          { e.add("everything") }

func (e *ears) count(what string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, heard := range e.heard {
		if heard == what {
			n++
		}
	}
	return n
}

func (e *ears) wait(t *testing.T, what string, times int) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); e.count(what) < times; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s was heard %d times, not %d", what, e.count(what), times)
		}
	}
}

func listening(t *testing.T, d *db.DB, quiet time.Duration) *ears {
	t.Helper()
	e := &ears{}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var ended sync.WaitGroup
	ended.Go(func() { db.ListenAndTry(ctx, d, e, slog.New(slog.DiscardHandler), quiet) })
	t.Cleanup(func() {
		stop()
		ended.Wait()
	})
	e.wait(t, "everything", 1)
	return e
}

func notify(t *testing.T, d *db.DB, payload string) {
	t.Helper()
	if _, err := d.Pool.Exec(t.Context(), "SELECT pg_notify('access', $1)", payload); err != nil {
		t.Fatal(err)
	}
}

// listener answers the process that a listener's connection has at the server.
func listener(t *testing.T, d *db.DB) (pid int) {
	t.Helper()
	err := d.NewRaw(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lfpse listener'`).Scan(t.Context(), &pid)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestWhatIsNotUnderstoodMayBeAnything(t *testing.T) {
	d := dbtest.Fresh(t)
	e := listening(t, d, time.Minute)
	id := uuid.New()
	notify(t, d, id.String())
	notify(t, d, "map")
	notify(t, d, "what a later version tells")
	e.wait(t, "everything", 2)
	if e.count(id.String()) != 1 || e.count("map") != 1 {
		t.Errorf("heard were %v", e.heard)
	}
}

// A connection on which nothing is told is tried, and kept.
func TestASilentConnectionIsTriedAndKept(t *testing.T) {
	d := dbtest.Fresh(t)
	e := listening(t, d, 10*time.Millisecond)
	first := listener(t, d)
	time.Sleep(200 * time.Millisecond) // silence is what is tested
	notify(t, d, "map")
	e.wait(t, "map", 1)
	if second := listener(t, d); second != first || e.count("everything") != 1 {
		t.Errorf("the connection was made anew: %v", e.heard)
	}
}

// Whatever was told while nobody listened is made up for by looking at everything.
func TestALostConnectionIsMadeAnewAndEverythingLookedAt(t *testing.T) {
	d := dbtest.Fresh(t)
	e := listening(t, d, time.Minute)
	for round := range 3 {
		if _, err := d.Pool.Exec(t.Context(), "SELECT pg_terminate_backend($1)", listener(t, d)); err != nil {
			t.Fatal(err)
		}
		e.wait(t, "everything", 1+2*(round+1)) // where it was lost, and where there is another
	}
	notify(t, d, "map")
	e.wait(t, "map", 1)
}
