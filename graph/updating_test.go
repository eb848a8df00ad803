package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// aWholeIncident answers everything.
func aWholeIncident() map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "occurredOn": "2026-10-02", "occurredAt": "14:30",
		"occurredAtOrganisations": []string{"RGT01"}, "serviceArea": []string{"ACUTE"}, "specialty": "44", "levelOfConcern": "VERY",
		"involvedAgents": []string{"DEVICE"}, "safetyChallenges": []string{"FALL"}, "reporterContact": "ext 2231",
		"incident": map[string]any{"immediateActions": "Dr Okonkwo came.", "wentWell": "Quick help.", "process": "7", "nearMiss": true},
		"patients": []any{
			map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "SEVERE", "clinicalOutcome": "Edith is better."},
			map[string]any{"ageBracket": "9", "gender": "1"},
		},
	}
}

const says = `query($id: ID!) { event(id: $id) { revision kind description occurredOn occurredAt occurredAtOrganisations { odsCode } serviceArea
	specialty { code } levelOfConcern involvedAgents safetyChallenges reporterContact physicalHarm
	details { ... on IncidentDetails { immediateActions wentWell process { code } nearMiss answers { element text } } ... on RiskDetails { population imminent answers { element } } }
	patients { sequence age { value } ageBracket { code } gender { code } physicalHarm clinicalOutcome }
	revisions { revision changed by { name } description } } }`

func (s *service) says(reader, id string) string {
	s.t.Helper()
	return strings.TrimSpace(s.raw(reader, says, map[string]any{"id": id}))
}

// changedIn answers what the latest revision changed.
func (s *service) changedIn(id string) []any {
	s.t.Helper()
	answer := s.ask(reporter, `query($id: ID!) { event(id: $id) { revisions { changed } } }`, map[string]any{"id": id})
	return dig[[]any](s.t, dig[[]any](s.t, answer, "data", "event", "revisions")[0], "changed")
}

func TestAnUpdateChangesWhatItGivesAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, c := range []struct {
		name    string
		patch   map[string]any
		changes [2]string // in what it says, before and after
		changed string
	}{
		{"a text", map[string]any{"description": "She slipped."}, [2]string{`"Mrs Edith Pemberton fell.","occurredOn"`, `"She slipped.","occurredOn"`}, "[description]"},
		{"a code cleared", map[string]any{"specialty": nil}, [2]string{`{"code":"44"}`, `null`}, "[specialty]"},
		{"a list", map[string]any{"serviceArea": []string{"AMBULANCE", "ACUTE"}}, [2]string{`["ACUTE"]`, `["AMBULANCE","ACUTE"]`}, "[serviceArea]"},
		{"a list cleared", map[string]any{"involvedAgents": nil}, [2]string{`["DEVICE"]`, `[]`}, "[involvedAgents]"},
		{"a date known less", map[string]any{"occurredOn": "2026-10", "occurredAt": nil}, [2]string{`"2026-10-02","occurredAt":"14:30"`, `"2026-10","occurredAt":null`}, "[occurredOn occurredAt]"},
		{"places", map[string]any{"occurredAtOrganisations": []string{}}, [2]string{`[{"odsCode":"RGT01"}]`, `[]`}, "[occurredAtOrganisations]"},
		{"an answer of its kind", map[string]any{"incident": map[string]any{"process": "6"}}, [2]string{`"process":{"code":"7"}`, `"process":{"code":"6"}`}, "[incident.process]"},
		{"an answer of its kind cleared", map[string]any{"incident": map[string]any{"wentWell": nil}}, [2]string{`"wentWell":"Quick help."`, `"wentWell":null`}, "[incident.wentWell]"},
		{"all answers of its kind cleared", map[string]any{"incident": nil}, [2]string{
			`"immediateActions":"Dr Okonkwo came.","wentWell":"Quick help.","process":{"code":"7"},"nearMiss":true`, `"immediateActions":null,"wentWell":null,"process":null,"nearMiss":false`,
		}, "[incident.immediateActions incident.process incident.wentWell incident.nearMiss]"},
		{"a patient", map[string]any{"patients": []any{
			map[string]any{"sequence": 2, "ageBracket": "9", "gender": "2"},
			map[string]any{"sequence": 1, "age": map[string]any{"value": 84, "unit": "YEARS"}, "physicalHarm": "SEVERE", "clinicalOutcome": "Edith is better."},
		}}, [2]string{`"gender":{"code":"1"}`, `"gender":{"code":"2"}`}, "[patients]"},
		{"one patient less", map[string]any{"patients": []any{map[string]any{"ageBracket": "9"}}}, [2]string{
			`"physicalHarm":"SEVERE","details"`, `"physicalHarm":null,"details"`,
		}, "[patients]"},
		{"an answer of the long tail", map[string]any{"answers": []any{map[string]any{"element": "AdverseEventAgent.YellowCardReference", "text": "123"}}}, [2]string{
			`"answers":[]`, `"answers":[{"element":"AdverseEventAgent.YellowCardReference","text":"123"}]`,
		}, "[answers.AdverseEventAgent.YellowCardReference]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.t = t
			id, _ := s.record(reporter, aWholeIncident())
			before := s.says(reporter, id)
			s.ok(s.update(reporter, id, 1, c.patch), "updateEvent")
			after := s.says(reporter, id)
			cut := func(text string) string { text, _, _ = strings.Cut(text, `"revisions"`); return text }
			if c.name == "one patient less" {
				before, after = before[:strings.Index(before, `"patients"`)], after[:strings.Index(after, `"patients"`)]
			}
			want := strings.Replace(strings.Replace(cut(before), `"revision":1`, `"revision":2`, 1), c.changes[0], c.changes[1], 1)
			if cut(after) != want {
				t.Errorf("\ngot  %s\nwant %s", cut(after), want)
			}
			if got := fmt.Sprint(s.changedIn(id)); got != c.changed {
				t.Errorf("changed %s, not %s", got, c.changed)
			}
		})
	}
}

func TestAnswersMergeByElement(t *testing.T) {
	t.Parallel()
	s := newService(t)
	answer := func(element string, text any) map[string]any {
		return map[string]any{"element": "AdverseEventAgent." + element, "text": text}
	}
	input := aFall()
	input["involvedAgents"] = []string{"BLOOD", "TISSUE_OR_ORGAN"}
	input["answers"] = []any{answer("SabreReportNumber", "1"), answer("ShotReportNumber", "2")}
	id, _ := s.record(reporter, input)
	s.ok(s.update(reporter, id, 1, map[string]any{"answers": []any{answer("ShotReportNumber", "3"), answer("NhsbtReportNumber", "4"), answer("SabreReportNumber", nil)}}), "updateEvent")
	want := `"answers":[{"element":"AdverseEventAgent.ShotReportNumber","text":"3"},{"element":"AdverseEventAgent.NhsbtReportNumber","text":"4"}]`
	if got := s.says(reporter, id); !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprint(s.changedIn(id)); got != "[answers.AdverseEventAgent.SabreReportNumber answers.AdverseEventAgent.ShotReportNumber answers.AdverseEventAgent.NhsbtReportNumber]" {
		t.Errorf("changed %s", got)
	}
	t.Run("an element given twice is told", func(t *testing.T) {
		got := problems(t, s.update(reporter, id, 2, map[string]any{"answers": []any{answer("SabreReportNumber", "5"), answer("SabreReportNumber", "6")}}), "updateEvent")
		if len(got) != 1 || !strings.HasPrefix(got[0], "DUPLICATE [event answers") {
			t.Errorf("got %v", got)
		}
	})
	t.Run("null takes all away", func(t *testing.T) {
		s.ok(s.update(reporter, id, 2, map[string]any{"answers": nil}), "updateEvent")
		if got := s.says(reporter, id); !strings.Contains(got, `"answers":[]`) {
			t.Errorf("got %s", got)
		}
	})
}

