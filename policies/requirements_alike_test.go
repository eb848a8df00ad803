package policies

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lfpse/internal/governance"
)

// someOf draws any number of words, each once.
func someOf(t *rapid.T, name string, words ...string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(words), 0, 2, rapid.ID[string]).Draw(t, name)
}

// drawFacts draws an event of words that rules look for, and of some that none does.
func drawFacts(t *rapid.T) governance.Facts {
	one := func(name string, words ...string) string { return rapid.SampledFrom(words).Draw(t, name) }
	day := func(name string) time.Time {
		return time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -rapid.IntRange(0, 9000).Draw(t, name))
	}
	f := governance.Facts{
		Kind: one("kind", "INCIDENT", "INCIDENT", "OUTCOME", "RISK", "GOOD_CARE"), RecordedOn: day("recorded"),
		Providers:         someOf(t, "providers", "NHS_TRUST", "GP_PRACTICE", "CARE_HOME", "INDEPENDENT_PROVIDER", "PHARMACY", "OTHER"),
		NearMiss:          rapid.Bool().Draw(t, "near miss"),
		IncidentSuspected: one("suspected", "", "YES", "NO"),
		ServiceAreas:      someOf(t, "services", "ACUTE", "MATERNITY", "MENTAL_HEALTH", "PRISON", "LEARNING_DISABILITY_AND_AUTISM"),
		Specialty:         one("specialty", "", "44", "52", "58"),
		InvolvedAgents:    someOf(t, "agents", "BLOOD", "TISSUE_OR_ORGAN", "DEVICE"),
		SafetyChallenges:  someOf(t, "challenges", "FALL", "SELF_HARM", "PRESSURE_ULCER", "SCREENING"),
		OutcomeTypes:      someOf(t, "outcomes", "1", "2", "4"),
		Answers:           map[string][]string{},
		Worded:            someOf(t, "worded", "AdverseEventAgent.SabreReportNumber", "AdverseEventAgent.YellowCardReference", "AdverseEventAgent.NhsbtReportNumber"),
		Declared: governance.Declared{
			NeverEventType: one("never event", "", "", "9", "12", "99"),
			Sectioned:      rapid.Bool().Draw(t, "sectioned"), DeprivationOfLiberty: rapid.Bool().Draw(t, "deprived"),
		},
	}
	if rapid.Bool().Draw(t, "dated") {
		occurred := day("occurred")
		f.OccurredUntil = &occurred
	}
	for _, element := range someOf(t, "answered", "AdverseEventProblemBlood.WrongBlood", "AdverseEventProblemBlood.BloodInvolved",
		"AdverseEventDeviceDetails.DeviceType", "AdverseEventProblemDevices.DeviceInvolvementFactors", "AdverseEventAgent.BuildingsInfrastructure") {
		f.Answers[element] = someOf(t, element, "1", "3", "4", "5", "7", "15")
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "patients") {
		f.Patients = append(f.Patients, governance.PatientFacts{
			Sequence: i + 1, AgeBracket: one("bracket", "", "1", "4", "9"), PhysicalHarm: one("harm", "NONE", "LOW", "MODERATE", "SEVERE", "FATAL"),
			PsychologicalHarm: one("mind", "", "LOW", "MODERATE", "SEVERE"), StrengthOfAssociation: one("strength", "", "3", "4", "5"),
		})
	}
	return f
}

// Judging asks no further of a rule once a condition is not met, explaining asks
// everything: both say the same of every rule, for the same reasons.
func TestWhatIsJudgedIsWhatIsExplained(t *testing.T) {
	r := newRequirements(t)
	applied := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		judgement, err := r.Judge(facts, facts.RecordedOn)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := r.Judge(facts, facts.RecordedOn); err != nil || !reflect.DeepEqual(again, judgement) {
			t.Errorf("judged again it is %v, %v, and was %v", again, err, judgement)
		}
		found := map[string][]string{}
		for _, required := range judgement.Requirements {
			for _, finding := range required.Findings {
				found[finding.Rule] = finding.Because
			}
		}
		explained, err := r.Explain(facts)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range explained {
			because, applies := found[e.Rule]
			if applies != e.Applies || applies && !slices.Equal(because, e.Because) {
				t.Errorf("%s is judged %v %v, and explained %v %v", e.Rule, applies, because, e.Applies, e.Because)
			}
			if applies {
				applied[e.Rule] = true
			}
		}
	})
	if len(applied) < len(r.rules)/2 {
		t.Errorf("of %d rules only %d ever applied", len(r.rules), len(applied))
	}
}

// An event that differs from one that was judged in one thing alone is judged by
// itself, and so is one that says the same in another place.
func TestWhatWasJudgedIsTakenForNothingElse(t *testing.T) {
	facts := reflect.TypeFor[governance.Facts]()
	for i := range facts.NumField() {
		r := newRequirements(t)
		like := governance.Facts{Kind: "INCIDENT", RecordedOn: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
		other := like
		changeSomething(reflect.ValueOf(&other).Elem().Field(i))
		for _, one := range []governance.Facts{like, other, like, other} {
			if _, err := r.Judge(one, one.RecordedOn); err != nil {
				t.Fatal(err)
			}
		}
		if r.judged.Len() != 2 {
			t.Errorf("two events that differ in %s are judged as %d", facts.Field(i).Name, r.judged.Len())
		}
	}
}

// changeSomething gives a value some other content.
func changeSomething(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "1")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Slice:
		v.Set(reflect.Append(v, reflect.New(v.Type().Elem()).Elem()))
		changeSomething(v.Index(v.Len() - 1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf([]string{"1"}))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			v.Set(reflect.ValueOf(at.AddDate(0, 0, -1)))
			return
		}
		changeSomething(v.Field(0))
	}
}
