package account_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

func entryFor(who someone, at time.Time) audit.Entry {
	return audit.Entry{At: at, ActorKind: audit.System, Action: "account.changed", Subject: gid.Format(gid.Account, who.id)}
}

func (w *world) refresh(t *testing.T, token string) *account.Session {
	t.Helper()
	session, problems, err := w.Refresh(t.Context(), token)
	must(t, err)
	if session == nil {
		t.Fatalf("%+v", problems)
	}
	return session
}

func (w *world) refusesToRefresh(t *testing.T, token string) {
	t.Helper()
	session, problems, err := w.Refresh(t.Context(), token)
	must(t, err)
	if session != nil {
		t.Fatal("renewed")
	}
	want := fault.Problems{{Code: fault.Invalid, Message: "This session cannot be renewed. Please sign in again.", Path: []string{"refreshToken"}}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Error(diff)
	}
}

func TestRenewingASession(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	first := w.signIn(t, who)
	w.clock.pass(9 * time.Minute)
	second := w.refresh(t, first.RefreshToken)
	if second.RefreshToken == first.RefreshToken {
		t.Error("the refresh token is the same")
	}
	w.clock.pass(5 * time.Minute)
	if _, err := w.Authenticate(t.Context(), first.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("the first access token, after its end: %v", err)
	}
	caller, err := w.Authenticate(t.Context(), second.AccessToken)
	must(t, err)
	if caller.Principal.ID != who.id || caller.Family != first.Caller.Family {
		t.Error("another account, or another session")
	}
	w.refresh(t, second.RefreshToken)
}

func TestAUsedRefreshTokenEndsTheWholeSession(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	first, other := w.signIn(t, who), w.signIn(t, who)
	second := w.refresh(t, first.RefreshToken)
	w.refusesToRefresh(t, first.RefreshToken)
	w.refusesToRefresh(t, second.RefreshToken)
	if _, err := w.Authenticate(t.Context(), second.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("the access token is good: %v", err)
	}
	if _, err := w.Authenticate(t.Context(), other.AccessToken); err != nil {
		t.Errorf("the person's other session: %v", err)
	}
	w.refusesToRefresh(t, first.RefreshToken)
	if n := w.audited(t, "session.token_reused", gid.Format(gid.Account, who.id)); n != 1 {
		t.Errorf("audited %d times, want once", n)
	}
}

func TestOfManyWhoRenewAtOnceExactlyOneWins(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		session := w.signIn(t, w.person(t, nil))
		var won atomic.Int64
		var wait sync.WaitGroup
		start := make(chan struct{})
		for range 12 {
			wait.Go(func() {
				<-start
				renewed, _, err := w.Refresh(t.Context(), session.RefreshToken)
				if err != nil {
					t.Error(err)
				}
				if renewed != nil {
					won.Add(1)
				}
			})
		}
		close(start)
		wait.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d won", won.Load())
		}
		var used, unused int
		must(t, w.db.NewRaw("SELECT count(used_at), count(*) - count(used_at) FROM refresh_token WHERE family_id = ?", session.Caller.Family).
			Scan(t.Context(), &used, &unused))
		if used != 1 || unused != 1 {
			t.Errorf("%d tokens used and %d made, want one each", used, unused)
		}
	}
}

func TestRefreshTokensThatAreNotGood(t *testing.T) {
	w := newWorld(t)
	session := w.signIn(t, w.person(t, nil))
	for name, token := range map[string]string{
		"nothing":          "",
		"an access token":  session.AccessToken,
		"one letter short": session.RefreshToken[:len(session.RefreshToken)-1],
		"another letter":   "lfpse_refresh_" + strings.Repeat("A", 43),
		"without prefix":   strings.TrimPrefix(session.RefreshToken, "lfpse_refresh_"),
	} {
		t.Run(name, func(t *testing.T) { w.refusesToRefresh(t, token) })
	}
	w.refresh(t, session.RefreshToken)
}

func TestASessionEndsWhenNobodyRenewsIt(t *testing.T) {
	w := newWorld(t)
	session := w.signIn(t, w.person(t, nil))
	w.clock.pass(12*time.Hour - time.Second)
	session = w.refresh(t, session.RefreshToken)
	w.clock.pass(12 * time.Hour)
	w.refusesToRefresh(t, session.RefreshToken)
}

func TestASessionEndsAfterThirtyDaysHoweverOftenItIsRenewed(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	session := w.signIn(t, who)
	for range 30*3 - 1 {
		w.clock.pass(8 * time.Hour)
		session = w.refresh(t, session.RefreshToken)
	}
	w.clock.pass(8*time.Hour - time.Minute)
	session = w.refresh(t, session.RefreshToken)
	w.clock.pass(time.Minute)
	w.refusesToRefresh(t, session.RefreshToken)
	if _, err := w.Authenticate(t.Context(), session.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("the access token outlives the session: %v", err)
	}
	w.signIn(t, who)
	var families int
	must(t, w.db.NewRaw("SELECT count(*) FROM session_family WHERE account_id = ?", who.id).Scan(t.Context(), &families))
	if families != 1 {
		t.Errorf("%d sessions kept, want only the one that lasts", families)
	}
}