func TestAnUpdateThatChangesNothingMakesNoRevision(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	whole := aWholeIncident()
	delete(whole, "organisation")
	delete(whole, "reporterContact")
	for name, patch := range map[string]map[string]any{
		"empty": {}, "the same again": whole, "an empty part": {"incident": map[string]any{}}, "another kind's nothing": {"risk": nil},
	} {
		updated := s.ok(s.update(reporter, id, 1, patch), "updateEvent")
		if updated["revision"] != 1.0 || updated["description"] != "Mrs Edith Pemberton fell." {
			t.Errorf("%s: answered %v", name, updated)
		}
	}
	for name, patch := range map[string]map[string]any{"what is read, by who reads it anonymised": {"description": "Mrs [NAME 1] fell.", "incident": map[string]any{"immediateActions": "Dr [NAME 2] came."}}} {
		if updated := s.ok(s.update(organisational, id, 1, patch), "updateEvent"); updated["revision"] != 1.0 {
			t.Errorf("%s: answered %v", name, updated)
		}
	}
}

func TestTheOutcomeIsValidatedAsAWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, c := range map[string]struct {
		patch map[string]any
		want  string
	}{
		"a description cleared":             {map[string]any{"description": nil}, "[REQUIRED [event description]]"},
		"a kind cleared":                    {map[string]any{"kind": nil}, "[REQUIRED [event kind]]"},
		"a time left without its day":       {map[string]any{"occurredOn": "2026"}, "[NOT_APPLICABLE [event occurredAt]]"},
		"an unknown code":                   {map[string]any{"incident": map[string]any{"process": "none"}}, "[UNKNOWN_CODE [event incident process]]"},
		"a patient's":                       {map[string]any{"patients": []any{map[string]any{}, map[string]any{"gender": "x"}}}, "[UNKNOWN_CODE [event patients 1 gender]]"},
		"an answer's":                       {map[string]any{"answers": []any{map[string]any{"element": "No.Such", "text": "x"}}}, "[UNKNOWN_CODE [event answers 0 element]]"},
		"another kind's answers":            {map[string]any{"risk": map[string]any{"population": "All."}}, "[NOT_APPLICABLE [event risk]]"},
		"imminent risk beside its patients": {map[string]any{"incident": map[string]any{"imminentRisk": "YES"}}, "[NOT_APPLICABLE [event incident imminentRisk]]"},
	} {
		t.Run(name, func(t *testing.T) {
			s.t = t
			id, _ := s.record(reporter, aWholeIncident())
			before := s.says(reporter, id)
			for _, editor := range []string{reporter, organisational} {
				if got := fmt.Sprint(problems(t, s.update(editor, id, 1, c.patch), "updateEvent")); got != c.want && !strings.Contains(got, c.want[1:len(c.want)-1]) {
					t.Errorf("%s: got %s, want %s", editor, got, c.want)
				}
			}
			if after := s.says(reporter, id); after != before {
				t.Errorf("it says %s", after)
			}
		})
	}
}

