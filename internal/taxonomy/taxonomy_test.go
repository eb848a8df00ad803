package taxonomy

import (
	"slices"
	"strings"
	"testing"
)

func five(t testing.TB) *Taxonomy {
	t.Helper()
	registry, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return registry.Version(5)
}

func TestVersionFiveIsComplete(t *testing.T) {
	v5 := five(t)
	codes := 0
	for _, system := range v5.CodeSystems() {
		codes += len(system.Codes(nil))
		if system.Version != 5 {
			t.Errorf("%s is of version %d", system.ID, system.Version)
		}
	}
	got := []int{v5.Number(), len(v5.CodeSystems()), codes, len(v5.Sections()), len(v5.Elements())}
	// Beside the 25 sections and 147 elements published, what the record itself carries.
	if want := []int{5, 75, 735, 25 + 1, 147 + 2}; !slices.Equal(got, want) {
		t.Errorf("number, code systems, codes, sections, elements: got %v, want %v", got, want)
	}
}

func TestLabelsAreThosePublished(t *testing.T) {
	tests := []struct{ system, code, label string }{
		{"level-of-physical-harm", "1", "Fatal"},
		{"age-brackets", "12", "85+ years"},
		{"risk-location", "3", "The risk is widespread"},
		{"yes-no-unknown-codes", "u", "I don't know"},
		{"buildings-or-infrastructure", "1", "Areas under construction, including scaffolding"},
		{"never-event-type", "15", "Unintentional connection of a patient requiring oxygen to an air flowmeter"},
	}
	v5 := five(t)
	for _, test := range tests {
		if got, ok := v5.Label(test.system, test.code); !ok || got != test.label {
			t.Errorf("%s %s: got %q, %t; want %q", test.system, test.code, got, ok, test.label)
		}
		want := Coding{System: test.system, Code: test.code, Label: test.label}
		want.value, _ = v5.ValueOf(test.system, test.code)
		if got, ok := v5.Coding(test.system, test.code); !ok || got != want {
			t.Errorf("got %v, %t; want %v", got, ok, want)
		}
	}
}

func TestWhatIsNotThereIsSaidToBeNot(t *testing.T) {
	v5 := five(t)
	if _, ok := v5.Label("level-of-physical-harm", "6"); ok {
		t.Error("a code too many")
	}
	if _, ok := v5.Coding("no-such-system", "1"); ok {
		t.Error("a code system too many")
	}
	if _, ok := v5.Element("AdverseEventAgent"); ok {
		t.Error("a section is taken for an element")
	}
	if v5.CodeSystem("ods-codes") != nil {
		t.Error("ODS codes are the map's, not the taxonomy's")
	}
}

func TestAnUnknownVersionKnowsNothing(t *testing.T) {
	registry, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(registry.Versions(), []int{5}) || registry.Latest() != registry.Version(5) {
		t.Errorf("versions %v, latest %d", registry.Versions(), registry.Latest().Number())
	}
	none := registry.Version(4)
	_, label := none.Label("gender", "1")
	_, coding := none.Coding("gender", "1")
	_, element := none.Element("PatientInformation.Gender")
	_, code := none.CodeOf("agent-type", "BLOOD")
	_, value := none.ValueOf("agent-type", "11")
	if label || coding || element || code || value || none.Number() != 0 ||
		none.CodeSystem("gender") != nil || none.CodeSystems() != nil || none.Sections() != nil || none.Elements() != nil {
		t.Error("it knows something")
	}
}

func TestCodesAreFoundByBeginningsOfWords(t *testing.T) {
	system := five(t).CodeSystem("specialty")
	tests := []struct {
		search string
		has    string
	}{
		{"acute int", "Acute internal medicine"},
		{"MEDICINE ACUTE", "Acute internal medicine"},
		{"blood trans", "Blood transfusion"},
	}
	for _, test := range tests {
		found := system.Codes(&test.search)
		if len(found) == 0 || len(found) > 20 || !slices.ContainsFunc(found, func(c *Coding) bool { return c.Label == test.has }) {
			t.Errorf("%q finds %d without %q", test.search, len(found), test.has)
		}
	}
	for _, nothing := range []string{"cute", "zzz", "acute zzz"} {
		if found := system.Codes(&nothing); found == nil || len(found) != 0 {
			t.Errorf("%q finds %d", nothing, len(found))
		}
	}
}

func TestCodesAreTheCallersToChange(t *testing.T) {
	system := five(t).CodeSystem("gender")
	system.Codes(nil)[0].Label = "changed"
	if got := system.Codes(nil)[0].Label; got != "Female" {
		t.Errorf("a caller's change reached the taxonomy: %s", got)
	}
}

