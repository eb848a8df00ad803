package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
)

// anything is a draft in which nothing is right and nothing may be lost.
func anything() map[string]any {
	return map[string]any{
		"kind": "RISK", "occurredOn": "2999-01", "occurredAt": "14:30", "organisation": "NONE1",
		"occurredAtOrganisations": []string{"NONE2", "NONE2"}, "serviceArea": []string{"ACUTE", "ACUTE"}, "specialty": "no such",
		"description": "Mrs Edith Pemberton could fall.", "levelOfConcern": "VERY", "involvedAgents": []string{"NONE", "DEVICE"},
		"patients": []any{
			map[string]any{"sequence": 1, "age": map[string]any{"value": 999, "unit": "DAYS"}, "gender": "x", "clinicalOutcome": "First."},
			map[string]any{"sequence": 1, "clinicalOutcome": "Second."},
		},
		"incident": map[string]any{"wentWell": "Another kind's."}, "risk": map[string]any{"population": "Everybody.", "themes": []string{"none"}},
		"reporterContact": "ext 2231",
		"answers": []any{
			map[string]any{"element": "No.Such", "text": "One."}, map[string]any{"element": "No.Such", "text": "Two."},
		},
	}
}

const draftView = `query($id: ID!) { event(id: $id) { reference kind status revision recordedAt textView description reporterContact
	occurredOn occurredAt organisation { odsCode } occurredAtOrganisations { odsCode } serviceArea specialty { code } levelOfConcern involvedAgents
	patients { sequence age { value } gender { code } clinicalOutcome } reporter { name } revisions { revision }
	details { ... on RiskDetails { population themes { code } answers { element text } } } problems { code path } } }`

func TestADraftKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.draft(reporter, anything())
	got := strings.TrimSpace(s.raw(reporter, draftView, map[string]any{"id": id}))
	want := `{"data":{"event":{"reference":"` + reference + `","kind":"RISK","status":"DRAFT","revision":0,"recordedAt":null,"textView":"ORIGINAL",` +
		`"description":"Mrs Edith Pemberton could fall.","reporterContact":"ext 2231","occurredOn":"2999-01","occurredAt":"14:30",` +
		`"organisation":null,"occurredAtOrganisations":[],"serviceArea":["ACUTE","ACUTE"],"specialty":{"code":"no such"},` +
		`"levelOfConcern":"VERY","involvedAgents":["NONE","DEVICE"],` +
		`"patients":[{"sequence":1,"age":{"value":999},"gender":{"code":"x"},"clinicalOutcome":"First."},{"sequence":1,"age":null,"gender":null,"clinicalOutcome":"Second."}],` +
		`"reporter":{"name":"Asha Kapoor"},"revisions":[],` +
		`"details":{"population":"Everybody.","themes":[{"code":"none"}],"answers":[{"element":"No.Such","text":"One."},{"element":"No.Such","text":"Two."}]},"problems":[`
	if !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, path := range []string{`["organisation"]`, `["occurredAtOrganisations","1"]`, `["occurredOn"]`, `["incident"]`, `["patients"]`, `["answers","0","element"]`} {
		if !strings.Contains(got, `"path":`+path) {
			t.Errorf("no problem is told at %s: %s", path, got)
		}
	}
}

