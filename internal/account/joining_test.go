package account_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/account"
	"lfpse/internal/audit"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/notification"
)

const (
	chosen   = "seven lanterns over the estuary"
	answered = "Mrs O'Flaherty"
)

// ask has something looked at that was asked for an address, and answers the
// mail that it sends there; the zero Mail where it sends none.
func (w *world) ask(t *testing.T, what account.Question, email string, r *account.Registration) notification.Mail {
	t.Helper()
	before := len(w.mails(t, email))
	must(t, w.Answer(t.Context(), account.Asked{What: what, Email: email, Registration: r, At: w.clock.Now()}))
	after := w.mails(t, email)
	if len(after) == before {
		return notification.Mail{}
	}
	if len(after) != before+1 {
		t.Fatalf("%d mails at once", len(after)-before)
	}
	return after[before]
}

// mails are those that wait for an address.
func (w *world) mails(t *testing.T, email string) []notification.Mail {
	t.Helper()
	var found []notification.Mail
	for _, m := range w.outbox() {
		if m.To == email {
			found = append(found, m)
		}
	}
	return found
}

func registration() *account.Registration {
	return &account.Registration{FirstName: "Mary", LastName: "Seacole", JobRole: "Nurse", Organisation: trust, AcceptTerms: true}
}

// member registers and activates somebody.
func (w *world) member(t *testing.T) someone {
	t.Helper()
	email := uuid.NewString() + "@nhs.net"
	mail := w.ask(t, account.AskAccount, email, registration())
	session, problems, err := w.Activate(t.Context(), account.Activation{
		Token: mail.Token, Password: password, Question: account.SecurityQuestions()[0], Answer: answered,
	})
	must(t, err)
	if session == nil {
		t.Fatalf("activating: %+v", problems)
	}
	return someone{session.Caller.Account.ID, email}
}

func (w *world) reset(t *testing.T, token, answer string) fault.Problems {
	t.Helper()
	_, problems, err := w.ResetPassword(t.Context(), account.Reset{Token: token, Answer: answer, Password: chosen})
	must(t, err)
	return problems
}

func code(problems fault.Problems) string {
	if len(problems) == 0 {
		return ""
	}
	return string(problems[0].Code) + " " + strings.Join(problems[0].Path, ".")
}

func (w *world) status(t *testing.T, who someone) account.Status {
	t.Helper()
	stored, err := w.store.CredentialsByID(t.Context(), who.id)
	must(t, err)
	return stored.Status
}

func TestLinksEnd(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		lasts time.Duration
		token func() string
		use   func(token string) fault.Problems
	}{
		"activation": {4 * 24 * time.Hour, func() string {
			return w.ask(t, account.AskAccount, uuid.NewString()+"@nhs.net", registration()).Token
		}, func(token string) fault.Problems {
			_, problems, err := w.Activate(t.Context(), account.Activation{Token: token, Password: password, Question: account.SecurityQuestions()[0], Answer: answered})
			must(t, err)
			return problems
		}},
		"reset": {time.Hour, func() string {
			return w.ask(t, account.AskReset, w.member(t).email, nil).Token
		}, func(token string) fault.Problems { return w.reset(t, token, answered) }},
		"unlock": {time.Hour, func() string {
			who := w.member(t)
			w.move(t, who, account.Lock)
			return w.ask(t, account.AskUnlock, who.email, nil).Token
		}, func(token string) fault.Problems {
			problems, err := w.UnlockAccount(t.Context(), token)
			must(t, err)
			return problems
		}},
	} {
		t.Run(name, func(t *testing.T) {
			late, early := c.token(), c.token()
			w.clock.pass(c.lasts - time.Second)
			if got := code(c.use(early)); got != "" {
				t.Errorf("a second before its end: %s", got)
			}
			w.clock.pass(time.Second)
			if got := code(c.use(late)); got != "EXPIRED token" {
				t.Errorf("at its end: %s", got)
			}
			if got := code(c.use(early)); got != "EXPIRED token" {
				t.Errorf("used already: %s", got)
			}
		})
	}
}

func TestALinkIsOverWhenAnotherFollows(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	first := w.ask(t, account.AskReset, who.email, nil).Token
	second := w.ask(t, account.AskReset, who.email, nil).Token
	if got := code(w.reset(t, first, answered)); got != "EXPIRED token" {
		t.Errorf("the first: %s", got)
	}
	if got := code(w.reset(t, second, answered)); got != "" {
		t.Errorf("the second: %s", got)
	}
}

func TestALinkIsGoodForItsPurposeAlone(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	token := w.ask(t, account.AskReset, who.email, nil).Token
	if problems, err := w.UnlockAccount(t.Context(), token); err != nil || code(problems) != "EXPIRED token" {
		t.Errorf("unlocking with a reset link: %s, %v", code(problems), err)
	}
	_, problems, err := w.Activate(t.Context(), account.Activation{Token: token, Password: chosen, Question: account.SecurityQuestions()[0], Answer: answered})
	if err != nil || code(problems) != "EXPIRED token" {
		t.Errorf("activating with one: %s, %v", code(problems), err)
	}
	if _, ok, err := w.LinkShows(t.Context(), account.ToUnlock, token); ok || err != nil {
		t.Errorf("it shows an account to unlock: %v", err)
	}
}

