package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/account"
)

// signedInAccount is an account with a session.
func signedInAccount(t *testing.T, accounts *db.Accounts, now time.Time) (id, family uuid.UUID) {
	t.Helper()
	id, family = uuid.New(), uuid.New()
	err := accounts.CreateAccounts(t.Context(), []account.Created{{Record: account.Record{
		ID: id, Email: id.String() + "@nhs.test", FirstName: "Mary", LastName: "Seacole", Status: account.Active, CreatedAt: now,
	}, PasswordHash: "proved"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = accounts.OpenSession(t.Context(), account.Opening{
		Family: family, Account: id, ExpiresAt: now.Add(time.Hour), Proved: "proved",
		Token: account.RefreshToken{Hash: account.TokenHash(append(id[:], family[:]...)), IssuedAt: now, ExpiresAt: now.Add(time.Hour)},
		Entry: granting(id),
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, family
}

// Requests that wait for another's statement are answered together, each with its own
// account, and by what holds when theirs is sent: a session that is revoked while they
// wait is over.
func TestRequestsAtOnceAreEachToldWhoTheyAre(t *testing.T) {
	d := dbtest.New(t)
	accounts := db.NewAccounts(d.DB, dbtest.Outbox(t, d))
	now := time.Now()
	type session struct{ id, family uuid.UUID }
	var all []session
	for range 6 {
		id, family := signedInAccount(t, accounts, now)
		all = append(all, session{id, family})
	}
	revoked, strange := all[4], session{all[5].id, all[0].family} // of another's session

	// A lock holds whoever reads sessions.
	lock, err := d.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Rollback(context.WithoutCancel(t.Context())) //nolint:errcheck // it is over by then
	if _, err := lock.Exec(t.Context(), "LOCK TABLE session_family"); err != nil {
		t.Fatal(err)
	}
	type told struct {
		who   account.Caller
		found bool
		err   error
	}
	ask := func(s session) <-chan told {
		answered := make(chan told, 1)
		go func() {
			who, found, err := accounts.SignedIn(t.Context(), s.id, s.family, now)
			answered <- told{who, found, err}
		}()
		return answered
	}
	first := ask(all[0])
	for waits := 0; waits == 0; {
		if err := d.Pool.QueryRow(t.Context(), "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'session_family'::regclass").Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	asked := map[session]<-chan told{all[0]: first}
	for _, s := range append(all[1:5:5], strange) {
		asked[s] = ask(s)
	}
	if _, err := lock.Exec(t.Context(), "UPDATE session_family SET revoked_at = now() WHERE id = $1", revoked.family); err != nil {
		t.Fatal(err)
	}
	if err := lock.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for s, answered := range asked {
		is := <-answered
		if is.err != nil {
			t.Fatal(is.err)
		}
		if want := s != revoked && s != strange; is.found != want {
			t.Errorf("%v is signed in: %v", s, is.found)
		}
		if is.found && (is.who.Account.ID != s.id || is.who.Principal.ID != s.id || is.who.Family != s.family) {
			t.Errorf("%v is told to be %v", s, is.who.Account.ID)
		}
	}
}
