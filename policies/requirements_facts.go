package policies

import (
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"lfpse/internal/governance"
)

// The days by which a rule may be in force or not.
const (
	dayOccurred = "OCCURRED"
	dayRecorded = "RECORDED"
)

// describe tells the rules about an event:
//
//	{"kind": "INCIDENT", "days": {"OCCURRED": "2026-10-02", "RECORDED": "2026-10-03"},
//	  "providers": ["NHS_TRUST"], "near_miss": false, "service_areas": ["MATERNITY"], …,
//	  "patients": [{"sequence": 1, "physical_harm": "FATAL", …}],
//	  "answers": {"AdverseEventProblemBlood.WrongBlood": ["1"]}, "worded": ["…"],
//	  "declared": {"never_event_type": "", "sectioned": false, "deprivation_of_liberty": false}}
//
// What is not known is "". Where only a month or a year is known, the event is
// taken to have occurred on its last day, as long as that is not after the
// recording; where nothing is known, on the day of the recording.
func describe(f governance.Facts) (ast.Value, error) {
	patients := make([]any, len(f.Patients))
	for i, p := range f.Patients {
		patients[i] = map[string]any{
			"sequence":                p.Sequence,
			"age_bracket":             p.AgeBracket,
			"physical_harm":           p.PhysicalHarm,
			"psychological_harm":      p.PsychologicalHarm,
			"strength_of_association": p.StrengthOfAssociation,
		}
	}
	answers := make(map[string]any, len(f.Answers))
	for element, codes := range f.Answers {
		answers[element] = list(codes)
	}
	input, err := ast.InterfaceToValue(map[string]any{
		"kind": f.Kind,
		"days": map[string]any{
			dayOccurred: occurred(f).Format(time.DateOnly),
			dayRecorded: f.RecordedOn.Format(time.DateOnly),
		},
		"providers":          list(f.Providers),
		"near_miss":          f.NearMiss,
		"incident_suspected": f.IncidentSuspected,
		"service_areas":      list(f.ServiceAreas),
		"specialty":          f.Specialty,
		"involved_agents":    list(f.InvolvedAgents),
		"safety_challenges":  list(f.SafetyChallenges),
		"outcome_types":      list(f.OutcomeTypes),
		"patients":           patients,
		"answers":            answers,
		"worded":             list(f.Worded),
		"declared": map[string]any{
			"never_event_type":       f.Declared.NeverEventType,
			"sectioned":              f.Declared.Sectioned,
			"deprivation_of_liberty": f.Declared.DeprivationOfLiberty,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("describing the event: %w", err)
	}
	return input, nil
}

func occurred(f governance.Facts) time.Time {
	if f.OccurredUntil == nil || f.OccurredUntil.After(f.RecordedOn) {
		return f.RecordedOn
	}
	return *f.OccurredUntil
}

func list(texts []string) []any {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return values
}