func TestWrongAnswersEndALink(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	token := w.ask(t, account.AskReset, who.email, nil).Token
	for range 5 {
		if got := code(w.reset(t, token, "Mr Smith")); got != "INVALID securityAnswer" {
			t.Fatalf("a wrong answer: %s", got)
		}
	}
	if got := code(w.reset(t, token, answered)); got != "EXPIRED token" {
		t.Errorf("the right one after five wrong: %s", got)
	}
}

// Whichever way somebody guesses, the guesses are counted together.
func TestEveryWayOfProvingCountsTowardsTheLock(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	session := w.signIn(t, who)
	token := w.ask(t, account.AskReset, who.email, nil).Token
	wrong := []func() string{
		func() string {
			_, problems, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: "wrong horse battery staple"})
			must(t, err)
			return code(problems)
		},
		func() string { return code(w.reset(t, token, "Mr Smith")) },
		func() string {
			problems, err := w.ChangePassword(t.Context(), &session.Caller, account.NewPassword{Current: "wrong horse battery staple", New: chosen})
			must(t, err)
			return code(problems)
		},
	}
	for i := range 10 {
		if got := w.status(t, who); got != account.Active {
			t.Fatalf("%s after %d failures", got, i)
		}
		if got := wrong[i%len(wrong)](); !strings.HasPrefix(got, "INVALID") {
			t.Fatalf("failure %d is answered %q", i, got)
		}
	}
	if got := w.status(t, who); got != account.Locked {
		t.Errorf("%s after ten failures", got)
	}
	if w.audited(t, "account.locked", gid.Format(gid.Account, who.id)) != 1 || w.audited(t, "account.proof_refused", gid.Format(gid.Account, who.id)) != 6 {
		t.Error("not audited")
	}
	if mails := w.mails(t, who.email); mails[len(mails)-1].Kind != notification.AccountLocked {
		t.Errorf("its owner is told %v", mails)
	}
	w.clock.pass(20 * time.Minute) // no longer slowed down, and still locked
	if got := code(w.reset(t, token, answered)); got == "" {
		t.Error("a locked account is reset")
	}
	w.clock.pass(10 * time.Minute)
	if problems, err := w.ChangePassword(t.Context(), &session.Caller, account.NewPassword{Current: password, New: chosen}); err != nil || code(problems) == "" {
		t.Errorf("the password of a locked account is changed: %v", err)
	}
	w.clock.pass(10 * time.Minute)
	if session, _, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: password}); session != nil || err != nil {
		t.Errorf("signed in to a locked account: %v", err)
	}
}

func TestASuccessForgivesFailures(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	for range 3 {
		for range 9 {
			_, _, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: "wrong horse battery staple"})
			must(t, err)
		}
		w.signIn(t, who)
	}
	if got := w.status(t, who); got != account.Active {
		t.Errorf("%s after 27 failures, never ten in a row", got)
	}
}

func TestFailuresOfNobodyChangeNobody(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	failure := account.Failure{
		Counts: true, LockAfter: 1,
		Entry: audit.Entry{At: w.clock.Now(), ActorKind: audit.Anonymous, Action: "session.refused"},
	}
	must(t, w.store.Fail(t.Context(), failure))
	if got := w.status(t, who); got != account.Active {
		t.Errorf("somebody is %s", got)
	}
}

func TestWhatIsAskedForAnAddress(t *testing.T) {
	w := newWorld(t)
	in := func(status account.Status) string {
		return w.person(t, func(n *account.NewAccount) { n.Status = status }).email
	}
	for name, c := range map[string]struct {
		what  account.Question
		email string
		want  notification.Kind
	}{
		"a reset of nobody's":                 {account.AskReset, "nobody@nhs.net", ""},
		"a reset of an active account":        {account.AskReset, in(account.Active), notification.PasswordReset},
		"a reset of a locked one":             {account.AskReset, in(account.Locked), notification.Unlock},
		"a reset of one never activated":      {account.AskReset, in(account.AwaitingActivation), notification.Activation},
		"a reset of one that waits":           {account.AskReset, in(account.AwaitingApproval), ""},
		"a reset of a closed one":             {account.AskReset, in(account.Closed), ""},
		"an unlocking of nobody's":            {account.AskUnlock, "nobody@nhs.net", ""},
		"an unlocking of an active one":       {account.AskUnlock, in(account.Active), ""},
		"an unlocking of a locked one":        {account.AskUnlock, in(account.Locked), notification.Unlock},
		"a registration of an active one":     {account.AskAccount, in(account.Active), notification.AddressKnown},
		"a registration of a locked one":      {account.AskAccount, in(account.Locked), notification.AddressKnown},
		"a registration of one that waits":    {account.AskAccount, in(account.AwaitingApproval), notification.AwaitingApproval},
		"a registration of one not activated": {account.AskAccount, in(account.AwaitingActivation), notification.Activation},
		"a registration of a closed one":      {account.AskAccount, in(account.Closed), notification.AwaitingApproval},
		"a registration of nobody's":          {account.AskAccount, uuid.NewString() + "@nhs.net", notification.Activation},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.ask(t, c.what, c.email, registration()); got.Kind != c.want {
				t.Errorf("told %q, want %q", got.Kind, c.want)
			}
		})
	}
	if err := w.Answer(t.Context(), account.Asked{What: "no such", Email: "nobody@nhs.net"}); err == nil {
		t.Error("a question that is none is answered")
	}
}

