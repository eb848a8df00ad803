package policies

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
)

func TestDecisionsAreKept(t *testing.T) {
	w := newWorld(t)
	admin := anAccount(grant(authz.Admin, authz.AreaOrganisation, "A"))
	for range 3 {
		w.scope(t, admin, authz.Events)
	}
	if asked := w.country.asked.Load(); asked != 1 {
		t.Errorf("the area was looked up %d times", asked)
	}
	for range 3 {
		w.scope(t, authz.Principal{Kind: authz.Anonymous}, authz.Events)
	}
	if kept := w.decisions.kept.Len(); kept != 2 {
		t.Errorf("%d decisions are kept", kept)
	}
}

func TestDecisionsAreEachReadersOwn(t *testing.T) {
	w := newWorld(t)
	one, other := anAccount(), anAccount()
	other.ID = uuid.New()
	client := aClient()
	client.ID = one.ID
	for _, p := range []authz.Principal{one, other, client, {}} {
		scope := w.scope(t, p, authz.Events)
		if scope.Principal().ID != p.ID {
			t.Errorf("the scope of %s is given to %s", scope.Principal().ID, p.ID)
		}
		if got, want := names(scope.Rows(), p.ID.String()), p.Kind != ""; got != want {
			t.Errorf("%s: rows are %s", p.ID, sqlOf(scope.Rows()))
		}
	}
	if events, accounts := w.scope(t, one, authz.Events), w.scope(t, one, authz.Accounts); sqlOf(events.Rows()) == sqlOf(accounts.Rows()) {
		t.Error("two nouns have one decision")
	}
}

// A change of access takes hold on the very next request.
func TestNewGrantVersionIsANewDecision(t *testing.T) {
	w := newWorld(t)
	admin := anAccount(grant(authz.Admin, authz.AreaOrganisation, "A"))
	if !names(w.scope(t, admin, authz.Events).Rows(), "A01") {
		t.Fatal("an admin does not see the area")
	}
	revoked := anAccount()
	revoked.GrantVersion = admin.GrantVersion + 1
	if names(w.scope(t, revoked, authz.Events).Rows(), "A01") {
		t.Error("a former admin still sees the area")
	}
}

func TestNewMapIsANewDecision(t *testing.T) {
	w := newWorld(t)
	reader := anAccount(grant(authz.ReadOnly, authz.AreaRegion, "R"))
	w.scope(t, reader, authz.Events)
	w.country.version.Add(1)
	w.scope(t, reader, authz.Events)
	if asked := w.country.asked.Load(); asked != 2 {
		t.Errorf("the area was looked up %d times", asked)
	}
}

// Whoever changes what a principal holds may forget to raise its version.
func TestOtherGrantsAreAnotherDecisionWhateverTheVersion(t *testing.T) {
	w := newWorld(t)
	held := grant(authz.Admin, authz.AreaOrganisation, "A")
	w.scope(t, anAccount(held), authz.Events)
	if names(w.scope(t, anAccount(), authz.Events).Rows(), "A01") {
		t.Error("a former admin still sees the area")
	}
	shorter, elsewhere, lesser := held, held, held
	shorter.Until = noon.Add(time.Minute)
	elsewhere.Area = authz.Area{Type: authz.AreaICB, Code: "OLD"}
	lesser.Role = authz.ReadOnly
	nowhere := anAccount(held)
	nowhere.Organisations = nil
	both := anAccount(held)
	both.Organisations = []string{"A", "B"}
	for _, p := range []authz.Principal{anAccount(shorter), anAccount(elsewhere), anAccount(lesser), anAccount(held, shorter), nowhere, both} {
		before := w.decisions.kept.Len()
		w.scope(t, p, authz.Events)
		if w.decisions.kept.Len() != before+1 {
			t.Errorf("%v has the decision of another", p)
		}
	}
}

// No decision rests on a map that is older than the one that is stored.
func TestAStoredMapIsReachedFirst(t *testing.T) {
	w := newWorld(t)
	reader := anAccount(grant(authz.ReadOnly, authz.AreaRegion, "R"))
	w.scope(t, reader, authz.Events)
	reader.Map = 5
	w.scope(t, reader, authz.Events)
	if held, asked := w.country.Version(), w.country.asked.Load(); held != 5 || asked != 2 {
		t.Errorf("the map is %d, and the area was looked up %d times", held, asked)
	}
	reader.Map = 6
	w.country.unreadable.Store(true)
	if scope, err := w.Scope(t.Context(), reader, authz.Events); err == nil || !scope.Rows().IsFalse() {
		t.Errorf("without the map the rows are %s, %v", sqlOf(scope.Rows()), err)
	}
	if may, err := w.May(t.Context(), reader, authz.RecordEvent); err == nil || may {
		t.Errorf("without the map something is allowed: %v", err)
	}
}

