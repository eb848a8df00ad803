package governance

import (
	"slices"

	"lfpse/internal/event"
)

// FactsOf answers what the rules are told of a recorded event. Providers are
// the types of the organisations where it occurred or, where it names none, of
// the reporter's. The record's texts, and the ages of its patients but for their
// brackets, are left behind.
func FactsOf(r event.Record, patients []event.PatientRecord, providers []string, c *Calendar) Facts {
	f := Facts{
		Kind:              string(r.Kind),
		Providers:         providers,
		NearMiss:          r.Details.NearMiss,
		IncidentSuspected: string(valueOf(r.Details.IncidentSuspected)),
		ServiceAreas:      namesOf(r.ServiceAreas),
		Specialty:         valueOf(r.Specialty),
		InvolvedAgents:    namesOf(r.InvolvedAgents),
		SafetyChallenges:  namesOf(r.SafetyChallenges),
		OutcomeTypes:      r.Details.OutcomeTypes,
		Answers:           map[string][]string{},
	}
	if r.RecordedAt != nil {
		f.RecordedOn = c.Day(*r.RecordedAt)
	}
	if r.OccurredOn != nil {
		if _, last, ok := r.OccurredOn.Span(); ok {
			f.OccurredUntil = &last
		}
	}
	for _, p := range patients {
		f.Patients = append(f.Patients, PatientFacts{
			Sequence:              p.Sequence,
			AgeBracket:            valueOf(p.AgeBracket),
			PhysicalHarm:          string(valueOf(p.PhysicalHarm)),
			PsychologicalHarm:     string(valueOf(p.PsychologicalHarm)),
			StrengthOfAssociation: valueOf(p.StrengthOfAssociation),
		})
	}
	for _, a := range r.Details.Answers {
		if len(a.Codes) > 0 {
			f.Answers[a.Element] = slices.Clone(a.Codes)
		}
		if a.HasText {
			f.Worded = append(f.Worded, a.Element)
		}
	}
	return f
}

func valueOf[T any](value *T) T {
	if value == nil {
		var none T
		return none
	}
	return *value
}

func namesOf[E ~string](values []E) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return texts
}
