package graph_test

import (
	"strings"
	"testing"
	"time"
)

const whoAmI = `{ viewer { account { name } } }`

const linkIdentity = `mutation($token: String!) { linkIdentity(input: {idToken: $token}) { viewer { account { name } } userErrors { code message } } }`

// identityToken is the provider's for a subject, issued some time ago, with a verified
// e-mail address unless it is empty.
func (s *service) identityToken(subject, email string, age time.Duration) string {
	claims := s.provider.Claims(subject, time.Now().Add(-age))
	claims["exp"] = time.Now().Add(5 * time.Minute).Unix()
	if email != "" {
		claims["email"], claims["email_verified"] = email, true
	}
	return s.provider.Sign("at+jwt", claims)
}

// with answers what the graph says to whoever brings a token.
func (s *service) with(token, document string, variables map[string]any) string {
	s.t.Helper()
	s.tokens["whoever brings it"] = token
	return s.raw("whoever brings it", document, variables)
}

// refusedIdentity is the one answer to whoever has no account that can be used.
const refusedIdentity = "No account that can be used is connected with this identity."

func TestTheFirstTokenOfAVerifiedAddressLinksItsAccount(t *testing.T) {
	t.Parallel()
	s := newService(t)
	first := s.identityToken("asha", "Reporter@Staff.example", time.Minute)
	for step, want := range [][]string{
		{"identity.linked account oneself account", "session.opened account oneself account"},
		nil, // the same token is no other sign-in
	} {
		got := s.audited(reporter, func() {
			if answer := s.with(first, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
				t.Fatalf("it stands for %s", answer)
			}
		})
		if strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("step %d leaves %q, want %q", step, got, want)
		}
	}
	for name, token := range map[string]string{
		"without an address":        s.identityToken("asha", "", 0),
		"with another's address":    s.identityToken("asha", "colleague@staff.example", 0),
		"older than the one before": s.identityToken("asha", "", 2*time.Minute),
	} {
		if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
			t.Errorf("%s it stands for %s", name, answer)
		}
	}
	t.Run("whoever has the address next is somebody else", func(t *testing.T) {
		if answer := s.with(s.identityToken("another", "reporter@staff.example", 0), whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
			t.Errorf("answered %s", answer)
		}
	})
	t.Run("and does what its account may", func(t *testing.T) {
		id, _ := s.record(reporter, aFall())
		if answer := s.with(first, `{ event(id: "`+id+`") { textView } }`, nil); !strings.Contains(answer, "ORIGINAL") {
			t.Errorf("answered %s", answer)
		}
		if answer := s.with(first, `mutation { updateAccount(input: {firstName: "Ash"}) { viewer { account { name } } } }`, nil); !strings.Contains(answer, "Ash Kapoor") {
			t.Errorf("answered %s", answer)
		}
	})
}

// Whatever is amiss, the answer is the same: it tells nobody whether an address
// is known.
func TestIdentitiesWithoutAnAccountThatCanBeUsed(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.exec("UPDATE account SET status = 'LOCKED' WHERE email = 'colleague@staff.example'")
	s.exec("UPDATE account SET status = 'AWAITING_ACTIVATION' WHERE email = 'admin@staff.example'")
	unverified := s.provider.Claims("asha", time.Now())
	unverified["email"], unverified["email_verified"] = "reporter@staff.example", false
	answers := map[string]string{}
	for name, token := range map[string]string{
		"an address of nobody":                s.identityToken("nobody", "nobody@staff.example", 0),
		"no address":                          s.identityToken("addressless", "", 0),
		"an address that is not verified":     s.provider.Sign("at+jwt", unverified),
		"an account that is locked":           s.identityToken("tomasz", "colleague@staff.example", 0),
		"an account that was never activated": s.identityToken("kwame", "admin@staff.example", 0),
	} {
		got := s.audited(reporter, func() { answers[s.with(token, whoAmI, nil)] = name })
		if len(got) != 1 || !strings.HasPrefix(got[0], "session.refused anonymous") {
			t.Errorf("%s leaves %q", name, got)
		}
	}
	if len(answers) != 1 {
		t.Errorf("they are answered %v", answers)
	}
	for answer := range answers {
		if !strings.Contains(answer, refusedIdentity) || !strings.Contains(answer, "registerAccount") || !strings.Contains(answer, "UNAUTHENTICATED") {
			t.Errorf("answered %s", answer)
		}
	}
}

