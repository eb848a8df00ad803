package policies

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/authz"
)

// TestRules runs the tests that lie beside the rules, each under its own name:
//
//	go test ./policies -run TestRules/event_rows/ORGANISATIONAL
func TestRules(t *testing.T) {
	results, err := Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		t.Run(r.Name, func(t *testing.T) {
			if !r.Passed {
				t.Errorf("%s: failed (%v)", r.Place, r.Err)
			}
		})
	}
}

func TestEventRowsAreSQL(t *testing.T) {
	submitted := []string{"REVIEWED", "SUBMITTED", "UNDER_REVIEW", "WITHDRAWN"}
	own := accountID.String()
	for _, test := range []struct {
		name      string
		principal authz.Principal
		sql       string
		args      []any
	}{
		{"nobody", authz.Principal{}, "FALSE", nil},
		{"anonymous", authz.Principal{Kind: authz.Anonymous}, "FALSE", nil},
		{"STANDARD", anAccount(), "(e.recorded_by = ?::uuid)", []any{own}},
		{
			"client", aClient(),
			"(e.client_id = ?::uuid AND e.status = ANY(?::text[]))",
			[]any{clientID.String(), submitted},
		},
		{
			"ORGANISATIONAL", anAccount(grant(authz.Organisational, authz.AreaOrganisation, "A")),
			"((e.recorded_by = ?::uuid)" +
				" OR (e.status = ANY(?::text[]) AND e.organisation = ANY(?::text[]))" +
				" OR (e.status = ANY(?::text[]) AND e.occurred_at_organisations && ?::text[]))",
			[]any{own, submitted, []string{"A", "A01"}, submitted, []string{"A", "A01"}},
		},
		{
			"NATIONAL_LEAD", anAccount(grant(authz.NationalLead, authz.AreaNational, "")),
			"((e.recorded_by = ?::uuid) OR (e.status = ANY(?::text[])))",
			[]any{own, submitted},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			sql, args := w.scope(t, test.principal, authz.Events).Rows().SQL()
			if sql != test.sql {
				t.Errorf("SQL is\n%s, want\n%s", sql, test.sql)
			}
			if diff := cmp.Diff(test.args, args); diff != "" {
				t.Errorf("arguments (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotificationRowsAreSQL(t *testing.T) {
	for _, test := range []struct {
		name      string
		principal authz.Principal
		sql       string
	}{
		{"nobody", authz.Principal{}, "FALSE"},
		{"client", aClient(), "FALSE"},
		{"STANDARD", anAccount(), "(n.receiver = ?::uuid)"},
		{"NATIONAL_LEAD", anAccount(grant(authz.NationalLead, authz.AreaNational, "")), "(n.receiver = ?::uuid)"},
	} {
		w := newWorld(t)
		scope := w.scope(t, test.principal, authz.Notifications)
		if sql := sqlOf(scope.Rows()); sql != test.sql {
			t.Errorf("%s: SQL is %s, want %s", test.name, sql, test.sql)
		}
		if may := !scope.Permits(authz.MarkRead).IsFalse(); may != (test.sql != "FALSE") {
			t.Errorf("%s may mark as read: %v", test.name, may)
		}
	}
}

func TestAccountRowsAreSQL(t *testing.T) {
	admin := anAccount(grant(authz.Admin, authz.AreaICB, "OLD"))
	for _, test := range []struct {
		name      string
		principal authz.Principal
		sql       string
		args      []any
	}{
		{"anonymous", authz.Principal{}, "FALSE", nil},
		{"client", aClient(), "FALSE", nil},
		{"STANDARD", anAccount(), "(a.id = ?::uuid)", []any{accountID.String()}},
		{"NATIONAL_LEAD", anAccount(grant(authz.NationalLead, authz.AreaNational, "")), "TRUE", nil},
		{
			"ADMIN", admin,
			"((a.id = ?::uuid)" +
				" OR (EXISTS (SELECT 1 FROM account_organisation ao WHERE ao.account_id = a.id AND ao.organisation = ANY(?::text[])))" +
				" OR (EXISTS (SELECT 1 FROM access_grant g WHERE g.account_id = a.id AND g.revoked_at IS NULL" +
				" AND (g.valid_until IS NULL OR g.valid_until > now()) AND g.area_type || ':' || g.area_code = ANY(?::text[])))" +
				" OR (EXISTS (SELECT 1 FROM access_request q WHERE q.requester = a.id AND q.status = 'PENDING'" +
				" AND q.area_type || ':' || q.area_code = ANY(?::text[]))))",
			[]any{accountID.String(), []string{"B"}, []string{"ICB:OLD", "ORGANISATION:B"}, []string{"ICB:OLD", "ORGANISATION:B"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			scope := w.scope(t, test.principal, authz.Accounts)
			sql, args := scope.Rows().SQL()
			if sql != test.sql {
				t.Errorf("SQL is\n%s, want\n%s", sql, test.sql)
			}
			if diff := cmp.Diff(test.args, args); diff != "" {
				t.Errorf("arguments (-want +got):\n%s", diff)
			}
		})
	}
}

func TestClassesThatNobodySpokeOfAreHidden(t *testing.T) {
	w := newWorld(t)
	scope := w.scope(t, anAccount(grant(authz.NationalLead, authz.AreaNational, "")), authz.Events)
	for _, class := range []authz.Class{authz.AccountPrivate, "no such class", ""} {
		if f := scope.Shows(class); !f.IsFalse() {
			t.Errorf("%q is shown where %s", class, sqlOf(f))
		}
	}
	if f := scope.Shows(authz.Structured); f.IsFalse() {
		t.Error("structured answers are hidden from a national lead")
	}
}

func TestMay(t *testing.T) {
	for _, test := range []struct {
		name      string
		principal authz.Principal
		allowed   []authz.Action
	}{
		{"nobody", authz.Principal{}, []authz.Action{authz.RecordEventAnonymously}},
		{"anonymous", authz.Principal{Kind: authz.Anonymous}, []authz.Action{authz.RecordEventAnonymously}},
		{
			"STANDARD", anAccount(),
			[]authz.Action{authz.RecordEvent, authz.ManageOwnEvents, authz.SaveDraft, authz.ExportEvents, authz.AddOrganisation, authz.RequestAccess},
		},
		{"client", aClient(), []authz.Action{authz.RecordEvent, authz.SubmitEvents}},
		{
			"READ_ONLY", anAccount(grant(authz.ReadOnly, authz.AreaRegion, "R")),
			[]authz.Action{authz.RecordEvent, authz.ManageOwnEvents, authz.ViewAreaEvents, authz.SaveDraft, authz.ExportEvents, authz.AddOrganisation, authz.RequestAccess},
		},
		{
			"ADMIN", anAccount(grant(authz.Admin, authz.AreaOrganisation, "A")),
			[]authz.Action{
				authz.RecordEvent, authz.ManageOwnEvents, authz.ViewAreaEvents, authz.SaveDraft, authz.ExportEvents, authz.AddOrganisation,
				authz.ManageMembers, authz.RequestAccess, authz.ManageRequests,
			},
		},
		{
			"NATIONAL_LEAD", anAccount(grant(authz.NationalLead, authz.AreaNational, "")),
			[]authz.Action{
				authz.RecordEvent, authz.ManageOwnEvents, authz.ViewAreaEvents, authz.SaveDraft, authz.ExportEvents, authz.ApproveRegistrations, authz.AddOrganisation,
				authz.ManageMembers, authz.RequestAccess, authz.ManageRequests,
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			var allowed []authz.Action
			var all []authz.Action
			for _, noun := range nouns() {
				all = append(all, actions(noun)...)
			}
			for _, action := range append(all, "no such action") {
				ok, err := w.May(t.Context(), test.principal, action)
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					allowed = append(allowed, action)
				}
			}
			if diff := cmp.Diff(test.allowed, allowed); diff != "" {
				t.Errorf("allowed (-want +got):\n%s", diff)
			}
		})
	}
}

// Who is not signed in is nobody, whatever else is said of them.
func TestAnonymousIsNobody(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []authz.Kind{"", authz.Anonymous} {
		p := anAccount(grant(authz.Admin, authz.AreaOrganisation, "A"))
		p.Kind = kind
		scope := w.scope(t, p, authz.Events)
		if !scope.Rows().IsFalse() {
			t.Errorf("kind %q sees %s", kind, sqlOf(scope.Rows()))
		}
		if got := scope.Principal(); got.ID != uuid.Nil || got.Grants != nil {
			t.Errorf("kind %q keeps an id or grants", kind)
		}
	}
}

func TestPrincipalsThatCannotBeAreRefused(t *testing.T) {
	w := newWorld(t)
	for name, p := range map[string]authz.Principal{
		"account without an id": {Kind: authz.Account},
		"client without an id":  {Kind: authz.Client},
		"of an unknown kind":    {Kind: "visitor", ID: accountID},
	} {
		t.Run(name, func(t *testing.T) {
			scope, err := w.Scope(t.Context(), p, authz.Events)
			if err == nil {
				t.Error("a scope was made")
			}
			if !scope.Rows().IsFalse() {
				t.Errorf("the scope admits %s", sqlOf(scope.Rows()))
			}
			if ok, err := w.May(t.Context(), p, authz.RecordEvent); ok || err == nil {
				t.Errorf("May answers %v, %v", ok, err)
			}
		})
	}
}

func TestNounWithoutRulesIsRefused(t *testing.T) {
	w := newWorld(t)
	scope, err := w.Scope(t.Context(), anAccount(), "kitchen")
	if err == nil || !scope.Rows().IsFalse() {
		t.Errorf("scope admits %s, error is %v", sqlOf(scope.Rows()), err)
	}
}

// rulesWith answers the rules with some files replaced.
func rulesWith(t *testing.T, replaced map[string]string) fstest.MapFS {
	t.Helper()
	modules, err := parse(files)
	if err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{}
	for _, name := range []string{"settings.yaml", "fields.yaml", neverEventsFile, deadlinesFile} {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: text}
	}
	for name := range modules {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: text}
	}
	for name, text := range replaced {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

// A rule that fails, or cannot be decided without looking at each row, decides
// nothing: an error, and a scope that admits nothing.
func TestPolicyFailureHidesEverything(t *testing.T) {
	for name, rules := range map[string]string{
		"a built-in fails":            "package account\n\nvisible if regex.match(\"(\", input.principal.kind)\n",
		"a rule is not translatable":  "package account\n\nvisible if startswith(input.account.email, \"x\")\n",
		"a class is not translatable": "package account\n\nvisible if input.account.id == input.principal.id\n\nshows contains \"account_private\" if input.account.id != \"x\"\n",
		"two rules disagree":          "package account\n\nvisible := true if input.principal.id\n\nvisible := false if input.principal.kind\n",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := open(t.Context(), rulesWith(t, map[string]string{"account/account.rego": rules}), Options{Geography: &country{}})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the failure is not kept as a decision
				scope, err := a.Scope(t.Context(), anAccount(), authz.Accounts)
				if err == nil {
					t.Error("no error")
				}
				if !scope.Rows().IsFalse() || !scope.Shows(authz.AccountPrivate).IsFalse() {
					t.Errorf("the scope admits %s", sqlOf(scope.Rows()))
				}
			}
		})
	}
}

// What is wrong with rules or their data stops the service from starting.
func TestNewRefusesBrokenPolicies(t *testing.T) {
	for name, replaced := range map[string]map[string]string{
		"a rule does not parse":         {"account/account.rego": "package account\n\nvisible if\n"},
		"a rule does not compile":       {"account/account.rego": "package account\n\nvisible if nobody\n"},
		"a rule asks the clock":         {"account/account.rego": "package account\n\nvisible if time.now_ns() > 0\n"},
		"a rule asks the network":       {"account/account.rego": "package account\n\nvisible if http.send({\"url\": \"http://localhost\", \"method\": \"GET\"}).status_code == 200\n"},
		"a rule throws dice":            {"account/account.rego": "package account\n\nvisible if rand.intn(\"x\", 2) == 1\n"},
		"an unknown setting":            {"settings.yaml": "reporter_text: original\nreporter_txt: original\n"},
		"a setting of no meaning":       {"settings.yaml": "reporter_text: maybe\n"},
		"a setting is missing":          {"settings.yaml": "{}\n"},
		"a field of an unknown class":   {"fields.yaml": "Event:\n  id: publc\n"},
		"a field of no class":           {"fields.yaml": "Event:\n  id:\n"},
		"a field twice":                 {"fields.yaml": "Event:\n  id: public\n  id: people\n"},
		"a field of a view, not a text": {"fields.yaml": "Event:\n  id: [public]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := open(t.Context(), rulesWith(t, replaced), Options{Geography: &country{}}); err == nil {
				t.Error("it starts")
			}
		})
	}
	if _, err := New(t.Context(), Options{}); err == nil {
		t.Error("it starts without a geography")
	}
}

func TestReporterTextIsASetting(t *testing.T) {
	for setting, original := range map[string]string{
		"original": "(((e.recorded_by = ?::uuid AND e.status = ?) OR " +
			"(e.recorded_by = ?::uuid AND e.status = ANY(?::text[])))) IS TRUE",
		"anonymised": "((e.recorded_by = ?::uuid AND e.status = ?)) IS TRUE",
	} {
		t.Run(setting, func(t *testing.T) {
			a, err := open(t.Context(), rulesWith(t, map[string]string{"settings.yaml": "reporter_text: " + setting + "\n"}),
				Options{Geography: &country{}})
			if err != nil {
				t.Fatal(err)
			}
			scope, err := a.Scope(t.Context(), anAccount(), authz.Events)
			if err != nil {
				t.Fatal(err)
			}
			if got := sqlOf(scope.Shows(authz.TextOriginal)); got != original {
				t.Errorf("originals are shown where %s, want %s", got, original)
			}
		})
	}
}