// Organisations close; what an event said of them stays valid.
func TestAnOrganisationThatClosedSinceStaysWhereItIs(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	if _, err := s.db.ExecContext(t.Context(), "UPDATE organisation SET valid_until = '2020-01-01' WHERE ods_code IN ('RGT', 'RGT01')"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.ExecContext(t.Context(), "UPDATE geography_version SET version = version + 1"); err != nil {
		t.Fatal(err)
	}
	if err := s.geography.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.ok(s.update(reporter, id, 1, map[string]any{"description": "A slip."}), "updateEvent")
	if got := problems(t, s.update(reporter, id, 2, map[string]any{"occurredAtOrganisations": []string{"RGT01", "NONE1"}}), "updateEvent"); !slices.Equal(got, []string{"UNKNOWN_CODE [event occurredAtOrganisations 1]"}) {
		t.Errorf("got %v", got)
	}
}

func TestTheReportersOrganisationAndContactAreNotInAPatch(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	for field, value := range map[string]any{"organisation": "RR8", "reporterContact": "ext 1"} {
		if got := code(t, s.update(reporter, id, 1, map[string]any{field: value})); got != "BAD_USER_INPUT" {
			t.Errorf("%s is answered %q", field, got)
		}
	}
	s.ok(s.update(organisational, id, 1, map[string]any{"specialty": nil}), "updateEvent")
	if got := s.says(reporter, id); !strings.Contains(got, `"reporterContact":"ext 2231"`) {
		t.Errorf("the contact details are lost: %s", got)
	}
}

// Of many updates of one revision at once exactly one wins, and none is mixed
// with another.
func TestOfUpdatesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	answers := make([]map[string]any, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() {
			answers[i] = s.update([]string{reporter, organisational, admin}[i%3], id, 1, map[string]any{
				"description": fmt.Sprintf("Fall %d.", i), "patients": []any{map[string]any{"clinicalOutcome": fmt.Sprintf("Outcome %d.", i)}},
			})
		})
	}
	wait.Wait()
	won := -1
	for i, answer := range answers {
		switch got := problems(t, answer, "updateEvent"); {
		case len(got) == 0 && won < 0:
			won = i
		case !slices.Equal(got, []string{"STALE_REVISION [revision]"}):
			t.Errorf("update %d is answered %v, %d won", i, answer, won)
		}
	}
	if got := s.says(reporter, id); won < 0 || !strings.Contains(got, `"revision":2,`) || !strings.Contains(got, fmt.Sprintf(`"Fall %d."`, won)) || !strings.Contains(got, fmt.Sprintf(`"Outcome %d."`, won)) {
		t.Errorf("%d won and it says %s", won, got)
	}
}

// An update and a withdrawal at once: one wins, or the update came first and the
// withdrawal is told so.
func TestAnUpdateAndAWithdrawalAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for range 6 {
		id, _ := s.record(reporter, aFall())
		var updated, gone map[string]any
		var wait sync.WaitGroup
		wait.Go(func() { updated = s.update(reporter, id, 1, map[string]any{"description": "A slip."}) })
		wait.Go(func() { gone = s.withdrawn(reporter, id, 1, "A mistake.") })
		wait.Wait()
		now := dig[string](t, s.ask(reporter, `query($id: ID!) { event(id: $id) { status } }`, map[string]any{"id": id}), "data", "event", "status")
		switch now {
		case "WITHDRAWN":
			if code(t, gone) != "" || code(t, updated) != "FORBIDDEN" {
				t.Errorf("withdrawn: %v, %v", updated, gone)
			}
		default:
			if got := problems(t, gone, "withdrawEvent"); !slices.Equal(got, []string{"STALE_REVISION [revision]"}) || len(problems(t, updated, "updateEvent")) > 0 {
				t.Errorf("updated: %v, %v", updated, gone)
			}
		}
	}
}