// What a draft still lacks is what submitting it answers.
func TestProblemsAreWhatSubmittingAnswers(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, input := range map[string]map[string]any{"much": anything(), "little": {"kind": "INCIDENT"}, "nothing": aFall()} {
		id, _ := s.draft(reporter, input)
		answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { problems { code message path } } }`, map[string]any{"id": id})
		told := fmt.Sprint(dig[[]any](t, answer, "data", "event", "problems"))
		submitted := s.ask(reporter, submit, map[string]any{"id": id})
		if got := fmt.Sprint(dig[[]any](t, submitted, "data", "submitDraft", "userErrors")); got != told {
			t.Errorf("%s: told %s\nanswered %s", name, told, got)
		}
	}
	recorded, _ := s.record(reporter, aFall())
	if got := s.raw(reporter, `{ event(id: "`+recorded+`") { problems { code } } }`, nil); strings.TrimSpace(got) != `{"data":{"event":{"problems":[]}}}` {
		t.Errorf("what was submitted answers %s", got)
	}
}

func TestOnlyWhatCannotBeKeptIsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	many := func(n int) []any {
		list := make([]any, n)
		for i := range list {
			list[i] = map[string]any{}
		}
		return list
	}
	for want, input := range map[string]map[string]any{
		"TOO_LONG [event description]":              {"description": strings.Repeat("é", 20_001)},
		"TOO_LONG [event reporterContact]":          {"reporterContact": strings.Repeat("x", 201)},
		"TOO_LONG [event specialty]":                {"specialty": strings.Repeat("x", 20_001)},
		"TOO_MANY [event patients]":                 {"patients": many(101)},
		"TOO_MANY [event answers 0 codes]":          {"answers": []any{map[string]any{"element": "No.Such", "codes": slices.Repeat([]string{"\x00"}, 100_000)}}},
		"TOO_MANY [event answers]":                  {"answers": slices.Repeat([]any{map[string]any{"element": "\x00"}}, 100_000)},
		"INVALID [event risk population]":           {"risk": map[string]any{"population": "a\x00b"}},
		"INVALID [event answers 0 element]":         {"answers": []any{map[string]any{"element": "\x00"}}},
		"INVALID [event incident process]":          {"incident": map[string]any{"process": "\x00"}},
		"TOO_LONG [event outcome immediateActions]": {"kind": "OUTCOME", "outcome": map[string]any{"immediateActions": strings.Repeat("x", 20_001)}},
	} {
		if input["kind"] == nil {
			input["kind"] = "RISK"
		}
		answer := s.ask(reporter, save, map[string]any{"event": input})
		if got := problems(t, answer, "saveDraft"); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if got := s.count(); got != 0 {
		t.Errorf("%d drafts are kept", got)
	}
}

func TestASaveReplacesTheWholeDraft(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.draft(reporter, anything())
	first := dig[string](t, s.ask(reporter, `query($id: ID!) { event(id: $id) { updatedAt } }`, map[string]any{"id": id}), "data", "event", "updatedAt")
	saved := s.ok(s.ask(reporter, save, map[string]any{"id": id, "event": map[string]any{"kind": "INCIDENT", "description": "A slip."}, "at": first}), "saveDraft")
	if saved["reference"] != reference || saved["updatedAt"] == first || len(saved["problems"].([]any)) != 0 {
		t.Errorf("got %v", saved)
	}
	t.Run("but not what was saved since", func(t *testing.T) {
		stale := s.ask(reporter, save, map[string]any{"id": id, "event": map[string]any{"kind": "INCIDENT", "description": "Lost."}, "at": first})
		if got := problems(t, stale, "saveDraft"); !slices.Equal(got, []string{"STALE_REVISION [updatedAt]"}) {
			t.Errorf("got %v", got)
		}
		if now := s.raw(reporter, `{ event(id: "`+id+`") { description kind patients { sequence } details { __typename } } }`, nil); strings.TrimSpace(now) != `{"data":{"event":{"description":"A slip.","kind":"INCIDENT","patients":[],"details":{"__typename":"IncidentDetails"}}}}` {
			t.Errorf("it says %s", now)
		}
	})
	t.Run("a time belongs to a draft", func(t *testing.T) {
		answer := s.ask(reporter, save, map[string]any{"event": aFall(), "at": first})
		if got := problems(t, answer, "saveDraft"); !slices.Equal(got, []string{"NOT_APPLICABLE [updatedAt]"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestSubmittingMakesAnEventOfADraft(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.draft(reporter, map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "reporterContact": "ext 2231",
		"patients": []any{map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "LOW"}},
	})
	submitted := s.ok(s.ask(reporter, submit, map[string]any{"id": id}), "submitDraft")
	if submitted["id"] != id || submitted["reference"] != reference || submitted["status"] != "SUBMITTED" || submitted["revision"] != 1.0 || submitted["recordedAt"] == nil {
		t.Errorf("got %v", submitted)
	}
	const all = `query($id: ID!) { event(id: $id) { description reporterContact source organisation { odsCode } physicalHarm patients { ageBracket { code } } revisions { revision changed } } viewer { drafts { totalCount } events { totalCount } } }`
	for reader, want := range map[string]string{
		reporter:       `{"data":{"event":{"description":"Mrs Edith Pemberton fell.","reporterContact":"ext 2231","source":"ONLINE","organisation":{"odsCode":"RGT"},"physicalHarm":"LOW","patients":[{"ageBracket":{"code":"11"}}],"revisions":[{"revision":1,"changed":[]}]},"viewer":{"drafts":{"totalCount":0},"events":{"totalCount":1}}}}`,
		organisational: `{"data":{"event":{"description":"Mrs [NAME 1] fell.","reporterContact":null,"source":"ONLINE","organisation":{"odsCode":"RGT"},"physicalHarm":"LOW","patients":[{"ageBracket":{"code":"11"}}],"revisions":[{"revision":1,"changed":[]}]},"viewer":{"drafts":{"totalCount":0},"events":{"totalCount":0}}}}`,
	} {
		if got := strings.TrimSpace(s.raw(reader, all, map[string]any{"id": id})); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", reader, got, want)
		}
	}
	var kept struct{ Drafts, Revisions, Audited int }
	err := s.db.NewRaw(`SELECT (SELECT count(*) FROM event_original WHERE revision = 0) AS drafts, (SELECT count(*) FROM event_revision) AS revisions,
		(SELECT count(*) FROM audit_entry WHERE action = 'event.recorded') AS audited`).Scan(t.Context(), &kept)
	if err != nil || kept.Drafts != 0 || kept.Revisions != 1 || kept.Audited != 1 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// Submitting twice, be it at once, makes one event and one answer; so does
// whatever else goes on with the draft.
func TestSubmittingTwiceMakesOneEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.draft(reporter, aFall())
	answers := make([]string, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() { answers[i] = s.raw(reporter, submit, map[string]any{"id": id}) })
	}
	wait.Wait()
	answers = append(answers, s.raw(reporter, submit, map[string]any{"id": id}))
	for _, answer := range answers {
		if answer != answers[0] || !strings.Contains(answer, `"status":"SUBMITTED"`) {
			t.Errorf("got %s and %s", answer, answers[0])
		}
	}
	var audited int
	if err := s.db.NewRaw("SELECT count(*) FROM audit_entry WHERE action = 'event.recorded'").Scan(t.Context(), &audited); err != nil || s.count() != 1 || audited != 1 {
		t.Errorf("%d events, recorded %d times: %v", s.count(), audited, err)
	}
}

// Saving, submitting and deleting at once: whatever comes first, the draft is
// whole, is an event whole, or is gone.
func TestADraftUnderManyHandsIsWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for round := range 6 {
		id, _ := s.draft(reporter, aFall())
		var wait sync.WaitGroup
		for i := range 4 {
			wait.Go(func() {
				s.raw(reporter, save, map[string]any{"id": id, "event": map[string]any{"kind": "INCIDENT", "description": fmt.Sprintf("Fall %d.", i), "patients": []any{map[string]any{"clinicalOutcome": fmt.Sprintf("Outcome %d.", i)}}}})
			})
		}
		wait.Go(func() { s.raw(reporter, submit, map[string]any{"id": id}) })
		if round%2 == 1 {
			wait.Go(func() { s.raw(reporter, discard, map[string]any{"id": id}) })
		}
		wait.Wait()
		answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { status description patients { clinicalOutcome } } }`, map[string]any{"id": id})
		found, _ := dig[map[string]any](t, answer, "data")["event"].(map[string]any)
		if found == nil {
			if round%2 == 0 || answer["errors"] != nil {
				t.Errorf("nobody deleted it: %v", answer)
			}
			continue
		}
		description := found["description"].(string)
		patients := found["patients"].([]any)
		if description == "A fall." {
			if len(patients) != 0 {
				t.Errorf("it is half of two: %v", found)
			}
			continue
		}
		if want := strings.Replace(description, "Fall", "Outcome", 1); len(patients) != 1 || dig[string](t, patients[0], "clinicalOutcome") != want {
			t.Errorf("it is half of two: %v", found)
		}
	}
}