// A linked identity is no way round a lock, and closing ends it.
func TestALinkedIdentityEndsWithItsAccount(t *testing.T) {
	t.Parallel()
	s := newService(t)
	token := s.identityToken("asha", "reporter@staff.example", 0)
	s.with(token, whoAmI, nil)
	s.becomes("LOCKED")
	if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
		t.Errorf("a locked account: %s", answer)
	}
	s.becomes("ACTIVE")
	if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
		t.Errorf("unlocked: %s", answer)
	}
	s.ask(reporter, `mutation { closeAccount(input: {password: "`+password+`"}) { acknowledged } }`, nil)
	if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, refusedIdentity) {
		t.Errorf("a closed account: %s", answer)
	}
}

func (s *service) becomes(status string) {
	s.exec("UPDATE account SET status = ? WHERE email = 'reporter@staff.example'", status)
}

func TestLinkingAnIdentity(t *testing.T) {
	t.Parallel()
	s := newService(t)
	link := func(reader, token string) string { return s.raw(reader, linkIdentity, map[string]any{"token": token}) }
	token := s.identityToken("asha", "", 0)
	for range 2 {
		if answer := link(reporter, token); !strings.Contains(answer, "Asha Kapoor") {
			t.Fatalf("answered %s", answer)
		}
	}
	if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, "Asha Kapoor") {
		t.Errorf("its token stands for %s", answer)
	}
	for name, tt := range map[string]struct{ reader, token, code string }{
		"another account's":        {colleague, token, "DUPLICATE"},
		"a second of the account":  {reporter, s.identityToken("second", "", 0), "DUPLICATE"},
		"one that lay about":       {organisational, s.identityToken("old", "", 11*time.Minute), "EXPIRED"},
		"the service's own token":  {organisational, s.tokens[organisational], "INVALID"},
		"one for another audience": {organisational, s.provider.Sign("", map[string]any{"iss": s.provider.Issuer(), "aud": "x", "sub": "y", "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()}), "INVALID"},
	} {
		if answer := link(tt.reader, tt.token); !strings.Contains(answer, `"code":"`+tt.code+`"`) || !strings.Contains(answer, `"viewer":null`) {
			t.Errorf("%s: answered %s", name, answer)
		}
	}
	var linked int
	if err := s.db.NewRaw("SELECT count(*) FROM account_identity").Scan(t.Context(), &linked); err != nil || linked != 1 {
		t.Errorf("%d are linked, %v", linked, err)
	}
}

func TestTokensOfTheProviderThatAreNotGood(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.with(s.identityToken("asha", "reporter@staff.example", 0), whoAmI, nil)
	expired := s.provider.Claims("asha", time.Now().Add(-time.Hour))
	audience := s.provider.Claims("asha", time.Now())
	audience["aud"] = "another"
	for name, token := range map[string]string{"expired": s.provider.Sign("at+jwt", expired), "for another": s.provider.Sign("at+jwt", audience)} {
		if answer := s.with(token, whoAmI, nil); !strings.Contains(answer, "UNAUTHENTICATED") || strings.Contains(answer, "Asha") {
			t.Errorf("%s: answered %s", name, answer)
		}
	}
	s.provider.Away.Store(true)
	s.provider.Rotate(true)
	if answer := s.with(s.identityToken("asha", "", 0), whoAmI, nil); strings.Contains(answer, "Asha") {
		t.Errorf("with a key that cannot be had: answered %s", answer)
	}
}
