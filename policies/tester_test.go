package policies

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestTestTellsWhatFailed(t *testing.T) {
	rules := rulesWith(t, map[string]string{"event/rows.rego": `package event

visible if is_own

visible if is_sent
`})
	results, err := runTests(t.Context(), rules)
	if err != nil {
		t.Fatal(err)
	}
	passed := map[string]bool{}
	for _, r := range results {
		passed[r.Name] = r.Passed
	}
	for name, want := range map[string]bool{
		"event_rows/STANDARD/own_submitted":          true,
		"event_rows/ORGANISATIONAL/occurred_in_area": false,
		"event_rows/NATIONAL_LEAD/elsewhere":         false,
	} {
		got, found := passed[name]
		if !found || got != want {
			t.Errorf("%s: passed %v, found %v", name, got, found)
		}
	}
	if !slices.IsSortedFunc(results, func(a, b TestResult) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	}) {
		t.Error("results are not in order of their names")
	}
}

func TestTestFailsWithoutTests(t *testing.T) {
	data := fstest.MapFS{}
	for _, name := range []string{"settings.yaml", "fields.yaml", neverEventsFile} {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data[name] = &fstest.MapFile{Data: text}
	}
	_, err := runTests(t.Context(), data)
	if err == nil {
		t.Error("no tests passed for passing tests")
	}
}

// Every row and cell of the matrix has its test, so that none is lost by
// mistake.
func TestMatrixIsCovered(t *testing.T) {
	results, err := Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, r := range results {
		found[r.Name] = true
	}
	for _, name := range matrix() {
		if !found[name] {
			t.Errorf("there is no test %s", name)
		}
	}
}

func matrix() []string {
	readers := []string{"anonymous", "STANDARD", "ORGANISATIONAL", "ADMIN", "READ_ONLY", "NATIONAL_LEAD", "client"}
	var names []string
	for _, reader := range readers {
		for _, record := range []string{
			"own_draft", "own_submitted", "others_draft_in_area", "reported_in_area", "occurred_in_area", "elsewhere",
			"withdrawn_in_area", "anonymous_in_area", "sent_by_its_client",
		} {
			names = append(names, "event_rows/"+reader+"/"+record)
		}
		for _, action := range actions("event") {
			names = append(names, "event_actions/"+string(action)+"/"+reader)
		}
		for _, action := range rowActions("event") {
			for _, record := range []string{
				"own_draft", "own_submitted", "others_draft_in_area", "reported_in_area", "occurred_in_area", "elsewhere",
				"anonymous_in_area", "anonymous_without_organisation", "sent_by_its_client",
			} {
				names = append(names, "event_row_actions/"+string(action)+"/"+reader+"/"+record)
			}
		}
		for _, account := range []string{"itself", "on_the_staff_in_area", "grant_on_the_area_itself", "grant_elsewhere"} {
			names = append(names, "account_rows/"+reader+"/"+account, "account_fields/"+reader+"/"+account,
				"account_only_national_leads_decide_about_registrations/"+reader+"/"+account)
		}
		names = append(names, "account_only_national_leads_have_registrations_to_approve/"+reader)
	}
	for _, class := range classes("event") {
		for _, standing := range []string{
			"reporter", "client_that_sent_it",
			"ORGANISATIONAL_reporters_organisation", "ADMIN_reporters_organisation",
			"ORGANISATIONAL_only_occurred_at", "ADMIN_only_occurred_at",
			"READ_ONLY_reporters_organisation", "READ_ONLY_only_occurred_at", "NATIONAL_LEAD",
		} {
			names = append(names, "event_fields/"+string(class)+"/"+standing)
		}
	}
	return names
}
