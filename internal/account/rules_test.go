package account

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/fault"
)

func TestAddressesAreKeptInOneForm(t *testing.T) {
	for given, want := range map[string]string{
		"nurse@trust.nhs.uk":         "nurse@trust.nhs.uk",
		"Nurse.Name@Trust.NHS.uk":    "nurse.name@trust.nhs.uk",
		" nurse+lfpse@trust.nhs.uk ": "nurse+lfpse@trust.nhs.uk",
	} {
		if got, ok := ParseEmail(given); !ok || got != want {
			t.Errorf("%q: got %q, %v", given, got, ok)
		}
	}
}

func TestWhatIsNoAddress(t *testing.T) {
	for _, given := range []string{
		"", "nurse", "nurse@", "@trust.nhs.uk", "nurse@localhost", "nurse@trust.", "Nurse <nurse@trust.nhs.uk>",
		"\"a nurse\"@trust.nhs.uk", "a nurse@trust.nhs.uk", "nurse@[127.0.0.1]", "nurse@trust.nhs.uk, other@trust.nhs.uk",
		"nurse\x00@trust.nhs.uk", "nurse\xff@trust.nhs.uk", "nur\u017Fe@trust.nhs.uk", "n\u00FCrse@trust.nhs.uk", "nurse@trust.nhs.u\u212A", "nurse@tru\u0455t.nhs.uk", strings.Repeat("n", 250) + "@trust.nhs.uk",
	} {
		if got, ok := ParseEmail(given); ok || got != "" {
			t.Errorf("%q is taken for an address", given)
		}
	}
}

func TestPasswordsThatMayBeChosen(t *testing.T) {
	own := []string{"florence.nightingale@trust.nhs.uk", "Florence", "Nightingale"}
	for password, want := range map[string]fault.Code{
		"correct horse battery staple":           "",
		"zebra-lantern-42":                       "",
		"florence and the machine":               "",
		"short":                                  fault.Invalid,
		"elevenchars":                            fault.Invalid,
		"aaaaaaaaaaaaaaaa":                       fault.Invalid,
		"abababababababab":                       fault.Invalid,
		"FlorenceNightingale1":                   fault.Invalid,
		"florence.nightingale@trust":             fault.Invalid,
		strings.Repeat("correct horse ", 20):     fault.TooLong,
		"\u00e9\u00e8\u00ea\u00eb\u00e9\u00e8ab": fault.Invalid, // counts characters, not bytes
	} {
		var problems fault.Problems
		checkPassword(&problems, password, own...)
		var got fault.Code
		if len(problems) > 0 {
			got = problems[0].Code
		}
		if got != want || len(problems) > 1 {
			t.Errorf("%q: got %d problems, first %q, want %q", password, len(problems), got, want)
		}
	}
}

func TestWhichRolesAreGivenOnWhichAreas(t *testing.T) {
	type at = authz.AreaType
	allowed := map[authz.Role]map[at]bool{
		authz.Organisational: {authz.AreaOrganisation: true, authz.AreaICB: true, authz.AreaRegion: true},
		authz.Admin:          {authz.AreaOrganisation: true, authz.AreaICB: true, authz.AreaRegion: true},
		authz.ReadOnly:       {authz.AreaOrganisation: true, authz.AreaICB: true, authz.AreaRegion: true},
		authz.NationalLead:   {authz.AreaNational: true},
		authz.Standard:       {}, // follows from the profile, never stored
		"KING":               {},
	}
	for role, areas := range allowed {
		for _, area := range []at{authz.AreaOrganisation, authz.AreaICB, authz.AreaRegion, authz.AreaNational, "MOON"} {
			if got := grantable(role, area); got != areas[area] {
				t.Errorf("%s on %s: %v", role, area, got)
			}
		}
	}
}

func TestWhatBecomesOfARefreshToken(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	good := Presented{
		Account: uuid.New(), AccountStatus: Active, Family: uuid.New(),
		FamilyEnds: now.Add(48 * time.Hour), Expires: now.Add(time.Hour),
	}
	next := TokenHash{1}
	cases := map[string]struct {
		change        func(*Presented)
		renews, kills bool
	}{
		"good":                       {func(*Presented) {}, true, false},
		"used":                       {func(p *Presented) { p.Used = true }, false, true},
		"used and idle too long":     {func(p *Presented) { p.Used, p.Expires = true, now }, false, true},
		"idle too long":              {func(p *Presented) { p.Expires = now }, false, false},
		"of a session that is over":  {func(p *Presented) { p.FamilyEnds = now }, false, false},
		"of a session that was left": {func(p *Presented) { p.FamilyRevoked = true }, false, false},
		"used, of a session left":    {func(p *Presented) { p.Used, p.FamilyRevoked = true, true }, false, false},
		"of a locked account":        {func(p *Presented) { p.AccountStatus = Locked }, false, false},
		"of a closed account":        {func(p *Presented) { p.AccountStatus = Closed }, false, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := good
			c.change(&p)
			got := renew(p, next, now)
			if (got.Next != nil) != c.renews || got.RevokeFamily != c.kills || (got.Entry != nil) != c.kills {
				t.Errorf("renews %v, ends the session %v, audited %v", got.Next != nil, got.RevokeFamily, got.Entry != nil)
			}
		})
	}
}

