package policies

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	opa "github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"pgregory.net/rapid"

	"lfpse/db/dbtest"
	"lfpse/internal/authz"
)

// The tests of this file hold the SQL against the rules: for readers made up
// at random, and for rows of every kind, PostgreSQL answers by the SQL what
// the rules answer when they are asked of the row itself.

// row is an event or an account as the rules see it.
type row struct {
	id    uuid.UUID
	input map[string]any
}

// verdict is what a reader is shown of a row.
type verdict struct {
	Visible bool
	Shows   []string // classes, sorted
	Permits []string // actions, sorted
}

var otherID = uuid.MustParse("7d5f0c9e-2b1a-4e6d-9c8b-a7f6e5d4c3b2")

// aReader draws a principal: of any kind, with grants of any role on any area,
// some over, some to come.
func aReader(t *rapid.T) authz.Principal {
	switch rapid.SampledFrom([]authz.Kind{authz.Account, authz.Account, authz.Account, authz.Client, authz.Anonymous}).Draw(t, "kind") {
	case authz.Anonymous:
		return authz.Principal{Kind: authz.Anonymous}
	case authz.Client:
		return aClient()
	}
	return anAccount(rapid.SliceOfN(rapid.Custom(aGrant), 0, 3).Draw(t, "grants")...)
}

func aGrant(t *rapid.T) authz.Grant {
	role := rapid.SampledFrom([]authz.Role{
		authz.Standard, authz.Organisational, authz.Admin, authz.ReadOnly, authz.NationalLead,
	}).Draw(t, "role")
	area := rapid.SampledFrom([]authz.Area{
		{Type: authz.AreaOrganisation, Code: "A"},
		{Type: authz.AreaICB, Code: "OLD"},
		{Type: authz.AreaICB, Code: "NEW"},
		{Type: authz.AreaRegion, Code: "R"},
		{Type: authz.AreaRegion, Code: "LARGE"},
		{Type: authz.AreaNational},
	}).Draw(t, "area")
	day := rapid.IntRange(-2, 2)
	g := authz.Grant{Role: role, Area: area, From: noon.AddDate(0, 0, day.Draw(t, "from")-1)}
	if rapid.Bool().Draw(t, "ends") {
		g.Until = noon.AddDate(0, 0, day.Draw(t, "until")+1)
	}
	return g
}

func TestSQLSaysOfEventsWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	rows := events()
	insertEvents(t, db.DB, rows)
	agree(t, db.DB, authz.Events, "event e", "e.id", rows)
}

func TestSQLSaysOfAccountsWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	rows := accounts()
	insertAccounts(t, db.DB, rows)
	agree(t, db.DB, authz.Accounts, "account a", "a.id", rows)
}

func TestSQLSaysOfGovernanceWhatRulesSay(t *testing.T) {
	db := dbtest.Fresh(t)
	rows := done()
	insertDone(t, db.DB, rows)
	agree(t, db.DB, authz.Governance, "review g JOIN event e ON e.id = g.event_id", "g.id", rows)
}

// done is something that was done about an event in each state, by each
// organisation and account.
func done() []row {
	var rows []row
	for _, status := range []string{"DRAFT", "SUBMITTED", "UNDER_REVIEW", "REVIEWED", "WITHDRAWN"} {
		for _, organisation := range []string{"A", "A01", "B", "C"} {
			for _, by := range []uuid.UUID{accountID, otherID} {
				rows = append(rows, row{uuid.New(), map[string]any{
					"event_status": status, "organisation": organisation, "made_by": by.String(),
				}})
			}
		}
	}
	return rows
}

func insertDone(t *testing.T, db *bun.DB, rows []row) {
	t.Helper()
	var events []row
	of := map[any]uuid.UUID{}
	for _, r := range rows {
		status := r.input["event_status"]
		if _, ok := of[status]; !ok {
			of[status] = uuid.New()
			events = append(events, row{of[status], map[string]any{
				"recorded_by": accountID.String(), "client_id": nil, "status": status, "source": "ONLINE", "organisation": "A",
				"occurred_at_organisations": []string{}, "withdrawn_by": nil, "withdrawn_by_client": nil,
			}})
		}
	}
	insertEvents(t, db, events)
	for _, r := range rows {
		execute(t, db, `INSERT INTO review (id, event_id, organisation, started_at, started_by, made_by, completed_at, outcome)
			VALUES (?0, ?1, ?2, now(), ?3, ?3, now(), 'DUPLICATE')`, r.id, of[r.input["event_status"]], r.input["organisation"], r.input["made_by"])
	}
}

