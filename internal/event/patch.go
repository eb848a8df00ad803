package event

import (
	"slices"
	"strconv"

	"lfpse/internal/fault"
)

// Given is a field of a patch: left out it changes nothing, given as nil it
// clears.
type Given[T any] struct {
	Value T
	Is    bool
}

// Patch says what is to change of an event: the graph's EventPatch.
type Patch struct {
	Kind                    Given[*Kind]
	OccurredOn              Given[*PartialDate]
	OccurredAt              Given[*LocalTime]
	OccurredAtOrganisations Given[[]string]
	ServiceArea             Given[[]ServiceArea]
	Specialty               Given[*string]
	Description             Given[*string]
	LevelOfConcern          Given[*LevelOfConcern]
	InvolvedAgents          Given[[]AgentType]
	SafetyChallenges        Given[[]SafetyChallenge]
	Patients                Given[[]*PatientInput]
	Incident                Given[*IncidentPatch]
	Outcome                 Given[*OutcomePatch]
	Risk                    Given[*RiskPatch]
	GoodCare                Given[*GoodCarePatch]
	Answers                 Given[[]*AnswerInput]
}

// IncidentPatch says what is to change of the answers that belong to an incident.
type IncidentPatch struct {
	ImmediateActions Given[*string]
	Process          Given[*string]
	DetectionPoint   Given[*string]
	WentWell         Given[*string]
	ImminentRisk     Given[*YesNoUnknown]
	NearMiss         Given[*bool]
}

// OutcomePatch says what is to change of the answers that belong to a poor outcome.
type OutcomePatch struct {
	OutcomeTypes      Given[[]string]
	IncidentSuspected Given[*YesNoUnknown]
	ImmediateActions  Given[*string]
}

// RiskPatch says what is to change of the answers that belong to a risk.
type RiskPatch struct {
	Themes     Given[[]string]
	Imminent   Given[*YesNoUnknown]
	Population Given[*string]
	Timeframe  Given[*string]
}

// GoodCarePatch says what is to change of the answers that belong to good care.
type GoodCarePatch struct {
	Strengths   Given[*string]
	HowToRepeat Given[*string]
	NoticedBy   Given[*string]
}

func put[T any](into *T, g Given[T]) {
	if g.Is {
		*into = g.Value
	}
}

// apply makes an input say what a patch changes of it. The answers of another
// kind than the event becomes are gone, unless the patch itself gives them.
func (p *Patch) apply(in *Input) fault.Problems {
	var problems fault.Problems
	if p.Kind.Is && p.Kind.Value == nil {
		problems.Add(fault.Required, "An event is of one kind; name another, or leave this out.", root, "kind")
	}
	if len(p.Answers.Value) > MaxAnswers {
		problems.Add(fault.TooMany, "At most "+strconv.Itoa(MaxAnswers)+" answers.", root, "answers")
		return problems
	}
	if p.Kind.Is && p.Kind.Value != nil && *p.Kind.Value != in.Kind {
		in.Kind = *p.Kind.Value
		in.Incident, in.Outcome, in.Risk, in.GoodCare = nil, nil, nil, nil
	}
	put(&in.OccurredOn, p.OccurredOn)
	put(&in.OccurredAt, p.OccurredAt)
	put(&in.OccurredAtOrganisations, p.OccurredAtOrganisations)
	put(&in.ServiceArea, p.ServiceArea)
	put(&in.Specialty, p.Specialty)
	put(&in.Description, p.Description)
	put(&in.LevelOfConcern, p.LevelOfConcern)
	put(&in.InvolvedAgents, p.InvolvedAgents)
	put(&in.SafetyChallenges, p.SafetyChallenges)
	put(&in.Patients, p.Patients)
	p.applyKinds(in)
	if p.Answers.Is {
		in.Answers = answersAfter(in.Answers, p.Answers.Value)
	}
	in.tidy()
	return problems
}

func (p *Patch) applyKinds(in *Input) {
	if g, ok := part(p.Incident, &in.Incident); ok {
		put(&in.Incident.ImmediateActions, g.ImmediateActions)
		put(&in.Incident.Process, g.Process)
		put(&in.Incident.DetectionPoint, g.DetectionPoint)
		put(&in.Incident.WentWell, g.WentWell)
		put(&in.Incident.ImminentRisk, g.ImminentRisk)
		put(&in.Incident.NearMiss, g.NearMiss)
	}
	if g, ok := part(p.Outcome, &in.Outcome); ok {
		put(&in.Outcome.OutcomeTypes, g.OutcomeTypes)
		put(&in.Outcome.IncidentSuspected, g.IncidentSuspected)
		put(&in.Outcome.ImmediateActions, g.ImmediateActions)
	}
	if g, ok := part(p.Risk, &in.Risk); ok {
		put(&in.Risk.Themes, g.Themes)
		put(&in.Risk.Imminent, g.Imminent)
		put(&in.Risk.Population, g.Population)
		put(&in.Risk.Timeframe, g.Timeframe)
	}
	if g, ok := part(p.GoodCare, &in.GoodCare); ok {
		put(&in.GoodCare.Strengths, g.Strengths)
		put(&in.GoodCare.HowToRepeat, g.HowToRepeat)
		put(&in.GoodCare.NoticedBy, g.NoticedBy)
	}
}

// part answers the patch of the answers of one kind, with somewhere to put them.
// One given as nil clears them all.
func part[P, I any](g Given[*P], into **I) (*P, bool) {
	if !g.Is {
		return nil, false
	}
	if g.Value == nil {
		*into = nil
		return nil, false
	}
	if *into == nil {
		*into = new(I)
	}
	return g.Value, true
}

// answersAfter are the answers of the long tail after a patch of them: each
// element given is answered anew, or not at all where neither codes nor words
// are given. An element given twice stands twice, for validation to say so.
func answersAfter(before, given []*AnswerInput) []*AnswerInput {
	if given == nil {
		return nil
	}
	list := slices.Clone(before)
	seen := map[string]bool{}
	for _, answer := range given {
		at := slices.IndexFunc(list, func(a *AnswerInput) bool { return a.Element == answer.Element })
		empty := len(answer.Codes) == 0 && blank(answer.Text)
		switch {
		case at < 0 && empty:
		case at < 0, seen[answer.Element]:
			list = append(list, answer)
		case empty:
			list = slices.Delete(list, at, at+1)
		default:
			list[at] = answer
		}
		seen[answer.Element] = true
	}
	return list
}