func TestARenewedTokenEndsWithItsSession(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]time.Duration{
		30 * 24 * time.Hour: 12 * time.Hour,
		12 * time.Hour:      12 * time.Hour,
		time.Hour:           time.Hour,
	} {
		if got := keep(TokenHash{}, now, now.Add(left)).ExpiresAt.Sub(now); got != want {
			t.Errorf("%v before the session's end: good for %v, want %v", left, got, want)
		}
	}
}

func TestGuessingIsSlowedDownPerAddress(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	throttle, err := newThrottle(func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	tries := func(email string) int {
		for n := range 1000 {
			if err := throttle.admit(email, netip.Addr{}); err != nil {
				if fault.KindOf(err) != fault.RateLimited {
					t.Fatal(err)
				}
				return n
			}
		}
		return 1000
	}
	if n := tries("a@nhs.test"); n != triesPerEmail {
		t.Errorf("%d tries at once, want %d", n, triesPerEmail)
	}
	if n := tries("b@nhs.test"); n != triesPerEmail {
		t.Errorf("another address pays for the first: %d tries", n)
	}
	now = now.Add(time.Minute)
	if n := tries("a@nhs.test"); n != 60/secondsPerEmail {
		t.Errorf("%d tries after a minute, want %d", n, 60/secondsPerEmail)
	}
	throttle.forgive("a@nhs.test")
	if n := tries("a@nhs.test"); n != triesPerEmail {
		t.Errorf("%d tries after signing in, want %d", n, triesPerEmail)
	}
}

func TestGuessingIsSlowedDownPerNetwork(t *testing.T) {
	throttle, err := newThrottle(func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	admit := func(from string) bool {
		return throttle.admit(uuid.NewString(), netip.MustParseAddr(from)) == nil
	}
	for range triesPerNetwork {
		if !admit("2001:db8::1") {
			t.Fatal("slowed down too soon")
		}
	}
	for from, want := range map[string]bool{
		"2001:db8::2":       false, // the same customer's
		"2001:db8:0:1::1":   true,
		"192.0.2.1":         true,
		"::ffff:192.0.2.77": true,
	} {
		if got := admit(from); got != want {
			t.Errorf("%s: admitted %v", from, got)
		}
	}
}

func TestTheThrottleForgetsRatherThanGrows(t *testing.T) {
	held, err := newBuckets[int](1, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	for key := range 10_000 {
		held.take(key, time.Time{})
	}
	if n := held.held.Len(); n != 100 {
		t.Errorf("remembers %d, want 100", n)
	}
}

func TestAViewShowsWhatItWasShown(t *testing.T) {
	full := Record{
		ID: uuid.New(), FirstName: "Florence", LastName: "Nightingale", JobRole: "Nurse", Private: true,
		Email: "florence@nhs.test", Organisations: []string{"RXX"}, Status: Active, CreatedAt: time.Now(),
	}
	private := newView(full)
	if private.Email() == nil || private.Status() == nil || private.CreatedAt() == nil || len(private.OrganisationCodes()) != 1 {
		t.Error("what was shown is missing")
	}
	if !private.Shows(authz.AccountPrivate) {
		t.Error("says that it does not show what it shows")
	}
	careless := full
	careless.Private = false
	public := newView(careless)
	if public.Email() != nil || public.Status() != nil || public.CreatedAt() != nil || public.OrganisationCodes() != nil {
		t.Error("shows what was not shown")
	}
	if public.record.Email != "" || public.Shows(authz.AccountPrivate) {
		t.Error("holds what was not shown")
	}
	if public.Name() != "Florence Nightingale" || *public.JobRole() != "Nurse" || !public.Shows(authz.Public) {
		t.Error("hides what is everybody's who sees the account")
	}
	if public.Shows(authz.TextOriginal) {
		t.Error("shows a class that accounts do not have")
	}
}