// agree compares verdicts on rows, which are those of a table.
func agree(t *testing.T, db *bun.DB, noun authz.Noun, table, id string, rows []row) {
	ctx := t.Context()
	country := &country{}
	ask := newOracle(t, noun)
	admitted := 0
	rapid.Check(t, func(t *rapid.T) {
		// Each reader has an Authorizer of its own: the readers share their ids.
		a, err := New(ctx, Options{Geography: country, Now: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		p := aReader(t)
		scope, err := a.Scope(ctx, p, noun)
		if err != nil {
			t.Fatal(err)
		}
		got, err := verdicts(ctx, db, scope, table, id)
		if err != nil {
			t.Fatal(err)
		}
		recognised, err := recognise(p)
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.read(recognised, noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(rows)-1), 40, 40).Draw(t, "rows") {
			want, err := ask(ctx, about(t, r.input, noun, rows[i].input))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got[rows[i].id]); diff != "" {
				t.Fatalf("%v\nof %v (-rules +SQL):\n%s", rows[i].input, r.input, diff)
			}
			if want.Visible {
				admitted++
			}
		}
	})
	if admitted == 0 {
		t.Error("nobody was shown anything: the comparison compares nothing")
	}
}

// verdicts asks PostgreSQL.
func verdicts(ctx context.Context, db *bun.DB, scope authz.Scope, table, id string) (map[uuid.UUID]verdict, error) {
	filters := []authz.Filter{scope.Rows()}
	for _, class := range classes(scope.Noun()) {
		filters = append(filters, scope.Shows(class))
	}
	for _, action := range rowActions(scope.Noun()) {
		filters = append(filters, scope.Permits(action))
	}
	var columns []string
	var args []any
	for i, f := range filters {
		sql, bound := f.SQL()
		if i == 0 {
			sql = "COALESCE(" + sql + ", FALSE)" // a condition on rows may be NULL; the others may not
		}
		columns = append(columns, "("+sql+")")
		for _, arg := range bound {
			if list, ok := arg.([]string); ok {
				arg = pgdialect.Array(list)
			}
			args = append(args, arg)
		}
	}
	var found []struct {
		ID       uuid.UUID
		Verdicts []bool `bun:",array"`
	}
	err := db.NewRaw(fmt.Sprintf("SELECT %s AS id, ARRAY[%s] AS verdicts FROM %s", id, strings.Join(columns, ", "), table), args...).
		Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	answers := make(map[uuid.UUID]verdict, len(found))
	for _, f := range found {
		v := verdict{Visible: f.Verdicts[0]}
		rest := f.Verdicts[1:]
		for _, class := range classes(scope.Noun()) {
			if rest[0] {
				v.Shows = append(v.Shows, string(class))
			}
			rest = rest[1:]
		}
		for _, action := range rowActions(scope.Noun()) {
			if rest[0] {
				v.Permits = append(v.Permits, string(action))
			}
			rest = rest[1:]
		}
		slices.Sort(v.Shows)
		slices.Sort(v.Permits)
		answers[f.ID] = v
	}
	return answers, nil
}

// oracle asks the rules of one reader and one row.
type oracle func(context.Context, opa.Value) (verdict, error)

