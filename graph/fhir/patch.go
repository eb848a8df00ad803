package fhir

import (
	"slices"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

func given[T any](value T) event.Given[T] { return event.Given[T]{Value: value, Is: true} }

// patchOf is the patch that makes an event say what an input says and nothing else: an update in FHIR is of the
// whole resource. Who recorded it, and for which organisation, stays.
func patchOf(in event.Input, codes *taxonomy.Taxonomy) event.Patch {
	patch := event.Patch{
		Kind: given(&in.Kind), OccurredOn: given(in.OccurredOn), OccurredAt: given(in.OccurredAt),
		OccurredAtOrganisations: given(in.OccurredAtOrganisations), ServiceArea: given(in.ServiceArea), Specialty: given(in.Specialty),
		Description: given(in.Description), LevelOfConcern: given(in.LevelOfConcern), InvolvedAgents: given(in.InvolvedAgents),
		SafetyChallenges: given(in.SafetyChallenges), Patients: given(in.Patients), Answers: given(answersOf(in, codes)),
		Incident: given[*event.IncidentPatch](nil), Outcome: given[*event.OutcomePatch](nil),
		Risk: given[*event.RiskPatch](nil), GoodCare: given[*event.GoodCarePatch](nil),
	}
	if i := in.Incident; i != nil {
		patch.Incident.Value = &event.IncidentPatch{
			ImmediateActions: given(i.ImmediateActions), Process: given(i.Process), DetectionPoint: given(i.DetectionPoint),
			WentWell: given(i.WentWell), ImminentRisk: given(i.ImminentRisk), NearMiss: given(i.NearMiss),
		}
	}
	if o := in.Outcome; o != nil {
		patch.Outcome.Value = &event.OutcomePatch{
			OutcomeTypes: given(o.OutcomeTypes), IncidentSuspected: given(o.IncidentSuspected), ImmediateActions: given(o.ImmediateActions),
		}
	}
	if r := in.Risk; r != nil {
		patch.Risk.Value = &event.RiskPatch{Themes: given(r.Themes), Imminent: given(r.Imminent), Population: given(r.Population), Timeframe: given(r.Timeframe)}
	}
	if g := in.GoodCare; g != nil {
		patch.GoodCare.Value = &event.GoodCarePatch{Strengths: given(g.Strengths), HowToRepeat: given(g.HowToRepeat), NoticedBy: given(g.NoticedBy)}
	}
	return patch
}

// answersOf are an input's answers, and none to every other element: a patch leaves alone what it does not name.
func answersOf(in event.Input, codes *taxonomy.Taxonomy) []*event.AnswerInput {
	answers := slices.Clone(in.Answers)
	for _, e := range codes.Elements() {
		answered := slices.ContainsFunc(in.Answers, func(a *event.AnswerInput) bool { return a.Element == e.Path })
		if !answered && (e.Answerable() || e.Source == taxonomy.Field) {
			answers = append(answers, &event.AnswerInput{Element: e.Path})
		}
	}
	return answers
}
