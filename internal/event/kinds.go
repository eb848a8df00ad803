package event

import (
	"lfpse/internal/authz"
	"lfpse/internal/taxonomy"
)

// Details are the answers that belong to one kind of event.
type Details interface{ IsEventDetails() }

// IncidentDetails are the answers that belong to an incident, in a reader's view.
type IncidentDetails struct {
	ImmediateActions *string
	Process          *taxonomy.Coding
	DetectionPoint   *taxonomy.Coding
	WentWell         *string
	ImminentRisk     *YesNoUnknown
	NearMiss         bool
	Answers          []*Answer

	view *View
}

// OutcomeDetails are the answers that belong to a poor outcome, in a reader's view.
type OutcomeDetails struct {
	OutcomeTypes      []*taxonomy.Coding
	IncidentSuspected *YesNoUnknown
	ImmediateActions  *string
	Answers           []*Answer

	view *View
}

// RiskDetails are the answers that belong to a risk, in a reader's view.
type RiskDetails struct {
	Themes     []*taxonomy.Coding
	Imminent   *YesNoUnknown
	Population *string
	Timeframe  *taxonomy.Coding
	Answers    []*Answer

	view *View
}

// GoodCareDetails are the answers that belong to good care, in a reader's view.
type GoodCareDetails struct {
	Strengths   *string
	HowToRepeat *string
	NoticedBy   *taxonomy.Coding
	Answers     []*Answer

	view *View
}

// IsEventDetails marks the union's member.
func (*IncidentDetails) IsEventDetails() {}

// IsEventDetails marks the union's member.
func (*OutcomeDetails) IsEventDetails() {}

// IsEventDetails marks the union's member.
func (*RiskDetails) IsEventDetails() {}

// IsEventDetails marks the union's member.
func (*GoodCareDetails) IsEventDetails() {}

// Shows tells whether the reader is shown a class of field of the event.
func (d *IncidentDetails) Shows(class authz.Class) bool { return d.view.Shows(class) }

// Shows tells whether the reader is shown a class of field of the event.
func (d *OutcomeDetails) Shows(class authz.Class) bool { return d.view.Shows(class) }

// Shows tells whether the reader is shown a class of field of the event.
func (d *RiskDetails) Shows(class authz.Class) bool { return d.view.Shows(class) }

// Shows tells whether the reader is shown a class of field of the event.
func (d *GoodCareDetails) Shows(class authz.Class) bool { return d.view.Shows(class) }

// details makes the answers of a view's kind; originals are its texts as typed.
// Of a kind that is not known here, which a newer service recorded, there are none.
func (s *Service) details(v *View, originals map[string]string) Details {
	codes := s.taxonomy.Version(v.TaxonomyVersion)
	stored := v.record.Details
	answers := make([]*Answer, len(stored.Answers))
	for i, a := range stored.Answers {
		answers[i] = s.answer(v, a, originals)
		if v.draft != nil { // which may answer an element twice
			answers[i].Text = v.draft.Answers[i].Text
		}
	}
	switch v.Kind {
	case KindIncident:
		return &IncidentDetails{
			ImmediateActions: v.Text(fieldIncidentActions, originals),
			Process:          coding(codes, systemProcess, stored.Process),
			DetectionPoint:   coding(codes, systemDetectionPoint, stored.DetectionPoint),
			WentWell:         v.Text(fieldWentWell, originals),
			ImminentRisk:     yesNoUnknowns().named(stored.ImminentRisk),
			NearMiss:         stored.NearMiss,
			Answers:          answers, view: v,
		}
	case KindOutcome:
		return &OutcomeDetails{
			OutcomeTypes:      codings(codes, systemOutcomeType, stored.OutcomeTypes),
			IncidentSuspected: yesNoUnknowns().named(stored.IncidentSuspected),
			ImmediateActions:  v.Text(fieldOutcomeActions, originals),
			Answers:           answers, view: v,
		}
	case KindRisk:
		return &RiskDetails{
			Themes:     codings(codes, systemRiskThemes, stored.Themes),
			Imminent:   yesNoUnknowns().named(stored.Imminent),
			Population: v.Text(fieldPopulation, originals),
			Timeframe:  coding(codes, systemTimeframes, stored.Timeframe),
			Answers:    answers, view: v,
		}
	case KindGoodCare:
		return &GoodCareDetails{
			Strengths:   v.Text(fieldStrengths, originals),
			HowToRepeat: v.Text(fieldHowToRepeat, originals),
			NoticedBy:   coding(codes, systemNoticedBy, stored.NoticedBy),
			Answers:     answers, view: v,
		}
	}
	return nil
}

// storedDetails are the coded answers of an input as they are kept.
func storedDetails(in *Input) StoredDetails {
	var stored StoredDetails
	if in.Incident != nil {
		stored.Process = in.Incident.Process
		stored.DetectionPoint = in.Incident.DetectionPoint
		stored.ImminentRisk = in.Incident.ImminentRisk
		stored.NearMiss = in.Incident.NearMiss != nil && *in.Incident.NearMiss
	}
	if in.Outcome != nil {
		stored.OutcomeTypes, stored.IncidentSuspected = in.Outcome.OutcomeTypes, in.Outcome.IncidentSuspected
	}
	if in.Risk != nil {
		stored.Themes, stored.Imminent, stored.Timeframe = in.Risk.Themes, in.Risk.Imminent, in.Risk.Timeframe
	}
	if in.GoodCare != nil {
		stored.NoticedBy = in.GoodCare.NoticedBy
	}
	for _, a := range in.Answers {
		if a.Element == elementOtherReason {
			continue
		}
		stored.Answers = append(stored.Answers, StoredAnswer{Element: a.Element, Codes: a.Codes, HasText: a.Text != nil})
	}
	return stored
}
