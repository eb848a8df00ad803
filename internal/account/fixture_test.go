package account_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/db/reference"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/notification"
	"lfpse/internal/organisation"
	"lfpse/internal/token"
	"lfpse/policies"
)

const password = "correct horse battery staple"

// Two trusts of the map that the service ships.
const (
	trust      = "RL4"
	otherTrust = "RXK"
)

// clock is a time that tests move by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is the account service on a real database, under the real policy.
type world struct {
	*account.Service
	store  *db.Accounts
	db     *db.DB
	outbox func() []notification.Mail
	tokens *token.Tokens
	clock  *clock
	work   *account.Work
}

func newWorld(t testing.TB) *world { return newWorldOf(t, light()) }

// light is as little work as Argon2id can be: tests hash often.
func light() account.Params { return account.Params{Memory: 8, Passes: 1, Lanes: 1} }

func newWorldOf(t testing.TB, params account.Params) *world {
	t.Helper()
	w := &world{clock: &clock{now: time.Now().UTC().Truncate(time.Second)}}
	w.db = dbtest.New(t, dbtest.WithReference("map", func(ctx context.Context, d *db.DB) error {
		_, err := reference.Load(ctx, d.DB)
		return err
	}))
	outbox, mails := dbtest.OpenOutbox(t, w.db)
	w.outbox, w.store = mails, db.NewAccounts(w.db.DB, outbox)
	path := filepath.Join(t.TempDir(), "keys.json")
	must(t, token.Create(path))
	var err error
	w.tokens, err = token.Open(path, token.Options{Issuer: "https://lfpse.test", Audience: "lfpse", Now: w.clock.Now})
	must(t, err)
	directory, err := organisation.NewDirectory(t.Context(), db.NewOrganisations(w.db.DB))
	must(t, err)
	policy, err := policies.New(t.Context(), policies.Options{Geography: directory, Now: w.clock.Now})
	must(t, err)
	hasher, err := account.NewHasher(params, 2)
	must(t, err)
	w.Service, err = account.New(t.Context(), account.Options{
		Store: w.store, Tokens: w.tokens, Policy: policy, Hasher: hasher, Now: w.clock.Now, Domains: []string{"nhs.net"},
	})
	must(t, err)
	w.work = hasher.Watch()
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// someone is an account that a test works with.
type someone struct {
	id    uuid.UUID
	email string
}

// person creates an active account with a profile, changed as the test wants.
func (w *world) person(t *testing.T, change func(*account.NewAccount)) someone {
	t.Helper()
	n := account.NewAccount{
		Email: uuid.NewString() + "@nhs.test", FirstName: "Florence", LastName: "Nightingale", JobRole: "Nurse",
		Password: password, Organisations: []string{trust},
	}
	if change != nil {
		change(&n)
	}
	ids, problems, err := w.Create(t.Context(), []account.NewAccount{n})
	must(t, err)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return someone{ids[0], n.Email}
}

func (w *world) signIn(t *testing.T, who someone) *account.Session {
	t.Helper()
	session, problems, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: password})
	must(t, err)
	if session == nil {
		t.Fatalf("%+v", problems)
	}
	return session
}

func (w *world) principal(t *testing.T, who someone) authz.Principal {
	t.Helper()
	return w.signIn(t, who).Caller.Principal
}

// audited counts the entries of an action about an account.
func (w *world) audited(t *testing.T, action, subject string) int {
	t.Helper()
	var n int
	must(t, w.db.NewRaw("SELECT count(*) FROM audit_entry WHERE action = ? AND subject = ?", action, subject).Scan(t.Context(), &n))
	return n
}

// move moves an account to another status.
func (w *world) move(t *testing.T, who someone, move account.Move) {
	t.Helper()
	_, err := w.store.Change(t.Context(), account.Change{Account: who.id, Move: move, At: w.clock.Now()})
	must(t, err)
}