func TestAskingIsBounded(t *testing.T) {
	w := newWorld(t)
	from := netip.MustParseAddr("192.0.2.1")
	for range 60 {
		if _, err := w.RequestReset(t.Context(), uuid.NewString()+"@nhs.net", from); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.RequestUnlock(t.Context(), uuid.NewString()+"@nhs.net", from); fault.KindOf(err) != fault.RateLimited {
		t.Errorf("from one network without end: %v", err)
	}
}

// One mailbox is not flooded through its subaddresses, and a second account of its
// owner's is not there before a national lead has looked at it.
func TestSubaddressesAreOneMailbox(t *testing.T) {
	w := newWorld(t)
	name := uuid.NewString()
	for _, tag := range []string{"", "+a", "+b"} {
		if _, err := w.RequestReset(t.Context(), name+tag+"@nhs.net", netip.Addr{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.RequestReset(t.Context(), name+"+c@nhs.net", netip.Addr{}); fault.KindOf(err) != fault.RateLimited {
		t.Errorf("a fourth mail to one mailbox: %v", err)
	}
	second := registration()
	second.Email = name + "+second@nhs.net"
	w.ask(t, account.AskAccount, second.Email, second)
	stored, err := w.store.CredentialsByEmail(t.Context(), second.Email)
	must(t, err)
	if stored.Status != account.AwaitingApproval {
		t.Errorf("a subaddress of a recognised domain is %s", stored.Status)
	}
}

// Somebody who changes the password while another changes it with the old one:
// the second is refused.
func TestAPasswordThatIsGoneProvesNothing(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	stored, err := w.store.CredentialsByID(t.Context(), who.id)
	must(t, err)
	change := account.Change{Account: who.id, In: []account.Status{account.Active}, Proved: stored.PasswordHash, PasswordHash: "another", At: w.clock.Now()}
	_, err = w.store.Change(t.Context(), change)
	must(t, err)
	if _, err := w.store.Change(t.Context(), change); !errors.Is(err, account.ErrOvertaken) {
		t.Errorf("got %v", err)
	}
}

// Legal moves are made, the others are not, whatever else the change holds.
func TestTheStoreMakesLegalMovesAlone(t *testing.T) {
	w := newWorld(t)
	for _, from := range []account.Status{account.AwaitingApproval, account.AwaitingActivation, account.Active, account.Locked, account.Closed} {
		for _, move := range []account.Move{account.Approve, account.Reject, account.Activate, account.Lock, account.Unlock, account.Close, "reopen"} {
			who := w.person(t, func(n *account.NewAccount) { n.Status = from })
			_, err := w.store.Change(t.Context(), account.Change{Account: who.id, Move: move, At: w.clock.Now()})
			want := from
			if move.Leaves(from) {
				want = move.To()
			}
			if (err == nil) != move.Leaves(from) || w.status(t, who) != want {
				t.Errorf("%s from %s: %v, and it is %s", move, from, err, w.status(t, who))
			}
		}
	}
}

func TestAClosedAccountsAddressIsFree(t *testing.T) {
	w := newWorld(t)
	who := w.member(t)
	w.move(t, who, account.Close)
	if _, problems, err := w.SignIn(t.Context(), account.Credentials{Email: who.email, Password: password}); err != nil || len(problems) == 0 {
		t.Errorf("the closed account still signs in: %v", err)
	}
	if got := w.ask(t, account.AskAccount, who.email, registration()); got.Kind != notification.Activation {
		t.Errorf("its owner comes back and is told %q", got.Kind)
	}
	again, err := w.store.CredentialsByEmail(t.Context(), who.email)
	must(t, err)
	if again.ID == who.id || again.Status != account.AwaitingActivation {
		t.Errorf("it is the account of before, %s", again.Status)
	}
}

func TestLeadsAreToldOfRegistrationsOnceAnHour(t *testing.T) {
	w := newWorld(t)
	email := uuid.NewString() + "@nhs.test"
	_, problems, err := w.CreateLead(t.Context(), account.NewAccount{Email: email, FirstName: "Ada", LastName: "Lead", Password: password})
	must(t, err)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i, c := range []struct {
		after time.Duration
		told  int
	}{{0, 1}, {time.Minute, 1}, {2 * time.Hour, 2}} {
		w.clock.pass(c.after)
		w.ask(t, account.AskAccount, uuid.NewString()+"@clinic.example", registration())
		if got := len(w.mails(t, email)); got != c.told {
			t.Errorf("after registration %d the lead has %d mails, want %d", i, got, c.told)
		}
	}
}