func TestElementsAreThosePublished(t *testing.T) {
	tests := []struct {
		path     string
		min, max int
		kind     Type
		system   string
	}{
		{"AdverseEventAgent.InvolvedAgents", 1, 100, Code, "agent-type"},
		{"AdverseEventAgent.DrugsInvolved", 0, 100, Text, ""},
		{"AdverseEventEstimatedDate.ApproximateDate", 0, 1, Text, ""},
		{"AdverseEventEstimatedDate.PreciseTime", 0, 1, Time, ""},
		{"AdverseEventEstimatedDate.TodaysDate", 0, 1, Date, ""},
		{"AdverseEventReferenceMetadata.DataSharingOptOut", 1, 1, Boolean, ""},
		{"PatientInformation.AgeAtTimeOfIncidentDays", 0, 1, Integer, ""},
		{"LocationDetails.Organisation", 0, 100, Organisation, ""},
		{"AdverseEventProblemMedication.DrugUsedTooMuch", 0, 10, Code, "too-much-drug"},
	}
	v5 := five(t)
	for _, test := range tests {
		e, ok := v5.Element(test.path)
		if !ok || e.Min != test.min || e.Max != test.max || e.Type != test.kind || e.CodeSystem != test.system {
			t.Errorf("%s: got %+v", test.path, e)
		}
		if e.Required() != (test.min > 0) || e.Repeats() != (test.max > 1) {
			t.Errorf("%s: required %t, repeats %t", test.path, e.Required(), e.Repeats())
		}
		if section, _, _ := strings.Cut(test.path, "."); e.Section != section {
			t.Errorf("%s is in section %s", test.path, e.Section)
		}
	}
}

func TestEveryQuestionAndTitleIsWorded(t *testing.T) {
	v5 := five(t)
	asked := map[string]string{}
	for _, e := range v5.Elements() {
		switch {
		case e.Governance():
			continue
		case !strings.HasSuffix(e.Question, "?"):
			t.Errorf("%s asks nothing", e.Path)
		case asked[e.Question] != "":
			t.Errorf("%s and %s ask the same", e.Path, asked[e.Question])
		}
		asked[e.Question] = e.Path
	}
	titles := map[string]bool{}
	for _, system := range v5.CodeSystems() {
		if titles[system.Title] {
			t.Errorf("two code systems are called %q", system.Title)
		}
		titles[system.Title] = true
	}
}

func TestGovernanceIsNeverTakenFromAnswers(t *testing.T) {
	count := 0
	for _, e := range five(t).Elements() {
		if e.Governance() != (e.Section == "AdverseEventGovernance") {
			t.Errorf("%s: governance %t", e.Path, e.Governance())
		}
		if e.Governance() {
			count++
			if e.Answerable() || len(e.Fields) > 0 {
				t.Errorf("%s is taken from whoever records", e.Path)
			}
		}
	}
	if count != 10 {
		t.Errorf("%d elements of governance, want 10", count)
	}
}

func TestAnElementIsAnsweredInOnePlaceOnly(t *testing.T) {
	for _, e := range five(t).Elements() {
		if e.Answerable() && len(e.Fields) > 0 {
			t.Errorf("%s is taken twice", e.Path)
		}
	}
}

func TestEveryWordTypedIsFreeText(t *testing.T) {
	v5 := five(t)
	for _, path := range []string{
		"AdverseEventAgent.DrugsInvolved", "AdverseEventAgent.SabreReportNumber", "AdverseEventOutcome.ImmediateActions",
		"PatientInformation.ClinicalOutcome", "PractitionerDetails.ReporterContact", "LocationDetails.OrganisationOther",
		"AdverseEventProblemPeople.ProblemDescriptionActions", "AdverseEventRiskDetails.RiskDescription",
	} {
		if e, _ := v5.Element(path); !e.FreeText() {
			t.Errorf("%s is not free text", path)
		}
	}
	for _, path := range []string{
		"AdverseEventEstimatedDate.ApproximateDate", "AdverseEventReferenceMetadata.ReferenceNumber",
		"AdverseEventAgent.InvolvedAgents", "PatientInformation.AgeAtTimeOfIncidentDays", "LocationDetails.Organisation",
	} {
		if e, _ := v5.Element(path); e.FreeText() {
			t.Errorf("%s is free text", path)
		}
	}
	for _, e := range v5.Elements() {
		if e.Answerable() && e.Type == Text && !e.FreeText() {
			t.Errorf("%s is answered in words that nobody anonymises", e.Path)
		}
	}
}
