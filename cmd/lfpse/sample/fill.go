package sample

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"lfpse/db"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/organisation"
	"lfpse/internal/redaction"
)

// Options say what to make.
type Options struct {
	DB       *db.DB
	Events   *event.Service
	Accounts *account.Service
	Map      *organisation.Map
	Password string // of every sample account
	Seed     uint64
	Count    int // of incidents
	// Until is the latest that anything is recorded.
	Until time.Time
	Log   *slog.Logger
	// Again adds events to a database that has some.
	Again bool
}

// author is a sample reporter.
type author struct {
	principal authz.Principal
	known     []redaction.Known
}

// Fill makes the sample accounts that are missing, and events unless there are
// some.
func Fill(ctx context.Context, o Options) error {
	begun := time.Now()
	trusts := trustsOf(o.Map)
	authors, err := accounts(ctx, o, trusts)
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
	if err := events(ctx, o, trusts, authors); err != nil {
		return err
	}
	if _, err := o.DB.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("gathering statistics for the planner: %w", err)
	}
	o.Log.InfoContext(ctx, "sample events are made", "events", o.Count, "seconds", int(time.Since(begun).Seconds()))
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

// accounts makes the accounts unless they are there, and answers each trust's
// reporters by ODS code.
func accounts(ctx context.Context, o Options, trusts []*organisation.Organisation) (map[string][]author, error) {
	var wanted []account.NewAccount
	hash, err := o.Accounts.HashPassword(ctx, o.Password)
	if err != nil {
		return nil, err
	}
	for _, p := range People() {
		wanted = append(wanted, p.account(hash))
	}
	wanted = append(wanted, staff(rand.New(rand.NewPCG(o.Seed, 1)), trusts)...)
	var some bool
	if err := o.DB.NewRaw("SELECT EXISTS (SELECT 1 FROM account WHERE email = ?)", wanted[0].Email).Scan(ctx, &some); err != nil {
		return nil, fmt.Errorf("looking for sample accounts: %w", err)
	}
	if !some {
		_, problems, err := o.Accounts.Create(ctx, wanted)
		if err != nil {
			return nil, err
		}
		for _, p := range problems {
			return nil, fmt.Errorf("making sample accounts: %s: %s", strings.Join(p.Path, "."), p.Message)
		}
	}
	return authorsOf(ctx, o)
}

func authorsOf(ctx context.Context, o Options) (map[string][]author, error) {
	var rows []struct {
		ID                               uuid.UUID
		FirstName, LastName, Email, Code string
	}
	err := o.DB.NewRaw(`SELECT a.id, a.first_name, a.last_name, a.email, o.organisation AS code
		FROM account AS a JOIN account_organisation AS o ON o.account_id = a.id
		WHERE a.email LIKE '%.example' ORDER BY a.email`).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading sample accounts: %w", err)
	}
	authors := map[string][]author{}
	for _, row := range rows {
		authors[row.Code] = append(authors[row.Code], author{
			principal: authz.Principal{Kind: authz.Account, ID: row.ID, Organisations: []string{row.Code}},
			known:     []redaction.Known{{Role: "reporter", Given: row.FirstName, Family: row.LastName, Email: row.Email}},
		})
	}
	return authors, nil
}

// chunk is how many events are prepared and written together.
const chunk = 1000

// events makes the incidents chunk by chunk; each chunk has chance of its own, so that
// chunks can be made side by side and are the same each time.
func events(ctx context.Context, o Options, trusts []*organisation.Organisation, authors map[string][]author) error {
	volumes := volumesOf(rand.New(rand.NewPCG(o.Seed, 2)), trusts)
	day := o.Until.UTC().Truncate(24 * time.Hour)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for start := 0; start < o.Count; start += chunk {
		group.Go(func() error {
			r := rand.New(rand.NewPCG(o.Seed, uint64(start)+3))
			made := make([]event.Submission, 0, chunk)
			for range min(chunk, o.Count-start) {
				trust := volumes.draw(r)
				s, err := submission(r, o, trust, authors[string(trust.ODSCode)], day)
				if err != nil {
					return err
				}
				made = append(made, s)
			}
			return db.CopyEvents(ctx, o.DB, made)
		})
	}
	return group.Wait()
}

// volumesOf spreads events over trusts unevenly, the two of the sample
// accounts among the busiest.
func volumesOf(r *rand.Rand, trusts []*organisation.Organisation) weighted[*organisation.Organisation] {
	volumes := make(weighted[*organisation.Organisation], len(trusts))
	for i, trust := range trusts {
		volumes[i].value, volumes[i].share = trust, math.Exp(r.NormFloat64()*0.8)
		if trust.ODSCode == firstTrust || trust.ODSCode == otherTrust {
			volumes[i].share = 4
		}
	}
	return volumes
}

func submission(r *rand.Rand, o Options, trust *organisation.Organisation, reporters []author, day time.Time) (event.Submission, error) {
	in, at := incident(r, trust, o.Map.Sites(trust.ODSCode), day)
	reporter := pick(r, reporters)
	s, err := o.Events.Prepare(in, reporter.principal, at, reporter.known)
	if err != nil {
		return event.Submission{}, err
	}
	s.Row.Reference, err = event.DrawReference(chance{r})
	return s, err
}

// chance makes bytes of a seeded source.
type chance struct{ r *rand.Rand }

func (c chance) Read(p []byte) (int, error) {
	var b [8]byte
	for i := 0; i < len(p); i += len(b) {
		binary.LittleEndian.PutUint64(b[:], c.r.Uint64())
		copy(p[i:], b[:])
	}
	return len(p), nil
}
