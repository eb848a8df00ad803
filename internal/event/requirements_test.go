package event_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lfpse/internal/event"
	"lfpse/internal/governance"
	"lfpse/internal/taxonomy"
	"lfpse/policies"
)

// judging is what events are judged with.
type judging struct {
	rules    *policies.Requirements
	calendar *governance.Calendar
	codes    *taxonomy.Taxonomy
}

func newJudging(t testing.TB) judging {
	t.Helper()
	rules, err := policies.NewRequirements(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := governance.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	codes, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return judging{rules: rules, calendar: calendar, codes: codes.Version(5)}
}

// facts are what the rules are told of an event that was recorded at an instant.
func (j judging) facts(in *event.Input, recordedAt time.Time, providers ...string) governance.Facts {
	record, patients := in.Recorded()
	record.RecordedAt = &recordedAt
	return governance.FactsOf(record, patients, providers, j.calendar)
}

// expect is what requirements an event has, and whether they are certain.
type expect map[governance.Code]bool

const (
	certain  = true
	consider = false
)

// Events as they are recorded, and what is required of them. Each is valid.
func TestWhatIsRequiredOfEvents(t *testing.T) {
	j := newJudging(t)
	for name, test := range map[string]struct {
		event    string
		provider string // a trust where empty
		declared governance.Declared
		want     expect
	}{
		"a fall that harmed nobody": {
			event: `"kind": "INCIDENT", "serviceArea": ["ACUTE"], "safetyChallenges": ["FALL"],
				"patients": [{"ageBracket": "11", "physicalHarm": "NONE", "psychologicalHarm": "NONE"}]`,
			want: expect{},
		},
		"a near miss": {
			event: `"kind": "INCIDENT", "incident": {"nearMiss": true},
				"involvedAgents": ["DEVICE"],
				"answers": [{"element": "AdverseEventProblemDevices.DeviceInvolvementFactors", "codes": ["1"]},
					{"element": "AdverseEventProblemDevices.DeviceUsedUnnecessarily", "codes": ["4"]}]`,
			want: expect{},
		},
		"good care": {event: `"kind": "GOOD_CARE", "goodCare": {"howToRepeat": "Again."}, "serviceArea": ["MATERNITY"]`, want: expect{}},
		"a risk":    {event: `"kind": "RISK", "risk": {"imminent": "YES", "themes": ["2"]}, "involvedAgents": ["TISSUE_OR_ORGAN"]`, want: expect{}},
		"a mother's death": {
			event: `"kind": "INCIDENT", "serviceArea": ["MATERNITY"],
				"patients": [{"age": {"value": 31, "unit": "YEARS"}, "physicalHarm": "FATAL", "strengthOfAssociation": "5"}]`,
			want: expect{governance.PSII: certain, governance.DutyOfCandour: certain, governance.MNSIReferral: certain},
		},
		"a newborn's death": {
			event: `"kind": "INCIDENT", "serviceArea": ["MATERNITY"],
				"patients": [{"age": {"value": 2, "unit": "DAYS"}, "physicalHarm": "FATAL", "strengthOfAssociation": "2"}]`,
			want: expect{
				governance.PSII: consider, governance.DutyOfCandour: consider, governance.MNSIReferral: consider,
				governance.ChildDeathReview: consider,
			},
		},
		"a stillbirth that care had no part in": {
			event: `"kind": "OUTCOME", "serviceArea": ["MATERNITY"], "outcome": {"outcomeTypes": ["1"]}`,
			want:  expect{governance.MNSIReferral: consider, governance.ChildDeathReview: consider},
		},
		"a child's death at a practice": {
			event: `"kind": "INCIDENT", "serviceArea": ["GENERAL_PRACTICE"],
				"patients": [{"age": {"value": 4, "unit": "YEARS"}, "physicalHarm": "FATAL", "strengthOfAssociation": "6"}]`,
			provider: "GP_PRACTICE",
			want:     expect{governance.DutyOfCandour: certain, governance.CQCNotification: consider, governance.ChildDeathReview: certain},
		},
		"the death of a man with a learning disability": {
			event: `"kind": "INCIDENT", "serviceArea": ["LEARNING_DISABILITY_AND_AUTISM"],
				"patients": [{"ageBracket": "9", "physicalHarm": "FATAL", "strengthOfAssociation": "3"}]`,
			want: expect{governance.LeDeRReferral: certain},
		},
		"a death in mental health care": {
			event: `"kind": "INCIDENT", "serviceArea": ["MENTAL_HEALTH"], "safetyChallenges": ["SELF_HARM"],
				"patients": [{"ageBracket": "9", "physicalHarm": "FATAL", "strengthOfAssociation": "3"}]`,
			want: expect{governance.PSII: consider, governance.CQCNotification: consider},
		},
		"the death of a detained patient": {
			event: `"kind": "INCIDENT", "serviceArea": ["MENTAL_HEALTH"],
				"patients": [{"ageBracket": "9", "physicalHarm": "FATAL", "strengthOfAssociation": "4"}]`,
			declared: governance.Declared{Sectioned: true},
			want:     expect{governance.PSII: certain, governance.DutyOfCandour: consider, governance.CQCNotification: certain},
		},
		"a death at another patient's hands": {
			event: `"kind": "OUTCOME", "serviceArea": ["MENTAL_HEALTH"], "outcome": {"outcomeTypes": ["1"]}, "involvedAgents": ["NONE"],
				"answers": [{"element": "AdverseEventAgent.InvolvedPersonsActions", "codes": ["2"]}]`,
			want: expect{
				governance.PSII: consider, governance.CQCNotification: consider,
				governance.MentalHealthHomicideReferral: consider,
			},
		},
		"a death in prison": {
			event: `"kind": "OUTCOME", "serviceArea": ["PRISON"], "outcome": {"outcomeTypes": ["1"]}`,
			want:  expect{governance.PSII: consider},
		},
		"moderate harm at a trust": {
			event: `"kind": "INCIDENT", "patients": [{"physicalHarm": "MODERATE"}]`,
			want:  expect{governance.DutyOfCandour: certain},
		},
		"moderate harm at a care home": {
			event:    `"kind": "INCIDENT", "patients": [{"physicalHarm": "MODERATE"}]`,
			provider: "CARE_HOME",
			want:     expect{governance.DutyOfCandour: consider, governance.CQCNotification: consider},
		},
		"moderate harm at a pharmacy": {
			event:    `"kind": "INCIDENT", "patients": [{"physicalHarm": "MODERATE"}]`,
			provider: "PHARMACY",
			want:     expect{},
		},
		"moderate psychological harm at a trust": {
			event: `"kind": "INCIDENT", "patients": [{"physicalHarm": "LOW", "psychologicalHarm": "MODERATE"}]`,
			want:  expect{governance.DutyOfCandour: consider},
		},
		"severe harm at a care home": {
			event:    `"kind": "INCIDENT", "patients": [{"physicalHarm": "LOW"}, {"physicalHarm": "SEVERE"}]`,
			provider: "CARE_HOME",
			want:     expect{governance.DutyOfCandour: certain, governance.CQCNotification: certain},
		},
		"a pressure ulcer": {
			event: `"kind": "INCIDENT", "safetyChallenges": ["PRESSURE_ULCER"], "patients": [{"physicalHarm": "MODERATE"}]`,
			want:  expect{governance.DutyOfCandour: certain, governance.SafeguardingReferral: consider},
		},
		"a safeguarding concern": {
			event: `"kind": "OUTCOME", "outcome": {"outcomeTypes": ["4"]}`,
			want:  expect{governance.SafeguardingReferral: certain},
		},
		"a screening incident": {
			event: `"kind": "INCIDENT", "safetyChallenges": ["SCREENING"]`,
			want:  expect{governance.ScreeningQA: certain},
		},
		"a side effect": {
			event: `"kind": "INCIDENT", "involvedAgents": ["MEDICATION"],
				"answers": [{"element": "AdverseEventProblemMedication.DrugReaction", "codes": ["1"]}]`,
			want: expect{governance.MHRAYellowCard: certain},
		},
		"a side effect with a Yellow Card": {
			event: `"kind": "INCIDENT", "involvedAgents": ["MEDICATION"],
				"answers": [{"element": "AdverseEventProblemMedication.DrugReaction", "codes": ["1"]},
					{"element": "AdverseEventAgent.YellowCardReference", "text": "ADR 1"}]`,
			want: expect{},
		},
		"a broken device": {
			event: `"kind": "INCIDENT", "involvedAgents": ["DEVICE"],
				"answers": [{"element": "AdverseEventProblemDevices.DeviceInvolvementFactors", "codes": ["4"]}]`,
			want: expect{governance.MHRAYellowCard: consider},
		},
		"the wrong blood": {
			event: `"kind": "INCIDENT", "involvedAgents": ["BLOOD"],
				"answers": [{"element": "AdverseEventProblemBlood.BloodInvolved", "codes": ["3"]},
					{"element": "AdverseEventProblemBlood.WrongBlood", "codes": ["1"]}]`,
			want: expect{governance.NeverEventReview: consider, governance.SHOTSABRE: certain},
		},
		"too little blood": {
			event: `"kind": "INCIDENT", "involvedAgents": ["BLOOD"],
				"answers": [{"element": "AdverseEventProblemBlood.BloodInvolved", "codes": ["2"]}]`,
			want: expect{governance.SHOTSABRE: consider},
		},
		"an organ for transplant": {
			event: `"kind": "INCIDENT", "involvedAgents": ["TISSUE_OR_ORGAN"]`,
			want:  expect{governance.NHSBT: certain},
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := &event.Input{}
			text := `{"description": "It happened.", "occurredOn": "2026-10-02", "organisation": "RGT", ` + test.event + `}`
			if err := json.Unmarshal([]byte(text), in); err != nil {
				t.Fatal(err)
			}
			if problems := event.Problems(t, in); len(problems) > 0 {
				t.Fatalf("the event is not valid: %v", problems)
			}
			provider := test.provider
			if provider == "" {
				provider = "NHS_TRUST"
			}
			facts := j.facts(in, time.Date(2026, 10, 3, 9, 0, 0, 0, time.UTC), provider)
			facts.Declared = test.declared
			judgement, err := j.rules.Judge(facts, facts.RecordedOn)
			if err != nil {
				t.Fatal(err)
			}
			got := expect{}
			for _, r := range judgement.Requirements {
				got[r.Code] = r.Certain
			}
			if !maps.Equal(got, test.want) {
				t.Errorf("it requires %v, want %v", got, test.want)
			}
		})
	}
}

