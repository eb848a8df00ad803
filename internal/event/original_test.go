package event

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lfpse/internal/redaction"
)

func TestAnOriginalIsReadAsItWasWritten(t *testing.T) {
	in := valid()
	for name, o := range map[string]original{
		"a revision": {
			Texts:    map[string]string{"description": "Rose fell."},
			Spans:    map[string][]redaction.Span{"description": {{Start: 0, End: 4, Class: redaction.Name, Person: 2}}},
			Redacted: []redaction.Redacted{{Text: "Rose", Class: redaction.Name, Person: 2}},
		},
		"a revision with marked words": {
			Texts:  map[string]string{"description": "Rose fell."},
			Spans:  map[string][]redaction.Span{"description": {{Start: 0, End: 4, Class: redaction.Identifier, Reason: markedByReader}}},
			Marked: []string{"Rose"},
		},
		"a revision without texts": {},
		"a draft":                  {Draft: &in},
	} {
		plain, err := json.Marshal(written(o))
		if err != nil {
			t.Fatal(err)
		}
		read, err := readOriginal(plain)
		if diff := cmp.Diff(o, read); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

// What is sealed already has to be read for as long as the record is kept: these
// are such texts, and must not be changed.
func TestFormsThatWereSealedAreRead(t *testing.T) {
	for name, c := range map[string]struct{ plain, description string }{
		"texts alone": {`{"description":"A fall.","reporterContact":"x"}`, "A fall."},
		"a revision":  {`{"format":2,"texts":{"description":"Rose fell."},"spans":{"description":[{"s":0,"e":4,"c":"NAME","p":1}]},"redacted":[{"t":"Rose","c":"NAME","p":1}]}`, "Rose fell."},
		"marked":      {`{"format":2,"texts":{"description":"Rose fell."},"spans":{"description":[{"s":0,"e":4,"c":"IDENTIFIER","m":true}]},"marked":["Rose"]}`, "Rose fell."},
		"a draft":     {`{"format":2,"draft":{"Kind":"RISK","Description":"A slope.","Risk":{"Population":"All."},"Answers":[{"Element":"No.Such","Text":"x"}]}}`, "A slope."},
	} {
		o, err := readOriginal([]byte(c.plain))
		if err != nil || o.typed()["description"] != c.description {
			t.Errorf("%s: %v, %+v", name, err, o)
		}
	}
	draft, _ := readOriginal([]byte(`{"format":2,"draft":{"Kind":"RISK","OccurredOn":"2026","Risk":{"Population":"All."},"Answers":[{"Element":"No.Such","Text":"x"}]}}`))
	want := Input{Kind: KindRisk, OccurredOn: ptr(PartialDate("2026")), Risk: &RiskInput{Population: ptr("All.")}, Answers: []*AnswerInput{{Element: "No.Such", Text: ptr("x")}}}
	if diff := cmp.Diff(&want, draft.Draft); diff != "" {
		t.Error(diff)
	}
}

func TestOtherFormsAreRefusedWithoutQuotingThem(t *testing.T) {
	for _, plain := range []string{"", "[]", `{"description":7}`, `{"format":3}`, `{"format":2,"texts":["Pemberton"]}`, `{"format":"Pemberton"}`} {
		if _, err := readOriginal([]byte(plain)); err == nil || err != errForm {
			t.Errorf("%q is answered %v", plain, err)
		}
	}
}

// A record says what it was recorded with.
func TestARecordsInputIsTheOneItWasRecordedWith(t *testing.T) {
	incident := valid()
	incident.Incident.NearMiss = nil // as good as false
	incident.Incident.ImminentRisk = ptr(No)
	incident.Patients = append(incident.Patients, &PatientInput{AgeBracket: ptr("9"), Gender: ptr("1")})
	for name, in := range map[string]Input{
		"an incident": incident,
		"an outcome":  {Kind: KindOutcome, Description: ptr("x"), Outcome: &OutcomeInput{OutcomeTypes: []string{"1"}, IncidentSuspected: ptr(Yes), ImmediateActions: ptr("y")}},
		"a risk":      {Kind: KindRisk, Description: ptr("x"), Risk: &RiskInput{Themes: []string{"1"}, Imminent: ptr(NotKnown), Population: ptr("y"), Timeframe: ptr("1")}},
		"good care":   {Kind: KindGoodCare, Description: ptr("x"), GoodCare: &GoodCareInput{Strengths: ptr("y"), HowToRepeat: ptr("z"), NoticedBy: ptr("1")}},
		"very little": {Kind: KindIncident, Description: ptr("x")},
	} {
		t.Run(name, func(t *testing.T) {
			patients := patientRecords(uuid.New(), &in)
			var row Row
			row.putContent(&in, patients)
			texts := in.texts()
			if in.ReporterContact != nil {
				texts[fieldContact] = *in.ReporterContact
			}
			back := recordedWith(row.Record, patients, texts)
			if changed := differences(&in, &back); len(changed) > 0 {
				t.Errorf("%v differ: %+v", changed, back)
			}
			if !reflect.DeepEqual(in.ReporterContact, back.ReporterContact) || !reflect.DeepEqual(in.Organisation, back.Organisation) {
				t.Errorf("contact or organisation differ: %+v", back)
			}
		})
	}
}

// Every field of an input is among those whose change is told.
func TestEveryFieldsChangeIsTold(t *testing.T) {
	told := map[string]bool{}
	for _, kind := range kinds() {
		in := Input{
			Kind: kind, OccurredOn: ptr(PartialDate("2026")), OccurredAt: ptr(LocalTime("10:00")), OccurredAtOrganisations: []string{"A"},
			ServiceArea: []ServiceArea{ServiceAreaAcute}, Specialty: ptr("x"), Description: ptr("x"), LevelOfConcern: ptr(LevelOfConcernVery),
			InvolvedAgents: []AgentType{AgentTypeDevice}, SafetyChallenges: []SafetyChallenge{SafetyChallengeFall}, Patients: []*PatientInput{{}},
			Incident: &IncidentInput{ptr("x"), ptr("x"), ptr("x"), ptr("x"), ptr(Yes), ptr(true)},
			Outcome:  &OutcomeInput{[]string{"x"}, ptr(Yes), ptr("x")}, Risk: &RiskInput{[]string{"x"}, ptr(Yes), ptr("x"), ptr("x")},
			GoodCare: &GoodCareInput{ptr("x"), ptr("x"), ptr("x")}, Answers: []*AnswerInput{{Element: "E", Codes: []string{"1"}}},
		}
		for _, field := range differences(&Input{}, &in) {
			told[field] = true
		}
		if same := differences(&in, ptr(in.clone())); len(same) > 0 {
			t.Errorf("a copy differs in %v", same)
		}
	}
	// Organisation and ReporterContact are not in a patch.
	const fields = 12 + 6 + 3 + 4 + 3
	if len(told) != fields {
		t.Errorf("%d of %d are told: %v", len(told), fields, sortedKeys(told))
	}
	if n := reflect.TypeFor[Input]().NumField(); n != 18 {
		t.Errorf("Input has %d fields: is each of them patched, told and cloned?", n)
	}
}
