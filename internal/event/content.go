package event

import (
	"slices"

	"github.com/google/uuid"

	"lfpse/internal/redaction"
	"lfpse/internal/taxonomy"
)

// put makes a record say what an input says, texts apart.
func (r *Record) put(in *Input, patients []PatientRecord) {
	r.Kind = in.Kind
	r.OccurredOn, r.OccurredAt = in.OccurredOn, in.OccurredAt
	r.Organisation, r.OccurredAtOrganisations = in.Organisation, in.OccurredAtOrganisations
	r.ServiceAreas, r.Specialty = in.ServiceArea, in.Specialty
	r.LevelOfConcern = in.LevelOfConcern
	r.InvolvedAgents, r.SafetyChallenges = in.InvolvedAgents, in.SafetyChallenges
	r.PhysicalHarm = worst(physicalHarms(), patients, func(p PatientRecord) *PhysicalHarm { return p.PhysicalHarm })
	r.PsychologicalHarm = worst(psychologicalHarms(), patients, func(p PatientRecord) *PsychologicalHarm { return p.PsychologicalHarm })
	r.Details = storedDetails(in)
}

// putContent makes a row say what an input says, texts apart.
func (r *Row) putContent(in *Input, patients []PatientRecord) {
	r.put(in, patients)
	r.OccurredFrom, r.OccurredUntil = nil, nil
	if in.OccurredOn != nil {
		first, last, _ := in.OccurredOn.Span()
		r.OccurredFrom, r.OccurredUntil = &first, &last
	}
}

func patientRecords(id uuid.UUID, in *Input) []PatientRecord {
	records := make([]PatientRecord, len(in.Patients))
	for i, sequence := range in.sequences() {
		p := in.Patients[i]
		records[i] = PatientRecord{
			EventID: id, Sequence: sequence, AgeBracket: p.AgeBracket, Gender: p.Gender, Ethnicity: p.Ethnicity,
			PhysicalHarm: p.PhysicalHarm, PsychologicalHarm: p.PsychologicalHarm,
			StrengthOfAssociation: p.StrengthOfAssociation,
		}
		if p.Age != nil {
			bracket := taxonomy.AgeBracketOf(p.Age.Value, string(p.Age.Unit))
			records[i].AgeValue, records[i].AgeUnit, records[i].AgeBracket = &p.Age.Value, &p.Age.Unit, &bracket
		}
	}
	return records
}

// Recorded is what is kept of an input that was not recorded yet, texts apart:
// the answers that rules about it read.
func (in *Input) Recorded() (Record, []PatientRecord) {
	patients := patientRecords(uuid.Nil, in)
	var r Record
	r.put(in, patients)
	return r, patients
}

// recordedWith is the input that a record would be recorded with: what putContent
// and patientRecords undo. Texts are those given.
func recordedWith(r Record, patients []PatientRecord, texts map[string]string) Input {
	in := Input{
		Kind: r.Kind, OccurredOn: r.OccurredOn, OccurredAt: r.OccurredAt, Organisation: r.Organisation,
		OccurredAtOrganisations: slices.Clone(r.OccurredAtOrganisations), ServiceArea: slices.Clone(r.ServiceAreas),
		Specialty: r.Specialty, LevelOfConcern: r.LevelOfConcern, InvolvedAgents: slices.Clone(r.InvolvedAgents),
		SafetyChallenges: slices.Clone(r.SafetyChallenges), ReporterContact: lookup(texts, fieldContact),
	}
	in.putDetails(r.Details)
	for _, p := range patients {
		in.Patients = append(in.Patients, patientInput(p))
	}
	for _, slot := range in.slots() {
		*slot.text = lookup(texts, slot.field)
	}
	in.tidy()
	return in
}

// putDetails makes an input say the coded answers that a record keeps.
func (in *Input) putDetails(d StoredDetails) {
	switch in.Kind {
	case KindIncident:
		in.Incident = &IncidentInput{Process: d.Process, DetectionPoint: d.DetectionPoint, ImminentRisk: d.ImminentRisk}
		if d.NearMiss {
			in.Incident.NearMiss = &d.NearMiss
		}
	case KindOutcome:
		in.Outcome = &OutcomeInput{OutcomeTypes: d.OutcomeTypes, IncidentSuspected: d.IncidentSuspected}
	case KindRisk:
		in.Risk = &RiskInput{Themes: d.Themes, Imminent: d.Imminent, Timeframe: d.Timeframe}
	case KindGoodCare:
		in.GoodCare = &GoodCareInput{NoticedBy: d.NoticedBy}
	}
	for _, a := range d.Answers {
		in.Answers = append(in.Answers, &AnswerInput{Element: a.Element, Codes: slices.Clone(a.Codes)})
	}
}

func patientInput(p PatientRecord) *PatientInput {
	in := &PatientInput{
		Sequence: &p.Sequence, AgeBracket: p.AgeBracket, Gender: p.Gender, Ethnicity: p.Ethnicity,
		PhysicalHarm: p.PhysicalHarm, PsychologicalHarm: p.PsychologicalHarm, StrengthOfAssociation: p.StrengthOfAssociation,
	}
	if p.AgeValue != nil && p.AgeUnit != nil {
		in.Age, in.AgeBracket = &Age{*p.AgeValue, *p.AgeUnit}, nil // the bracket is worked out again
	}
	return in
}

// tidy takes away the answers of a kind that say nothing.
func (in *Input) tidy() {
	if in.Incident != nil && *in.Incident == (IncidentInput{}) {
		in.Incident = nil
	}
	if o := in.Outcome; o != nil && len(o.OutcomeTypes) == 0 && o.IncidentSuspected == nil && o.ImmediateActions == nil {
		in.Outcome = nil
	}
	if r := in.Risk; r != nil && len(r.Themes) == 0 && r.Imminent == nil && r.Population == nil && r.Timeframe == nil {
		in.Risk = nil
	}
	if in.GoodCare != nil && *in.GoodCare == (GoodCareInput{}) {
		in.GoodCare = nil
	}
}

// IncompleteRedaction is kept in place of the engine's version where a text
// could not be anonymised, so that the record is found and tried again.
const IncompleteRedaction = "incomplete"

// anonymised are the texts of a record as the engine leaves them.
type anonymised struct {
	texts   map[string]string
	spans   map[string][]redaction.Span // into the texts as typed
	version string
	outside outsiders
}

// anonymise redacts all texts of a revision together, with what readers marked
// in its record. A text that could not be anonymised is left out: it stays
// hidden, and the record is not lost.
func (s *Service) anonymise(typed map[string]string, fixed map[string][]redaction.Span, known redaction.Context, marked []string) anonymised {
	fields := sortedKeys(typed)
	passages := make([]*passage, len(fields))
	for i, field := range fields {
		passages[i] = &passage{text: typed[field], fixed: fixed[field]}
	}
	s.redact(passages, known, marked)
	return anonymisedAs(fields, passages)
}

// anonymisedAs are the texts of fields as their passages stand.
func anonymisedAs(fields []string, passages []*passage) anonymised {
	a := anonymised{texts: map[string]string{}, spans: map[string][]redaction.Span{}, version: redaction.Version}
	for i, p := range passages {
		a.spans[fields[i]] = p.spans
		if !p.ok {
			a.version = IncompleteRedaction
			continue
		}
		a.texts[fields[i]] = p.shown
	}
	return a
}
