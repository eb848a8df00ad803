package resolvers

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"lfpse/graph/model"
	"lfpse/internal/event"
	"lfpse/internal/gid"
)

// eventKey reads the id of an event that something is to be done to. What is no
// such id names no event.
func eventKey(id string) uuid.UUID {
	if key, ok := gid.ParseAs(gid.Event, id); ok {
		return key
	}
	return uuid.Nil
}

// inputOf is an input as the service takes it. The answers of a kind come with
// what was left out told apart, for patches; here leaving out and null are one.
func inputOf(in *model.EventInput) event.Input {
	out := event.Input{
		Kind: in.Kind, OccurredOn: in.OccurredOn, OccurredAt: in.OccurredAt, Organisation: in.Organisation,
		OccurredAtOrganisations: in.OccurredAtOrganisations, ServiceArea: in.ServiceArea, Specialty: in.Specialty,
		Description: in.Description, LevelOfConcern: in.LevelOfConcern, InvolvedAgents: in.InvolvedAgents,
		SafetyChallenges: in.SafetyChallenges, Patients: in.Patients, ReporterContact: in.ReporterContact, Answers: in.Answers,
	}
	if i := in.Incident; i != nil {
		out.Incident = &event.IncidentInput{
			ImmediateActions: i.ImmediateActions.Value(), Process: i.Process.Value(), DetectionPoint: i.DetectionPoint.Value(),
			WentWell: i.WentWell.Value(), ImminentRisk: i.ImminentRisk.Value(), NearMiss: i.NearMiss.Value(),
		}
	}
	if o := in.Outcome; o != nil {
		out.Outcome = &event.OutcomeInput{
			OutcomeTypes: o.OutcomeTypes.Value(), IncidentSuspected: o.IncidentSuspected.Value(), ImmediateActions: o.ImmediateActions.Value(),
		}
	}
	if r := in.Risk; r != nil {
		out.Risk = &event.RiskInput{
			Themes: r.Themes.Value(), Imminent: r.Imminent.Value(), Population: r.Population.Value(), Timeframe: r.Timeframe.Value(),
		}
	}
	if g := in.GoodCare; g != nil {
		out.GoodCare = &event.GoodCareInput{
			Strengths: g.Strengths.Value(), HowToRepeat: g.HowToRepeat.Value(), NoticedBy: g.NoticedBy.Value(),
		}
	}
	return out
}

// given is a field of a patch as the service takes it.
func given[T any](o graphql.Omittable[T]) event.Given[T] {
	value, is := o.ValueOK()
	return event.Given[T]{Value: value, Is: is}
}

// part is the patch of the answers of one kind.
func part[M, P any](o graphql.Omittable[*M], read func(*M) P) event.Given[*P] {
	value, is := o.ValueOK()
	if value == nil {
		return event.Given[*P]{Is: is}
	}
	patch := read(value)
	return event.Given[*P]{Value: &patch, Is: true}
}

// patchOf is a patch as the service takes it.
func patchOf(in *model.EventPatch) event.Patch {
	return event.Patch{
		Kind: given(in.Kind), OccurredOn: given(in.OccurredOn), OccurredAt: given(in.OccurredAt),
		OccurredAtOrganisations: given(in.OccurredAtOrganisations), ServiceArea: given(in.ServiceArea),
		Specialty: given(in.Specialty), Description: given(in.Description), LevelOfConcern: given(in.LevelOfConcern),
		InvolvedAgents: given(in.InvolvedAgents), SafetyChallenges: given(in.SafetyChallenges),
		Patients: given(in.Patients), Answers: given(in.Answers),
		Incident: part(in.Incident, func(i *model.IncidentInput) event.IncidentPatch {
			return event.IncidentPatch{
				ImmediateActions: given(i.ImmediateActions), Process: given(i.Process), DetectionPoint: given(i.DetectionPoint),
				WentWell: given(i.WentWell), ImminentRisk: given(i.ImminentRisk), NearMiss: given(i.NearMiss),
			}
		}),
		Outcome: part(in.Outcome, func(o *model.OutcomeInput) event.OutcomePatch {
			return event.OutcomePatch{
				OutcomeTypes: given(o.OutcomeTypes), IncidentSuspected: given(o.IncidentSuspected), ImmediateActions: given(o.ImmediateActions),
			}
		}),
		Risk: part(in.Risk, func(r *model.RiskInput) event.RiskPatch {
			return event.RiskPatch{
				Themes: given(r.Themes), Imminent: given(r.Imminent), Population: given(r.Population), Timeframe: given(r.Timeframe),
			}
		}),
		GoodCare: part(in.GoodCare, func(g *model.GoodCareInput) event.GoodCarePatch {
			return event.GoodCarePatch{
				Strengths: given(g.Strengths), HowToRepeat: given(g.HowToRepeat), NoticedBy: given(g.NoticedBy),
			}
		}),
	}
}