func newOracle(t *testing.T, noun authz.Noun) oracle {
	t.Helper()
	p, err := load(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	asked := fmt.Sprintf("visible := [1 | data.%[1]s.visible]; shows := {c | some c in data.%[1]s.shows}; permits := {a | some a in data.%[1]s.permits}", noun)
	query, err := p.rego(asked, rego.Imports([]string{"rego.v1"})).PrepareForEval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return func(ctx context.Context, input opa.Value) (verdict, error) {
		results, err := query.Eval(ctx, rego.EvalParsedInput(input))
		if err != nil {
			return verdict{}, err
		}
		v := verdict{Visible: len(results[0].Bindings["visible"].([]any)) > 0}
		for _, class := range results[0].Bindings["shows"].([]any) {
			v.Shows = append(v.Shows, class.(string))
		}
		for _, action := range results[0].Bindings["permits"].([]any) {
			v.Permits = append(v.Permits, action.(string))
		}
		slices.Sort(v.Shows)
		slices.Sort(v.Permits)
		return v, nil
	}
}

// events are one of each: every author, sender, state and place together, come
// in as they can and withdrawn by somebody.
func events() []row {
	var rows []row
	for _, recordedBy := range []any{nil, accountID.String(), otherID.String()} {
		for _, client := range []any{nil, clientID.String(), otherID.String()} {
			for _, status := range []string{"DRAFT", "SUBMITTED", "UNDER_REVIEW", "REVIEWED", "WITHDRAWN"} {
				for _, organisation := range []any{nil, "A", "A01", "B", "C"} {
					for i, occurredAt := range [][]string{{}, {"A"}, {"B", "A01"}, {"C"}} {
						source := "ONLINE"
						if recordedBy == nil && client == nil {
							source = "ANONYMOUS"
						}
						r := row{uuid.New(), map[string]any{
							"recorded_by": recordedBy, "client_id": client, "status": status, "source": source,
							"organisation": organisation, "occurred_at_organisations": occurredAt,
							"withdrawn_by": nil, "withdrawn_by_client": nil,
						}}
						if status == "WITHDRAWN" {
							r.input["withdrawn_by"] = []any{nil, accountID.String(), otherID.String(), accountID.String()}[i]
							r.input["withdrawn_by_client"] = []any{clientID.String(), nil, accountID.String(), otherID.String()}[i]
						}
						rows = append(rows, r)
					}
				}
			}
		}
	}
	return rows
}

func insertEvents(t *testing.T, db *bun.DB, rows []row) {
	t.Helper()
	insertPeople(t, db, accountID, otherID)
	for _, r := range rows {
		var recordedAt, withdrawnAt any
		revision := 0
		if r.input["status"] != "DRAFT" {
			recordedAt, revision = noon, 1
		}
		if r.input["status"] == "WITHDRAWN" {
			withdrawnAt = noon
		}
		execute(t, db, `INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, recorded_at, updated_at,
				organisation, occurred_at_organisations, redaction_version, recorded_by, client_id, withdrawn_at, withdrawn_by, withdrawn_by_client)
			VALUES (?, ?, 'INCIDENT', ?, ?, 5, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?)`,
			r.id, r.id.String(), r.input["status"], r.input["source"], revision, recordedAt, noon,
			r.input["organisation"], pgdialect.Array(r.input["occurred_at_organisations"]), r.input["recorded_by"], r.input["client_id"],
			withdrawnAt, r.input["withdrawn_by"], r.input["withdrawn_by_client"])
	}
}

// accounts are people of every organisation with every grant.
func accounts() []row {
	var rows []row
	for _, organisations := range [][]string{{}, {"A"}, {"A01", "C"}, {"B"}, {"C"}} {
		for _, areas := range [][]string{{}, {"ORGANISATION:A01"}, {"ICB:OLD"}, {"REGION:R", "ORGANISATION:C"}, {"NATIONAL:"}, {"ICB:R"}} {
			asked := []string{}
			if len(rows)%3 == 0 {
				asked = append(asked, "ORGANISATION:B", "REGION:R")
			}
			rows = append(rows, row{uuid.New(), map[string]any{"organisations": organisations, "grant_areas": areas, "asked_areas": asked}})
		}
	}
	rows[0].id = accountID
	for _, r := range rows {
		r.input["id"] = r.id.String()
	}
	return rows
}

func insertAccounts(t *testing.T, db *bun.DB, rows []row) {
	t.Helper()
	for _, r := range rows {
		insertPeople(t, db, r.id)
		for _, organisation := range r.input["organisations"].([]string) {
			execute(t, db, `INSERT INTO account_organisation VALUES (?, ?)`, r.id, organisation)
		}
		insertGrant := `INSERT INTO access_grant (id, account_id, role, area_type, area_code, granted_at, valid_until, revoked_at)
			VALUES (gen_random_uuid(), ?, ?, ?, ?, now() - interval '2 days', ?, ?)`
		for _, area := range r.input["grant_areas"].([]string) {
			kind, code, _ := strings.Cut(area, ":")
			role := "READ_ONLY"
			if kind == "NATIONAL" {
				role = "NATIONAL_LEAD"
			}
			execute(t, db, insertGrant, r.id, role, kind, code, nil, nil)
		}
		for _, area := range r.input["asked_areas"].([]string) {
			kind, code, _ := strings.Cut(area, ":")
			execute(t, db, `INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at)
				VALUES (gen_random_uuid(), ?, 'ADMIN', ?, ?, '', 'PENDING', now())`, r.id, kind, code)
		}
		execute(t, db, `INSERT INTO access_request (id, requester, role, area_type, area_code, reason, status, requested_at, decided_at, decided_route)
			VALUES (gen_random_uuid(), ?, 'ADMIN', 'ORGANISATION', 'A', '', 'CANCELLED', now(), now(), 'AREA_ADMINS')`, r.id)
		// What is over connects nobody with an area any more.
		yesterday := time.Now().AddDate(0, 0, -1)
		execute(t, db, insertGrant, r.id, "ADMIN", "REGION", "R", yesterday, nil)
		execute(t, db, insertGrant, r.id, "ADMIN", "ORGANISATION", "A", nil, yesterday)
	}
}

func insertPeople(t *testing.T, db *bun.DB, ids ...uuid.UUID) {
	t.Helper()
	for _, code := range []string{"A", "A01", "B", "C"} {
		execute(t, db, `INSERT INTO organisation (ods_code, name, type) VALUES (?, '', 'OTHER') ON CONFLICT DO NOTHING`, code)
	}
	for _, id := range ids {
		execute(t, db, `INSERT INTO account (id, email, first_name, last_name, status, created_at) VALUES (?, ?, '', '', 'ACTIVE', now())`,
			id, id.String())
	}
}

func execute(t *testing.T, db *bun.DB, sql string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}
