package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
)

func TestSigningInGivesASession(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	session, problems, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: password})
	must(t, err)
	if session == nil || len(problems) > 0 {
		t.Fatalf("problems: %+v", problems)
	}
	if want := w.clock.Now().Add(10 * time.Minute); !session.ExpiresAt.Equal(want) {
		t.Errorf("the access token ends at %v, want %v", session.ExpiresAt, want)
	}
	caller, err := w.Authenticate(t.Context(), session.AccessToken)
	must(t, err)
	if caller.Principal.ID != who.id || caller.Principal.Kind != authz.Account {
		t.Error("the token stands for somebody else")
	}
	if diff := cmp.Diff(session.Caller, caller); diff != "" {
		t.Errorf("the session's caller is another: %s", diff)
	}
	if diff := cmp.Diff([]string{trust}, caller.Principal.Organisations); diff != "" {
		t.Error(diff)
	}
	if w.audited(t, "session.opened", gid.Format(gid.Account, who.id)) != 1 {
		t.Error("not audited")
	}
}

func TestNeitherTokenSaysWhoSomebodyIs(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	session := w.signIn(t, who)
	for _, token := range []string{session.AccessToken, session.RefreshToken} {
		if strings.Contains(token, who.email) || strings.Contains(token, "Nightingale") {
			t.Error("a token holds an address or a name")
		}
	}
}

func TestCapitalLettersOfAnAddressDoNotMatter(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, func(n *account.NewAccount) { n.Email = strings.ToUpper(n.Email) })
	who.email = strings.ToLower(who.email)
	w.signIn(t, who)
}

// Somebody who is refused learns nothing of why: neither from the answer nor
// from how much work it was.
func TestEveryRefusalIsTheSame(t *testing.T) {
	w := newWorld(t)
	in := func(status account.Status) someone {
		return w.person(t, func(n *account.NewAccount) { n.Status = status })
	}
	tries := map[string]account.Credentials{
		"wrong password":                {Email: w.person(t, nil).email, Password: "wrong horse battery staple"},
		"no password":                   {Email: w.person(t, nil).email},
		"unknown address":               {Email: "nobody@nhs.test", Password: password},
		"no address":                    {Email: "nobody", Password: password},
		"bytes that are no text":        {Email: "nobody\x00\xff@nhs.test", Password: "\xff\x00"},
		"locked":                        {Email: in(account.Locked).email, Password: password},
		"closed":                        {Email: in(account.Closed).email, Password: password},
		"waiting for approval":          {Email: in(account.AwaitingApproval).email, Password: password},
		"waiting for activation":        {Email: in(account.AwaitingActivation).email, Password: password},
		"an account without a password": {Email: w.person(t, func(n *account.NewAccount) { n.Password = "" }).email, Password: password},
	}
	want := fault.Problems{{Code: fault.Invalid, Message: "The e-mail address or the password is not right.", Path: []string{"email"}}}
	for name, credentials := range tries {
		t.Run(name, func(t *testing.T) {
			before := w.work.Times.Load()
			session, problems, err := w.SignIn(t.Context(), credentials)
			must(t, err)
			if session != nil {
				t.Fatal("signed in")
			}
			if diff := cmp.Diff(want, problems); diff != "" {
				t.Error(diff)
			}
			if n := w.work.Times.Load() - before; n != 1 {
				t.Errorf("%d hashes, want 1", n)
			}
			if w.work.Last.Load() != light() {
				t.Error("the hash was other work")
			}
		})
	}
}

func TestARefusalIsAuditedWithoutTheAddress(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	_, _, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: "wrong horse battery staple"})
	must(t, err)
	unknown := uuid.NewString() + "@nhs.test"
	_, _, err = w.SignIn(t.Context(), account.Credentials{Email: unknown, Password: password})
	must(t, err)
	if w.audited(t, "session.refused", gid.Format(gid.Account, who.id)) != 1 {
		t.Error("not audited")
	}
	var n int
	must(t, w.db.NewRaw("SELECT count(*) FROM audit_entry e WHERE strpos(e::text, ?) > 0 OR strpos(e::text, ?) > 0",
		who.email, unknown).Scan(t.Context(), &n))
	if n != 0 {
		t.Error("the audit trail holds an address")
	}
}