// tableNames are all of the database's.
func (s *service) tableNames() (names []string) {
	s.t.Helper()
	if err := s.db.NewRaw("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'").Scan(s.t.Context(), &names); err != nil {
		s.t.Fatal(err)
	}
	return names
}

// finds answers the tables in a row of which a text stands in the clear.
func (s *service) finds(text string) (found []string) {
	s.t.Helper()
	for _, table := range s.tableNames() {
		var rows int
		err := s.db.NewRaw("SELECT count(*) FROM ? AS r WHERE to_jsonb(r)::text ILIKE ?", bun.Ident(table), "%"+text+"%").Scan(s.t.Context(), &rows)
		if err != nil {
			s.t.Fatal(err)
		}
		if rows > 0 {
			found = append(found, table)
		}
	}
	return found
}

// uuidOf is the key that an event's id stands for, as the database writes it.
func uuidOf(id string) string { return uuid.MustParse(strings.TrimPrefix(id, "event_")).String() }

func TestADraftIsNowhereInTheClear(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.draft(reporter, anything())
	for _, typed := range []string{"Pemberton", "Everybody", "NONE1", "NONE2", "no such", "ext 2231", "Second", "2999-01"} {
		if found := s.finds(typed); len(found) > 0 {
			t.Errorf("%s stands in %v", typed, found)
		}
	}
	if found := s.finds(uuidOf(id)); !slices.Contains(found, "event") {
		t.Errorf("the draft itself is found in %v: the search finds nothing", found)
	}
}

func TestADeletedDraftLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.draft(reporter, anything())
	deleted := s.ask(reporter, discard, map[string]any{"id": id})
	if got := dig[string](t, deleted, "data", "deleteDraft", "deletedId"); got != id {
		t.Errorf("deleted %s", got)
	}
	for _, name := range []string{uuidOf(id), strings.TrimPrefix(id, "event_"), reference} {
		if found := s.finds(name); len(found) > 0 {
			t.Errorf("%s stands in %v", name, found)
		}
	}
	var originals int
	if err := s.db.NewRaw("SELECT count(*) FROM event_original").Scan(t.Context(), &originals); err != nil || originals != 0 {
		t.Errorf("%d originals are left, %v", originals, err)
	}
	again := s.raw(reporter, discard, map[string]any{"id": id})
	if never := s.raw(reporter, discard, map[string]any{"id": "event_0123456789abcdef0123456789abcdef"}); again != never || !strings.Contains(again, `"NOT_FOUND"`) {
		t.Errorf("deleting again is answered %s, what never was %s", again, never)
	}
}

func TestDraftsAreListedForTheirAuthorAlone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var ids []string
	for i := range 5 {
		id, _ := s.draft(reporter, map[string]any{"kind": "INCIDENT", "description": fmt.Sprint("Fall ", i, ".")})
		ids = append(ids, id)
	}
	s.draft(colleague, aFall())
	s.ok(s.ask(reporter, save, map[string]any{"id": ids[0], "event": aFall()}), "saveDraft")
	want := []string{ids[0], ids[4], ids[3], ids[2], ids[1]} // the latest saved first
	var got []string
	cursor := "null"
	for range 3 {
		answer := s.ask(reporter, `{ viewer { drafts(first: 2, after: `+cursor+`) { totalCount nodes { id status } pageInfo { endCursor hasNextPage } } } }`, nil)
		drafts := dig[map[string]any](t, answer, "data", "viewer", "drafts")
		if drafts["totalCount"] != 5.0 {
			t.Errorf("counted %v", drafts["totalCount"])
		}
		for _, node := range drafts["nodes"].([]any) {
			got = append(got, dig[string](t, node, "id"))
		}
		cursor = `"` + dig[string](t, drafts, "pageInfo", "endCursor") + `"`
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDraftsStayTheirAuthorsWhenAccessEnds(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.draft(admin, map[string]any{"kind": "INCIDENT", "description": "A fall.", "organisation": "RGT"})
	for _, statement := range []string{
		"UPDATE access_grant SET revoked_at = now()", "DELETE FROM account_organisation", "UPDATE account SET grant_version = grant_version + 1",
	} {
		if _, err := s.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	answer := s.ask(admin, `query($id: ID!) { event(id: $id) { description problems { path } } viewer { drafts { totalCount } } }`, map[string]any{"id": id})
	if dig[string](t, answer, "data", "event", "description") != "A fall." || dig[float64](t, answer, "data", "viewer", "drafts", "totalCount") != 1 {
		t.Errorf("got %v", answer)
	}
	if got := code(t, s.ask(admin, discard, map[string]any{"id": id})); got != "" {
		t.Errorf("deleting it is answered %s", got)
	}
}