func TestRefreshTokensAreNotInTheDatabase(t *testing.T) {
	w := newWorld(t)
	session := w.signIn(t, w.person(t, nil))
	var n int
	must(t, w.db.NewRaw("SELECT count(*) FROM refresh_token t WHERE strpos(t::text, encode(?::bytea, 'hex')) > 0 OR strpos(t::text, ?) > 0",
		[]byte(session.RefreshToken), session.RefreshToken).Scan(t.Context(), &n))
	if n != 0 {
		t.Error("found")
	}
}

func TestAChangeOfAccessTakesHoldOnTheVeryNextRequest(t *testing.T) {
	w := newWorld(t)
	now := w.clock.Now
	ask := func(t *testing.T, session *account.Session) authz.Principal {
		t.Helper()
		caller, err := w.Authenticate(t.Context(), session.AccessToken)
		must(t, err)
		return caller.Principal
	}
	grant := func(who someone) account.Grant {
		return account.Grant{
			UUID: uuid.New(), Account: who.id, Role: authz.Admin,
			Area: authz.Area{Type: authz.AreaOrganisation, Code: trust}, GrantedAt: now(),
		}
	}

	t.Run("a grant is given, then revoked", func(t *testing.T) {
		who := w.person(t, nil)
		session, g := w.signIn(t, who), grant(who)
		before := ask(t, session)
		must(t, w.store.AddGrant(t.Context(), g, entryFor(who, now())))
		given := ask(t, session)
		if len(before.Grants) != 0 || len(given.Grants) != 1 || given.Grants[0].Role != authz.Admin || given.GrantVersion <= before.GrantVersion {
			t.Errorf("before %+v, given %+v", before, given)
		}
		must(t, w.store.RevokeGrant(t.Context(), g, entryFor(who, now())))
		revoked := ask(t, session)
		if len(revoked.Grants) != 0 || revoked.GrantVersion <= given.GrantVersion {
			t.Errorf("revoked %+v", revoked)
		}
	})
	t.Run("a grant ends by itself", func(t *testing.T) {
		who := w.person(t, nil)
		session, g := w.signIn(t, who), grant(who)
		g.Until = now().Add(time.Minute)
		must(t, w.store.AddGrant(t.Context(), g, entryFor(who, now())))
		if p := ask(t, session); len(p.Grants) != 1 || !p.Grants[0].Until.Equal(g.Until) {
			t.Errorf("%+v", p)
		}
		w.clock.pass(time.Minute)
		if p := ask(t, session); len(p.Grants) != 0 {
			t.Errorf("%+v", p)
		}
	})
	for _, move := range []account.Move{account.Lock, account.Close} {
		t.Run("an account is "+strings.ToLower(string(move.To())), func(t *testing.T) {
			who := w.person(t, nil)
			session := w.signIn(t, who)
			w.move(t, who, move)
			if _, err := w.Authenticate(t.Context(), session.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("got %v", err)
			}
			// However it may become active again.
			_, err := w.db.NewRaw("UPDATE account SET status = 'ACTIVE' WHERE id = ?", who.id).Exec(t.Context())
			must(t, err)
			if _, err := w.Authenticate(t.Context(), session.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("its session came back with it: %v", err)
			}
			w.refusesToRefresh(t, session.RefreshToken)
			w.signIn(t, who)
		})
	}
}

func TestATokenForASessionOfSomebodyElseIsNotGood(t *testing.T) {
	w := newWorld(t)
	mine, theirs := w.person(t, nil), w.signIn(t, w.person(t, nil))
	token, _, err := w.tokens.Issue(mine.id, theirs.Caller.Family)
	must(t, err)
	if _, err := w.Authenticate(t.Context(), token); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("got %v", err)
	}
	token, _, err = w.tokens.Issue(mine.id, uuid.New())
	must(t, err)
	if _, err := w.Authenticate(t.Context(), token); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("a session that never was: %v", err)
	}
}

func TestAnUnauthenticatedFaultTellsOneThing(t *testing.T) {
	w := newWorld(t)
	session := w.signIn(t, w.person(t, nil))
	_, err := w.SignOut(t.Context(), session.Caller)
	must(t, err)
	said := make(map[string]bool)
	for _, token := range []string{"", "secret", session.AccessToken} {
		_, err := w.Authenticate(t.Context(), token)
		kind, message := fault.Public(err)
		if kind != fault.Unauthenticated {
			t.Errorf("got %v", err)
		}
		said[message] = true
	}
	if len(said) != 1 {
		t.Error("the message tells why")
	}
}

func TestWhoIsSignedInIsOneStatement(t *testing.T) {
	w := newWorld(t)
	session := w.signIn(t, w.person(t, func(n *account.NewAccount) {
		n.Organisations = []string{trust, otherTrust}
		n.Grants = []account.NewGrant{
			{Role: authz.Admin, Area: authz.Area{Type: authz.AreaOrganisation, Code: trust}},
			{Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaOrganisation, Code: otherTrust}},
		}
	}))
	ctx, counter := db.CountStatements(t.Context())
	caller, err := w.Authenticate(ctx, session.AccessToken)
	must(t, err)
	if len(caller.Principal.Grants) != 2 || len(caller.Principal.Organisations) != 2 {
		t.Errorf("%+v", caller.Principal)
	}
	if n := counter.Count(); n != 1 {
		t.Errorf("%d statements", n)
	}
}