// Another kind keeps what it asks too and drops the rest, which the history
// keeps.
func TestAChangeOfKind(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aWholeIncident())
	updated := s.update(reporter, id, 1, map[string]any{"kind": "RISK", "risk": map[string]any{"population": "Whoever walks there.", "imminent": "NO"}})
	s.ok(updated, "updateEvent")
	got := s.says(reporter, id)
	for _, want := range []string{`"kind":"RISK"`, `"patients":[]`, `"physicalHarm":null`, `"details":{"population":"Whoever walks there.","imminent":"NO","answers":[]}`, `"description":"Mrs Edith Pemberton fell."`} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s: %s", want, got)
		}
	}
	if got := fmt.Sprint(s.changedIn(id)); !strings.HasPrefix(got, "[kind ") || !strings.Contains(got, "incident.immediateActions incident.process incident.wentWell incident.nearMiss risk.imminent risk.population") {
		t.Errorf("changed %s", got)
	}
	var process, actions string
	err := s.db.NewRaw(`SELECT answers->'Incident'->>'Process', texts->>'incident.immediateActions' FROM event_revision WHERE revision = 1`).Scan(t.Context(), &process, &actions)
	if err != nil || process != "7" || actions != "Dr [NAME 2] came." {
		t.Errorf("the history keeps %q and %q, %v", process, actions, err)
	}
	t.Run("tells what the new kind lacks", func(t *testing.T) {
		before := s.says(reporter, id)
		got := problems(t, s.update(organisational, id, 2, map[string]any{"kind": "GOOD_CARE"}), "updateEvent")
		if !slices.Contains(got, "REQUIRED [event goodCare howToRepeat]") {
			t.Errorf("got %v", got)
		}
		if after := s.says(reporter, id); after != before {
			t.Errorf("it was changed: %s", after)
		}
	})
	t.Run("keeps what its editor gives against it, and says so", func(t *testing.T) {
		got := problems(t, s.update(organisational, id, 2, map[string]any{"kind": "GOOD_CARE", "goodCare": map[string]any{"howToRepeat": "x"}, "risk": map[string]any{"imminent": "NO"}}), "updateEvent")
		if !slices.Contains(got, "NOT_APPLICABLE [event risk]") {
			t.Errorf("got %v", got)
		}
	})
}

// Whoever reads the original reads it of every revision, whoever typed it; the
// others read each anonymised. Its reporter sees who made those that they made
// themselves, and those who answer for the organisation who made any.
func TestRevisionsAsEachReaderReadsThem(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	s.ok(s.update(organisational, id, 1, map[string]any{"description": "Mr Quillfeather fell."}), "updateEvent")
	s.ok(s.update(reporter, id, 2, map[string]any{"description": "Mr Quillfeather slipped."}), "updateEvent")
	history := func(names [3]string, name string) string {
		by := func(n string) string {
			if n == "" {
				return "null"
			}
			return `{"name":"` + n + `"}`
		}
		return `{"data":{"event":{"revisions":[` +
			`{"revision":3,"changed":["description"],"by":` + by(names[2]) + `,"description":"Mr ` + name + ` slipped."},` +
			`{"revision":2,"changed":["description"],"by":` + by(names[1]) + `,"description":"Mr ` + name + ` fell."},` +
			`{"revision":1,"changed":[],"by":` + by(names[0]) + `,"description":"A fall."}]}}}`
	}
	people, self, nobodyShown := [3]string{"Asha Kapoor", "Bethan Prosser", "Asha Kapoor"}, [3]string{"Asha Kapoor", "", "Asha Kapoor"}, [3]string{}
	for reader, want := range map[string]string{
		reporter: history(self, "Quillfeather"), organisational: history(people, "[NAME 1]"), admin: history(people, "[NAME 1]"),
		readOnlyICB: history(nobodyShown, "[NAME 1]"), lead: history(nobodyShown, "[NAME 1]"),
	} {
		got := strings.TrimSpace(s.raw(reader, `query($id: ID!) { event(id: $id) { revisions { revision changed by { name } description } } }`, map[string]any{"id": id}))
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", reader, got, want)
		}
	}
	t.Run("and no account is found that is not shown", func(t *testing.T) {
		answer := s.ask(admin, `query($id: ID!) { event(id: $id) { revisions { by { id } } } }`, map[string]any{"id": id})
		editor := dig[string](t, dig[[]any](t, answer, "data", "event", "revisions")[1], "by", "id")
		for reader, want := range map[string]string{reporter: "null", lead: `{"id":"` + editor + `"}`, readOnlyICB: "null", admin: `{"id":"` + editor + `"}`} {
			if got := strings.TrimSpace(s.raw(reader, `{ node(id: "`+editor+`") { id } }`, nil)); got != `{"data":{"node":`+want+`}}` {
				t.Errorf("%s finds %s", reader, got)
			}
		}
	})
}