// Each type of never event can be declared, of an event of any day since there
// was a list, and by the framework of the day on which it was recorded calls for
// an investigation.
func TestEachNeverEventIsReviewedAndInvestigated(t *testing.T) {
	j := newJudging(t)
	types := j.codes.CodeSystem("never-event-type").Codes(nil)
	if len(types) != 15 {
		t.Fatalf("the taxonomy has %d types", len(types))
	}
	for _, coding := range types {
		for day, rule := range map[string]string{"2018-02-01": "serious_incident_framework/never_event", "2026-10-02": "psirf/never_event"} {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			facts := j.facts(&event.Input{Kind: event.KindIncident}, at, "NHS_TRUST")
			facts.Declared.NeverEventType = coding.Code
			judgement, err := j.rules.Judge(facts, at)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range judgement.Requirements {
				for _, f := range r.Findings {
					got = append(got, f.Rule)
				}
			}
			if want := []string{"never_events/declared", rule}; !slices.Equal(got, want) {
				t.Errorf("%s on %s: %v, want %v", coding.Label, day, got, want)
			}
		}
	}
}

// Whatever can be recorded is judged, whoever provides and whenever it was, and
// what is required is what is explained. The rules are told codes alone.
func TestWhateverCanBeRecordedIsJudged(t *testing.T) {
	j := newJudging(t)
	rapid.Check(t, func(r *rapid.T) {
		in := event.Drawn(t, r, j.codes)
		provider := rapid.SampledFrom([]string{"NHS_TRUST", "GP_PRACTICE", "CARE_HOME", "PHARMACY", "OTHER", "NHS_ENGLAND"}).Draw(r, "provider")
		days := rapid.IntRange(0, 20*365).Draw(r, "day")
		facts := j.facts(in, time.Date(2008, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days), provider)
		if rapid.Bool().Draw(r, "sectioned") {
			facts.Declared.Sectioned = true
		}
		judgement, err := j.rules.Judge(facts, facts.RecordedOn)
		if err != nil {
			r.Fatal(err)
		}
		explanations, err := j.rules.Explain(facts)
		if err != nil {
			r.Fatal(err)
		}
		required, explained := map[string][]string{}, map[string][]string{}
		for _, requirement := range judgement.Requirements {
			if due := requirement.DueOn(); due != nil && !due.After(facts.RecordedOn) {
				r.Fatalf("%s is due on %s, before there was time", requirement.Code, due)
			}
			for _, f := range requirement.Findings {
				required[f.Rule] = f.Because
			}
		}
		for _, e := range explanations {
			switch {
			case e.Applies:
				explained[e.Rule] = e.Because
			case e.Unmet == "":
				r.Fatalf("%s does not apply, and does not say why", e.Rule)
			}
		}
		if !maps.EqualFunc(required, explained, slices.Equal) {
			r.Fatalf("required because of %v, explained by %v", required, explained)
		}
		noWords(r, in, fmt.Sprintf("%v %v %v", facts, judgement, explanations))
	})
}

// noWords fails if anything that somebody typed is in a text.
func noWords(r *rapid.T, in *event.Input, said string) {
	typed := []*string{in.Description, in.ReporterContact}
	for _, p := range in.Patients {
		typed = append(typed, p.ClinicalOutcome)
	}
	for _, a := range in.Answers {
		typed = append(typed, a.Text)
	}
	for _, words := range typed {
		if words != nil && len(*words) > 3 && strings.Contains(said, *words) {
			r.Fatalf("the rules repeat what somebody typed")
		}
	}
}
