package sample

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"lfpse/db"
	"lfpse/internal/account"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
	"lfpse/internal/taxonomy"
)

// Options say what to make.
type Options struct {
	DB       *db.DB
	Events   *event.Service
	Accounts *account.Service
	Map      *organisation.Map
	Taxonomy *taxonomy.Registry
	Password string // of every sample account
	Seed     uint64
	Count    int // of events, drafts included
	// Until is the latest that anything is recorded: the end of the day before.
	Until time.Time
	Log   *slog.Logger
	// Again adds events to a database that has some.
	Again bool
}

// Fill makes the sample accounts that are missing, and events unless there are
// some.
func Fill(ctx context.Context, o Options) error {
	begun := time.Now()
	trusts := trustsOf(o.Map)
	people, err := hire(ctx, o, trusts)
	if err != nil {
		return err
	}
	var already uint64
	if err := o.DB.NewRaw("SELECT count(*) FROM event").Scan(ctx, &already); err != nil {
		return fmt.Errorf("counting events: %w", err)
	}
	if already > 0 && !o.Again || o.Count == 0 {
		return nil
	}
	o.Seed += already // further events are others than those that are there
	m, err := newMaker(o, trusts, people)
	if err != nil {
		return err
	}
	var first []plan
	if already == 0 {
		first = m.showcase()
	}
	if err := m.fill(ctx, first); err != nil {
		return fmt.Errorf("making sample events: %w", err)
	}
	if err := analyse(ctx, o.DB); err != nil {
		return err
	}
	took := time.Since(begun)
	o.Log.InfoContext(ctx, "sample events are made", "events", o.Count, "seconds", int(took.Seconds()), "per_second", perSecond(o.Count, took))
	return nil
}

// analyse gathers statistics for the planner, table by table: each statement has a time limit of its own.
func analyse(ctx context.Context, d *db.DB) error {
	for _, table := range []string{
		"account", "account_organisation", "access_grant", "audit_entry", "event", "event_revision", "event_original", "event_patient", "withdrawal_original",
	} {
		if _, err := d.ExecContext(ctx, "ANALYZE "+table); err != nil {
			return fmt.Errorf("gathering statistics for the planner: %w", err)
		}
	}
	return nil
}

func trustsOf(m *organisation.Map) []*organisation.Organisation {
	var trusts []*organisation.Organisation
	for _, o := range m.Organisations() {
		if o.Type == organisation.NHSTrust && o.Active {
			trusts = append(trusts, o)
		}
	}
	return trusts
}

// chunk is how many events are prepared and written together: what is in memory
// at once is a few of them, however many there are to be.
const chunk = 500

// fill makes the events chunk by chunk, those planned before all others. Each chunk has chance of its own, so that
// chunks can be made side by side and are the same each time.
func (m *maker) fill(ctx context.Context, first []plan) error {
	var made atomic.Int64
	defer m.showing(ctx, &made)()
	// What is made is written and forgotten: a heap of a few times the usual size is cheaper than collecting it all the time.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	group, ctx := errgroup.WithContext(ctx)
	// While some wait for the database, others prepare.
	group.SetLimit(2 * runtime.GOMAXPROCS(0))
	for start := 0; start < m.o.Count && ctx.Err() == nil; start += chunk {
		plans := first[min(start, len(first)):min(start+chunk, len(first))]
		size := min(chunk, m.o.Count-start)
		group.Go(func() error {
			r := rand.New(rand.NewPCG(m.o.Seed, uint64(start)+3))
			b, err := m.batch(r, plans, size)
			if err != nil {
				return err
			}
			if err := m.write(ctx, r, b); err != nil {
				return err
			}
			made.Add(int64(size))
			return nil
		})
	}
	return group.Wait()
}

// batch makes a number of events, as planned and then as it comes.
func (m *maker) batch(r *rand.Rand, plans []plan, size int) (*batch, error) {
	b := &batch{lives: make([]event.Life, 0, size)}
	for i := range size {
		p := m.any(r)
		if i < len(plans) {
			p = plans[i]
		}
		if err := m.add(r, p, b); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// maxDraws bounds how often references are drawn again where one is taken.
const maxDraws = 4

func (m *maker) write(ctx context.Context, r *rand.Rand, b *batch) error {
	for range maxDraws {
		err := db.CopyEvents(ctx, m.o.DB, b.lives, b.drafts)
		if !errors.Is(err, event.ErrReferenceTaken) {
			return err
		}
		if err := b.refer(r); err != nil {
			return err
		}
	}
	return event.ErrReferenceTaken
}

// refer draws every reference again.
func (b *batch) refer(r *rand.Rand) (err error) {
	for i := range b.lives {
		if b.lives[i].Row.Reference, err = event.DrawReference(seeded{r}); err != nil {
			return err
		}
	}
	for i := range b.drafts {
		if b.drafts[i].Reference, err = event.DrawReference(seeded{r}); err != nil {
			return err
		}
	}
	return nil
}

// showEvery is how often somebody who waits is told how far it is.
const showEvery = 5 * time.Second

// showing tells how many events are made from time to time, until it is
// stopped.
func (m *maker) showing(ctx context.Context, made *atomic.Int64) (stop func()) {
	begun, ticker, done := time.Now(), time.NewTicker(showEvery), make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				n := int(made.Load())
				m.o.Log.InfoContext(ctx, "making sample events", "made", n, "of", m.o.Count, "per_second", perSecond(n, time.Since(begun)))
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
	}
}

func perSecond(n int, took time.Duration) int { return int(float64(n) / took.Seconds()) }