func TestGrantsCountFromTheirFirstInstantToTheirLast(t *testing.T) {
	for _, test := range []struct {
		name        string
		from, until time.Time
		sees        bool
		ends        time.Time
	}{
		{"open-ended", noon.Add(-time.Hour), time.Time{}, true, midnight},
		{"of always", time.Time{}, time.Time{}, true, midnight},
		{"begins now", noon, time.Time{}, true, midnight},
		{"begins in an instant", noon.Add(1), time.Time{}, false, noon.Add(1)},
		{"ends in an instant", noon.Add(-time.Hour), noon.Add(1), true, noon.Add(1)},
		{"ends now", noon.Add(-time.Hour), noon, false, time.Time{}},
		{"ends after the map changes", noon.Add(-time.Hour), midnight.Add(time.Hour), true, midnight},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			g := grant(authz.Organisational, authz.AreaOrganisation, "A")
			g.From, g.Until = test.from, test.until
			scope := w.scope(t, anAccount(g), authz.Events)
			if got := names(scope.Rows(), "A01"); got != test.sees {
				t.Errorf("sees the area: %v", got)
			}
			if !scope.Until().Equal(test.ends) {
				t.Errorf("the decision stands until %v, want %v", scope.Until(), test.ends)
			}
		})
	}
}

func TestNationalGrantsStandWhateverTheMap(t *testing.T) {
	w := newWorld(t)
	scope := w.scope(t, anAccount(grant(authz.NationalLead, authz.AreaNational, "")), authz.Events)
	if !scope.Until().IsZero() || w.country.asked.Load() != 0 {
		t.Errorf("the decision stands until %v, the map was asked %d times", scope.Until(), w.country.asked.Load())
	}
}

// Time passes by itself: no version changes when a grant ends or begins.
func TestDecisionEndsWithAGrant(t *testing.T) {
	w := newWorld(t)
	ending, beginning := grant(authz.Admin, authz.AreaOrganisation, "A"), grant(authz.Admin, authz.AreaICB, "OLD")
	ending.Until, beginning.From = noon.Add(time.Hour), noon.Add(2*time.Hour)
	admin := anAccount(ending, beginning)
	for _, step := range []struct {
		at   time.Duration
		a, b bool
	}{
		{0, true, false},
		{time.Hour - 1, true, false},
		{time.Hour, false, false},
		{2*time.Hour - 1, false, false},
		{2 * time.Hour, false, true},
	} {
		w.clock.set(noon.Add(step.at))
		rows := w.scope(t, admin, authz.Events).Rows()
		if a, b := names(rows, "A"), names(rows, "B"); a != step.a || b != step.b {
			t.Errorf("after %v: sees A %v, B %v", step.at, a, b)
		}
	}
}

// When an ICB passes its organisations on, its people see them no longer and
// its successor's do, not a moment sooner.
func TestDecisionEndsWhenTheMapChanges(t *testing.T) {
	w := newWorld(t)
	before := anAccount(grant(authz.ReadOnly, authz.AreaICB, "OLD"))
	after := anAccount(grant(authz.ReadOnly, authz.AreaICB, "NEW"))
	after.ID = uuid.New()
	for _, step := range []struct {
		at         time.Time
		old, newer bool
	}{{midnight.Add(-1), true, false}, {midnight, false, true}} {
		w.clock.set(step.at)
		if got := names(w.scope(t, before, authz.Events).Rows(), "B"); got != step.old {
			t.Errorf("%v: OLD's people see B: %v", step.at, got)
		}
		if got := names(w.scope(t, after, authz.Events).Rows(), "B"); got != step.newer {
			t.Errorf("%v: NEW's people see B: %v", step.at, got)
		}
	}
}

// May ends as Scope does.
func TestActionsEndWithAGrant(t *testing.T) {
	w := newWorld(t)
	g := grant(authz.ReadOnly, authz.AreaICB, "OLD")
	g.Until = noon.Add(time.Hour)
	for _, step := range []struct {
		at   time.Time
		want bool
	}{{noon, true}, {noon.Add(time.Hour), false}} {
		w.clock.set(step.at)
		ok, err := w.May(t.Context(), anAccount(g), authz.ViewAreaEvents)
		if err != nil || ok != step.want {
			t.Errorf("%v: %v, %v", step.at, ok, err)
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	a, err := New(t.Context(), Options{Geography: &country{}, CacheSize: 5})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		p := anAccount()
		p.ID = uuid.New()
		scope, err := a.Scope(t.Context(), p, authz.Events)
		if err != nil || !names(scope.Rows(), p.ID.String()) {
			t.Fatalf("scope of another reader, or %v", err)
		}
	}
	if kept := a.decisions.kept.Len(); kept != 5 {
		t.Errorf("%d decisions are kept", kept)
	}
}

// Everybody of a shift signs in at once: each gets their own answer, and what
// several ask at once is worked out once.
func TestManyAskAtOnce(t *testing.T) {
	w := newWorld(t)
	var readers []authz.Principal
	for range 8 {
		p := anAccount(grant(authz.Admin, authz.AreaOrganisation, "A"))
		p.ID = uuid.New()
		readers = append(readers, p)
	}
	var wg sync.WaitGroup
	for range 8 {
		for _, p := range readers {
			wg.Go(func() {
				scope, err := w.Scope(t.Context(), p, authz.Events)
				if err != nil || !names(scope.Rows(), p.ID.String()) {
					t.Errorf("%s: error %v, rows %s", p.ID, err, sqlOf(scope.Rows()))
				}
				if _, err := w.May(t.Context(), p, authz.RecordEvent); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
}

// A request that ends early takes no other's answer with it.
func TestEvaluationOutlivesItsRequest(t *testing.T) {
	d, err := newDecisions(1)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	got, err := d.get(ctx, key{about: "x"}, noon, func(ctx context.Context) (decision, error) {
		cancel()
		return decision{allowed: true}, ctx.Err()
	})
	if err != nil || !got.allowed {
		t.Errorf("%v, %v", got.allowed, err)
	}
}
