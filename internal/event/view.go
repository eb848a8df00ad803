package event

import (
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/gid"
	"lfpse/internal/taxonomy"
)

// View is an event as one reader may see it: the graph's Event.
type View struct {
	Reference         string
	Kind              Kind
	Status            Status
	Source            Source
	TaxonomyVersion   int
	Revision          int
	OccurredOn        *PartialDate
	OccurredAt        *LocalTime
	RecordedAt        *time.Time
	UpdatedAt         time.Time
	ServiceArea       []ServiceArea
	Specialty         *taxonomy.Coding
	TextView          TextView
	PhysicalHarm      *PhysicalHarm
	PsychologicalHarm *PsychologicalHarm
	LevelOfConcern    *LevelOfConcern
	InvolvedAgents    []AgentType
	SafetyChallenges  []SafetyChallenge
	Withdrawal        *Withdrawal

	record *Record
	draft  *Input // what a draft says
}

// IsNode says that the graph's node finds it.
func (*View) IsNode() {}

// IsEntity marks the event as an entity of the federated graph.
func (*View) IsEntity() {}

// Key is the event's key.
func (v *View) Key() uuid.UUID { return v.record.ID }

// ID is the event's id in the graph.
func (v *View) ID() string { return gid.Format(gid.Event, v.record.ID) }

// Shows tells whether the reader is shown a class of field of this event. A
// tombstone has no answers left: asked for, they are empty, since lists cannot
// be null.
func (v *View) Shows(class authz.Class) bool {
	if class == authz.Text {
		return v.TextView != TextViewHidden
	}
	if class == authz.Structured && v.Status == StatusWithdrawn {
		return true
	}
	return v.record.Shows.Has(class)
}

// Loaded tells whether what a field of the graph's Event is made of was read. What a
// draft says stands elsewhere than its row.
func (v *View) Loaded(field string) bool {
	read := v.record.Parts
	return read.Has(partsOf(field)) && (v.Status != StatusDraft || read.Has(PartDraft))
}

// OrganisationCode is the ODS code of the reporter's organisation, nil where none was named.
func (v *View) OrganisationCode() *string { return v.record.Organisation }

// OccurredAtCodes are the ODS codes of the organisations where it happened.
func (v *View) OccurredAtCodes() []string { return v.record.OccurredAtOrganisations }

// ReporterKey is the key of the account that recorded it; nil where there is
// none or the reader is not shown it.
func (v *View) ReporterKey() *uuid.UUID { return v.record.RecordedBy }

// CurrentTexts names the texts of the event as it stands.
func (v *View) CurrentTexts() TextKey { return TextKey{v.record.ID, v.record.Revision} }

// fill is the one place where a record becomes something that a reader sees. The
// record is the view's from then on.
func (s *Service) fill(view *View, r *Record) {
	draft := s.openDraft(r)
	*view = View{
		Reference:         r.Reference,
		Kind:              r.Kind,
		Status:            r.Status,
		Source:            r.Source,
		TaxonomyVersion:   r.TaxonomyVersion,
		Revision:          r.Revision,
		OccurredOn:        r.OccurredOn,
		OccurredAt:        r.OccurredAt,
		RecordedAt:        r.RecordedAt,
		UpdatedAt:         r.UpdatedAt,
		ServiceArea:       serviceAreas().namedOf(r.ServiceAreas),
		TextView:          textViewOf(r.Shows),
		PhysicalHarm:      physicalHarms().named(r.PhysicalHarm),
		PsychologicalHarm: psychologicalHarms().named(r.PsychologicalHarm),
		LevelOfConcern:    levelOfConcerns().named(r.LevelOfConcern),
		InvolvedAgents:    agentTypes().namedOf(r.InvolvedAgents),
		SafetyChallenges:  safetyChallenges().namedOf(r.SafetyChallenges),
		Withdrawal:        s.withdrawalOf(r),
		record:            r,
		draft:             draft,
	}
	if r.Specialty != nil {
		view.Specialty = coding(s.taxonomy.Version(r.TaxonomyVersion), systemSpecialty, r.Specialty)
	}
	if view.TextView != TextViewAnonymised {
		r.Texts = nil
	}
}

// views makes views of records, in their order. The records are the views' from
// then on.
func (s *Service) views(records []Record) []*View {
	all, views := make([]View, len(records)), make([]*View, len(records))
	for i := range records {
		s.fill(&all[i], &records[i])
		views[i] = &all[i]
	}
	return views
}

// textViewOf answers the best view of free text that a reader is shown. What
// policy did not speak of is hidden.
func textViewOf(shown Shown) TextView {
	switch {
	case shown.Has(authz.TextOriginal):
		return TextViewOriginal
	case shown.Has(authz.TextAnonymised):
		return TextViewAnonymised
	}
	return TextViewHidden
}

// Text answers a free text of the event in the reader's view. originals are the
// texts of the event's current revision as typed, for readers whose view is the original.
func (v *View) Text(field string, originals map[string]string) *string {
	switch v.TextView {
	case TextViewOriginal:
		return lookup(originals, field)
	case TextViewAnonymised:
		return lookup(v.record.Texts, field)
	}
	return nil
}

func lookup(texts map[string]string, field string) *string {
	text, ok := texts[field]
	if !ok {
		return nil
	}
	return &text
}

// coding answers a code with its label; nil where there is no code.
func coding(codes *taxonomy.Taxonomy, system string, code *string) *taxonomy.Coding {
	if code == nil {
		return nil
	}
	found, ok := codes.Coding(system, *code)
	if !ok {
		found = taxonomy.Coding{System: system, Code: *code}
	}
	return &found
}

// codings answers codes with their labels.
func codings(codes *taxonomy.Taxonomy, system string, list []string) []*taxonomy.Coding {
	found := make([]*taxonomy.Coding, len(list))
	for i := range list {
		found[i] = coding(codes, system, &list[i])
	}
	return found
}
