package account_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/db"
	"lfpse/internal/account"
	"lfpse/internal/authz"
	"lfpse/internal/gid"
)

// records puts an event in the database that somebody recorded at a trust. What
// it says does not matter here, only who is behind it.
func (w *world) records(t *testing.T, by someone, organisation, status string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := w.db.NewRaw(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision,
			recorded_at, updated_at, organisation, redaction_version, recorded_by, withdrawn_at)
		VALUES (?0, ?1, 'INCIDENT', ?2, 'ONLINE', 5, CASE WHEN ?2 = 'DRAFT' THEN 0 ELSE 1 END,
			CASE WHEN ?2 <> 'DRAFT' THEN now() END, now(), ?3, '1', ?4, CASE WHEN ?2 = 'WITHDRAWN' THEN now() END)`,
		id, id.String(), status, organisation, by.id).Exec(t.Context())
	must(t, err)
	return id
}

// updates adds a revision of an event by somebody else.
func (w *world) updates(t *testing.T, by someone, event uuid.UUID) {
	t.Helper()
	_, err := w.db.NewRaw(`INSERT INTO event_revision (event_id, revision, at, recorded_by, redaction_version)
		VALUES (?, 2, now(), ?, '1')`, event, by.id).Exec(t.Context())
	must(t, err)
}

func (w *world) with(t *testing.T, role authz.Role, area authz.Area) someone {
	t.Helper()
	return w.person(t, func(n *account.NewAccount) {
		n.Organisations = nil
		n.Grants = []account.NewGrant{{Role: role, Area: area}}
	})
}

func at(code string) authz.Area { return authz.Area{Type: authz.AreaOrganisation, Code: code} }

func national() authz.Area { return authz.Area{Type: authz.AreaNational} }

// Sight is how much somebody sees of an account.
const (
	nothing = "nothing"
	named   = "name and job role"
	private = "all"
)

func sight(t *testing.T, view *account.View) string {
	t.Helper()
	if view == nil {
		return nothing
	}
	if view.Name() != "Florence Nightingale" || view.JobRole() == nil {
		t.Error("the name or the job role is missing")
	}
	shown := []bool{view.Email() != nil, view.Status() != nil, view.CreatedAt() != nil, view.OrganisationCodes() != nil}
	if slices.Contains(shown, true) != view.Shows(authz.AccountPrivate) || slices.Contains(shown, false) == view.Shows(authz.AccountPrivate) {
		t.Error("private fields are neither all shown nor all hidden")
	}
	if view.Shows(authz.AccountPrivate) {
		return private
	}
	return named
}

// The account that is looked at is of one trust, has recorded an event at
// another and updated a colleague's there.
func TestWhoSeesAnAccount(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	w.records(t, who, otherTrust, "SUBMITTED")
	updater := w.person(t, nil)
	w.updates(t, updater, w.records(t, w.person(t, nil), otherTrust, "SUBMITTED"))
	drafter := w.person(t, nil)
	w.records(t, drafter, otherTrust, "DRAFT")

	readers := map[string]struct {
		principal                authz.Principal
		recorded, updated, draft string
	}{
		"nobody signed in":                  {authz.Principal{Kind: authz.Anonymous}, nothing, nothing, nothing},
		"itself":                            {w.principal(t, who), private, nothing, nothing},
		"a colleague":                       {w.principal(t, w.person(t, nil)), nothing, nothing, nothing},
		"ADMIN of its trust":                {w.principal(t, w.with(t, authz.Admin, at(trust))), private, private, private},
		"ORGANISATIONAL of its trust":       {w.principal(t, w.with(t, authz.Organisational, at(trust))), nothing, nothing, nothing},
		"ADMIN where it recorded":           {w.principal(t, w.with(t, authz.Admin, at(otherTrust))), named, named, nothing},
		"ORGANISATIONAL where it recorded":  {w.principal(t, w.with(t, authz.Organisational, at(otherTrust))), named, named, nothing},
		"READ_ONLY where it recorded":       {w.principal(t, w.with(t, authz.ReadOnly, at(otherTrust))), nothing, nothing, nothing},
		"ADMIN of a trust it is nothing to": {w.principal(t, w.with(t, authz.Admin, at("RJE"))), nothing, nothing, nothing},
		"NATIONAL_LEAD":                     {w.principal(t, w.with(t, authz.NationalLead, national())), private, private, private},
	}
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			views, err := w.Accounts(t.Context(), reader.principal, []uuid.UUID{who.id, updater.id, drafter.id, uuid.New()})
			must(t, err)
			got := []string{sight(t, views[who.id]), sight(t, views[updater.id]), sight(t, views[drafter.id])}
			if diff := cmp.Diff([]string{reader.recorded, reader.updated, reader.draft}, got); diff != "" {
				t.Errorf("who recorded, who updated, who drafted: %s", diff)
			}
			for id, view := range views {
				if view.UUID() != id {
					t.Error("one account's view is under another's id")
				}
			}
		})
	}
}

func TestASeenReporterIsNamedAndNoMore(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	for name, reader := range map[string]struct {
		principal authz.Principal
		want      string
	}{
		"somebody shown the event": {w.principal(t, w.with(t, authz.Organisational, at(otherTrust))), named},
		"the reporter itself":      {w.principal(t, who), private},
		"an admin of its trust":    {w.principal(t, w.with(t, authz.Admin, at(trust))), private},
	} {
		t.Run(name, func(t *testing.T) {
			views, err := w.Named(t.Context(), reader.principal, []uuid.UUID{who.id, uuid.New()})
			must(t, err)
			if len(views) != 1 {
				t.Errorf("%d views", len(views))
			}
			if got := sight(t, views[who.id]); got != reader.want {
				t.Errorf("shown %s, want %s", got, reader.want)
			}
		})
	}
}

func TestAnAccountAsItsOwnerSeesIt(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, func(n *account.NewAccount) { n.Organisations = []string{trust, otherTrust, trust} })
	views, err := w.Accounts(t.Context(), w.principal(t, who), []uuid.UUID{who.id})
	must(t, err)
	view := views[who.id]
	if view.ID() != gid.Format(gid.Account, who.id) || *view.Email() != who.email || *view.Status() != account.Active {
		t.Error("not what was created")
	}
	if !view.CreatedAt().Equal(w.clock.Now()) {
		t.Errorf("created at %v", view.CreatedAt())
	}
	if diff := cmp.Diff([]string{trust, otherTrust}, view.OrganisationCodes()); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmptyProfileIsNotAHiddenOne(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, func(n *account.NewAccount) { n.Organisations = nil })
	views, err := w.Accounts(t.Context(), w.principal(t, who), []uuid.UUID{who.id})
	must(t, err)
	if codes := views[who.id].OrganisationCodes(); codes == nil || len(codes) != 0 {
		t.Errorf("got %v", codes)
	}
}

func TestAPageOfAccountsIsOneStatement(t *testing.T) {
	w := newWorld(t)
	lead := w.principal(t, w.with(t, authz.NationalLead, national()))
	var ids []uuid.UUID
	for range 20 {
		ids = append(ids, w.person(t, nil).id)
	}
	for _, n := range []int{1, 20} {
		ctx, counter := db.CountStatements(t.Context())
		views, err := w.Accounts(ctx, lead, ids[:n])
		must(t, err)
		if len(views) != n || counter.Count() != 1 {
			t.Errorf("%d accounts: %d views in %d statements", n, len(views), counter.Count())
		}
	}
	ctx, counter := db.CountStatements(t.Context())
	if views, err := w.Accounts(ctx, lead, nil); err != nil || len(views) != 0 || counter.Count() != 0 {
		t.Errorf("no accounts: %d views in %d statements, %v", len(views), counter.Count(), err)
	}
}

// broken is policy that cannot decide.
type broken struct{ noun authz.Noun }

var errUndecided = errors.New("undecided")

func (b broken) Scope(_ context.Context, p authz.Principal, noun authz.Noun) (authz.Scope, error) {
	if noun == b.noun {
		return authz.Scope{}, errUndecided
	}
	yes := authz.NewFilter("TRUE")
	return authz.NewScope(p, noun, yes, map[authz.Class]authz.Filter{authz.People: yes, authz.AccountPrivate: yes}, nil, time.Time{}), nil
}

func TestWhereNothingWasDecidedNothingIsShown(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	hasher, err := account.NewHasher(light(), 1)
	must(t, err)
	for _, noun := range []authz.Noun{authz.Accounts, authz.Events, authz.Governance} {
		t.Run(string(noun), func(t *testing.T) {
			service, err := account.New(t.Context(), account.Options{
				Store: w.store, Tokens: w.tokens, Policy: broken{noun}, Hasher: hasher, Now: w.clock.Now,
			})
			must(t, err)
			views, err := service.Accounts(t.Context(), authz.Principal{}, []uuid.UUID{who.id})
			if !errors.Is(err, errUndecided) || len(views) != 0 {
				t.Errorf("%d views, %v", len(views), err)
			}
		})
	}
	service, err := account.New(t.Context(), account.Options{
		Store: w.store, Tokens: w.tokens, Policy: broken{authz.Accounts}, Hasher: hasher, Now: w.clock.Now,
	})
	must(t, err)
	if views, err := service.Named(t.Context(), authz.Principal{}, []uuid.UUID{who.id}); !errors.Is(err, errUndecided) || len(views) != 0 {
		t.Errorf("%d views, %v", len(views), err)
	}
}

func TestAScopeOfAnotherNounAdmitsNothing(t *testing.T) {
	w := newWorld(t)
	who := w.person(t, nil)
	events := authz.System(authz.Events, "a test of mixed up scopes")
	records, err := w.store.AccountsByID(t.Context(), account.Seen{
		Accounts: events, Events: authz.System(authz.Accounts, "the same"), Grants: events, Requests: events, Governance: events,
	}, []uuid.UUID{who.id})
	must(t, err)
	if len(records) != 0 {
		t.Error("admitted")
	}
	records, err = w.store.AccountsNamed(t.Context(), authz.Scope{}, []uuid.UUID{who.id})
	must(t, err)
	if record := records[who.id]; record.Private || record.Email != "" {
		t.Error("the zero scope shows what is private")
	}
}

func TestOnesOwnGrants(t *testing.T) {
	w := newWorld(t)
	until := w.clock.Now().Add(time.Hour)
	who := w.person(t, func(n *account.NewAccount) {
		n.Organisations = []string{trust, otherTrust}
		n.Grants = []account.NewGrant{
			{Role: authz.ReadOnly, Area: authz.Area{Type: authz.AreaICB, Code: "QUA"}, Until: until},
			{Role: authz.Admin, Area: at(trust)},
			{Role: authz.Admin, Area: at(otherTrust), From: w.clock.Now().Add(time.Hour)},
		}
	})
	caller := w.signIn(t, who).Caller
	summary := func() []string {
		grants, err := w.OwnGrants(t.Context(), caller)
		must(t, err)
		var lines []string
		for _, g := range grants {
			if g.Account != who.id {
				t.Error("somebody else's grant")
			}
			lines = append(lines, string(g.Role)+" "+string(g.Area.Type)+" "+g.Area.Code)
		}
		return lines
	}
	want := []string{"STANDARD ORGANISATION RL4", "STANDARD ORGANISATION RXK", "ADMIN ORGANISATION RL4", "READ_ONLY ICB QUA"}
	if diff := cmp.Diff(want, summary()); diff != "" {
		t.Error(diff)
	}
	first, err := w.OwnGrants(t.Context(), caller)
	must(t, err)
	second, err := w.OwnGrants(t.Context(), caller)
	must(t, err)
	ids := make(map[string]bool)
	for i := range first {
		if first[i].ID() != second[i].ID() {
			t.Error("a grant has another id each time")
		}
		ids[first[i].ID()] = true
	}
	if len(ids) != len(want) {
		t.Errorf("grants share ids: %v", slices.Sorted(maps.Keys(ids)))
	}
	w.clock.pass(time.Hour)
	want = []string{"STANDARD ORGANISATION RL4", "STANDARD ORGANISATION RXK", "ADMIN ORGANISATION RL4", "ADMIN ORGANISATION RXK"}
	if diff := cmp.Diff(want, summary()); diff != "" {
		t.Errorf("an hour later: %s", diff)
	}
	if grants, err := w.OwnGrants(t.Context(), account.Caller{}); err != nil || len(grants) != 0 {
		t.Errorf("nobody has %d grants, %v", len(grants), err)
	}
}
