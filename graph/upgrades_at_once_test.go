package graph_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// many records events whose texts an earlier engine had anonymised.
func (s *sealed) many(events *event.Service, n int) {
	s.t.Helper()
	for i := range n {
		s.recorded(events, fmt.Sprintf("Mrs Pemberton fell %d times.", i))
	}
	s.outdate()
}

// An upgrade that is stopped keeps what it has done, and the next goes on.
func TestAnUpgradeGoesOnWhereItWasStopped(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	const n = 120
	s.many(events, n)
	ctx, stop := context.WithCancel(t.Context())
	told := 0
	first, err := events.Upgrade(ctx, event.UpgradeOptions{Outdated: func(all int) { told = all }, Done: func(int) { stop() }})
	done, _ := s.upToDate()
	if !errors.Is(err, context.Canceled) || done == 0 || done == n || first.Events != done || told != n {
		t.Fatalf("it ends with %v, %d of %d done and %+v told", err, done, told, first)
	}
	second := s.upgrade(events)
	if done, all := s.upToDate(); done != all || first.Events+second.Events != n {
		t.Errorf("%d and %d of %d were done, %d are", first.Events, second.Events, n, done)
	}
}

// meddled is a store that does something while a batch is under way.
type meddled struct {
	event.Store
	during func() error
}

func (m meddled) Upgrade(ctx context.Context, scope authz.Scope, b event.Batch, rewrite event.Rewrite) (int, uuid.UUID, error) {
	return m.Store.Upgrade(ctx, scope, b, func(ctx context.Context, events []event.KeptTexts) ([]event.KeptTexts, error) {
		kept, err := rewrite(ctx, events)
		return kept, errors.Join(err, m.during())
	})
}

// An upgrade that is killed in the middle of a batch leaves that batch as it
// was.
func TestAnUpgradeKilledInABatchLeavesItWhole(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	s.many(event.NewService(s.options), 3)
	before := s.dump()
	killed := s.options
	errKilled := errors.New("it was killed")
	killed.Store = meddled{s.options.Store, func() error { return errKilled }}
	u, err := event.NewService(killed).Upgrade(t.Context(), event.UpgradeOptions{Outdated: func(int) {}, Done: func(int) {}})
	if !errors.Is(err, errKilled) || u.Events != 0 || s.dump() != before {
		t.Errorf("it ends with %v and %+v", err, u)
	}
}

// Several upgrades at once share the work.
func TestUpgradesAtOnce(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	const n, processes = 160, 3
	s.many(events, n)
	upgrades := make([]event.Upgrade, processes)
	errs := make([]error, processes)
	var wait sync.WaitGroup
	for i := range processes {
		wait.Go(func() {
			upgrades[i], errs[i] = events.Upgrade(t.Context(), event.UpgradeOptions{Outdated: func(int) {}, Done: func(int) {}})
		})
	}
	wait.Wait()
	sum := 0
	for _, u := range upgrades {
		sum += u.Events
	}
	if done, all := s.upToDate(); errors.Join(errs...) != nil || sum != n || done != all {
		t.Errorf("%d of %d were done, %d are: %v", sum, n, done, errs)
	}
}

// While a batch is under way, readers read and an update waits; it is then made
// on what the upgrade left, and neither is lost.
func TestAnUpdateDuringAnUpgrade(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	plain := event.NewService(s.options)
	id := s.recorded(plain, "Nothing yet.")
	s.formerlyRedacted(id, [2]map[string]string{telling("Mrs Pemberton fell. By the blue door."), telling("Mrs Pemberton fell. By the [ADDRESS].")})
	updated := make(chan error, 1)
	slow := s.options
	slow.Store = meddled{s.options.Store, func() error {
		go func() {
			_, problems, err := plain.Update(s.as(reporter), id, 1, describe("pemberton slipped. By the blue door."))
			if len(problems) > 0 {
				err = fmt.Errorf("%v", problems)
			}
			updated <- err
		}()
		s.waits()
		if got := s.readBy(plain, organisational, id); got != "Mrs Pemberton fell. By the [ADDRESS]." {
			t.Errorf("a reader reads %q", got)
		}
		return nil
	}}
	if u := s.upgrade(event.NewService(slow)); u.Events != 1 {
		t.Errorf("it changed %+v", u)
	}
	if err := <-updated; err != nil {
		t.Fatal(err)
	}
	want := []string{"[NAME 1] slipped. By the [ADDRESS].", "Mrs [NAME 1] fell. By the [ADDRESS]."}
	if diff := cmp.Diff(want, s.history(plain, id)); diff != "" {
		t.Error(diff)
	}
}

// waits waits until a statement waits for a lock.
func (s *sealed) waits() {
	s.t.Helper()
	for range 1000 {
		var waiting bool
		err := s.db.NewRaw(`SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(s.t.Context(), &waiting)
		if err != nil {
			s.t.Error(err)
			return
		}
		if waiting {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Error("nothing waits")
}

// What somebody is changing is passed over, and done at the end.
func TestAnUpgradePassesOverWhatIsBeingChanged(t *testing.T) {
	t.Parallel()
	s := newSealed(t)
	events := event.NewService(s.options)
	const n = 60
	s.many(events, n)
	tx := must[bun.Tx](t)(s.db.BeginTx(t.Context(), nil))
	var locked uuid.UUID
	if err := tx.NewRaw(`SELECT id FROM event ORDER BY id LIMIT 1 FOR UPDATE`).Scan(t.Context(), &locked); err != nil {
		t.Fatal(err)
	}
	ended := make(chan event.Upgrade, 1)
	go func() { ended <- s.upgrade(events) }()
	s.waits()
	if done, _ := s.upToDate(); done != n-1 {
		t.Errorf("while one is being changed %d are done", done)
	}
	if _, err := tx.NewRaw(`UPDATE event SET level_of_concern = 'VERY' WHERE id = ?`, locked).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	u := <-ended
	if done, all := s.upToDate(); u.Events != n || done != all {
		t.Errorf("%d of %d are done, of %+v", done, all, u)
	}
	var concern string
	if err := s.db.NewRaw(`SELECT level_of_concern FROM event WHERE id = ?`, locked).Scan(t.Context(), &concern); err != nil || concern != "VERY" {
		t.Errorf("the change is %q, %v", concern, err)
	}
}