// Where nobody has the address, what is read and written is as large as where
// somebody has: the entry names an account that never was, another each time.
func TestARefusalOfNobodyIsKeptLikeOneOfSomebody(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	var before int64
	must(t, w.db.NewRaw("SELECT coalesce(max(id), 0) FROM audit_entry").Scan(t.Context(), &before))
	for _, email := range []string{who.email, uuid.NewString() + "@nhs.test", uuid.NewString() + "@nhs.test"} {
		_, _, err := w.SignIn(t.Context(), account.Credentials{Email: email, Password: "wrong horse battery staple"})
		must(t, err)
	}
	var entries []struct {
		Subject, Why string
		Known        bool
	}
	must(t, w.db.NewRaw(`SELECT subject, detail->>'why' AS why, EXISTS (SELECT FROM account a WHERE 'account_' || replace(a.id::text, '-', '') = subject) AS known
		FROM audit_entry WHERE action = 'session.refused' AND id > ? ORDER BY id`, before).Scan(t.Context(), &entries))
	if len(entries) != 3 || entries[0].Subject != gid.Format(gid.Account, who.id) || entries[1].Subject == entries[2].Subject {
		t.Fatalf("kept are %+v", entries)
	}
	for i, entry := range entries {
		if len(entry.Subject) != len(entries[0].Subject) || entry.Known != (i == 0) || (entry.Why == "unknown") != (i > 0) {
			t.Errorf("kept is %+v", entry)
		}
	}
	if got, err := w.store.CredentialsByEmail(t.Context(), uuid.NewString()+"@nhs.test"); err != nil || got != (account.Stored{}) {
		t.Errorf("nobody has %+v, %v", got, err)
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	for name, email := range map[string]string{"somebody's": w.person(t, nil).email, "nobody's": uuid.NewString() + "@nhs.test"} {
		t.Run(name, func(t *testing.T) {
			var tries int
			for range 50 {
				_, _, err := w.SignIn(t.Context(), account.Credentials{Email: email, Password: "wrong horse battery staple"})
				if fault.KindOf(err) == fault.RateLimited {
					break
				}
				must(t, err)
				tries++
			}
			if tries != 10 {
				t.Errorf("%d tries, want 10", tries)
			}
		})
	}
}

func TestWhoeverSignsInIsNotSlowedDown(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	for range 30 {
		w.signIn(t, who)
	}
}

func TestSigningInRenewsAnOldHash(t *testing.T) {
	w := newWorldOf(t, account.Params{Memory: 16, Passes: 2, Lanes: 1})
	old, err := account.NewHasher(light(), 1)
	must(t, err)
	hash, err := old.Hash(t.Context(), password)
	must(t, err)
	who := w.person(t, func(n *account.NewAccount) { n.Password, n.PasswordHash = "", hash })
	stored := func() string {
		held, err := w.store.CredentialsByEmail(t.Context(), who.email)
		must(t, err)
		return held.PasswordHash
	}
	w.signIn(t, who)
	renewed := stored()
	if !strings.HasPrefix(renewed, "$argon2id$v=19$m=16,t=2,p=1$") {
		t.Fatal("the hash is as it was")
	}
	w.signIn(t, who)
	if stored() != renewed {
		t.Error("a hash that is up to date was renewed")
	}
}

// A password that is changed while somebody signs in with the old one leaves no
// session behind that began under the old one.
func TestASessionDoesNotBeginUnderAPasswordThatIsGone(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	held, err := w.store.CredentialsByEmail(t.Context(), who.email)
	must(t, err)
	opening := account.Opening{Family: uuid.New(), Account: who.id, Proved: held.PasswordHash + "x"}
	if _, err := w.store.OpenSession(t.Context(), opening); !errors.Is(err, account.ErrOvertaken) {
		t.Errorf("got %v", err)
	}
}

func TestSigningOutEndsTheSessionAtOnce(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	left, kept := w.signIn(t, who), w.signIn(t, who)
	ended, err := w.SignOut(t.Context(), left.Caller)
	must(t, err)
	if !ended {
		t.Error("there was nothing to end")
	}
	if _, err := w.Authenticate(t.Context(), left.AccessToken); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("its access token: %v", err)
	}
	if session, _, err := w.Refresh(t.Context(), left.RefreshToken); session != nil || err != nil {
		t.Errorf("its refresh token is good, or %v", err)
	}
	if _, err := w.Authenticate(t.Context(), kept.AccessToken); err != nil {
		t.Errorf("the person's other session: %v", err)
	}
	if again, err := w.SignOut(t.Context(), left.Caller); again || err != nil {
		t.Errorf("a second time: %v, %v", again, err)
	}
	if nobody, err := w.SignOut(t.Context(), account.Caller{}); nobody || err != nil {
		t.Errorf("nobody: %v, %v", nobody, err)
	}
	if w.audited(t, "session.ended", gid.Format(gid.Account, who.id)) != 1 {
		t.Error("not audited once")
	}
}
