package event

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/taxonomy"
)

// The code systems of the codes that events carry.
const (
	systemSpecialty      = "specialty"
	systemProcess        = "healthcare-process"
	systemDetectionPoint = "detection-points"
	systemAgeBrackets    = "age-brackets"
	systemGender         = "gender"
	systemEthnicity      = "ethnicity"
	systemAssociation    = "strength-of-association"
	systemOutcomeType    = "outcome-type"
	systemRiskThemes     = "risk-themes"
	systemTimeframes     = "risk-timeframes"
	systemNoticedBy      = "reporter-relationship-to-event"
	systemReasons        = "anonymity-reasons"
)

// Answer is one question of the taxonomy and what was answered.
type Answer struct {
	Element  string
	Question string
	Codings  []*taxonomy.Coding
	Text     *string

	view *View
}

// Shows tells whether the reader is shown a class of field of the event.
func (a *Answer) Shows(class authz.Class) bool { return a.view.Shows(class) }

// Patient is somebody who was or could have been harmed, in a reader's view.
type Patient struct {
	Sequence              int
	Age                   *PatientAge
	AgeBracket            *taxonomy.Coding
	Gender                *taxonomy.Coding
	Ethnicity             *taxonomy.Coding
	PhysicalHarm          *PhysicalHarm
	PsychologicalHarm     *PsychologicalHarm
	ClinicalOutcome       *string
	StrengthOfAssociation *taxonomy.Coding

	view *View
}

// Shows tells whether the reader is shown a class of field of the event.
func (p *Patient) Shows(class authz.Class) bool { return p.view.Shows(class) }

// PatientAge is a patient's exact age, for readers who are shown it.
type PatientAge struct {
	Value int
	Unit  AgeUnit

	view *View
}

// Shows tells whether the reader is shown a class of field of the event.
func (a *PatientAge) Shows(class authz.Class) bool { return a.view.Shows(class) }

// Revision is one state of an event, in a reader's view.
type Revision struct {
	Revision int
	At       time.Time
	Changed  []string

	view   *View
	record RevisionRecord
}

// Shows tells whether the reader is shown a class of field of the event.
func (r *Revision) Shows(class authz.Class) bool { return r.view.Shows(class) }

// AuthorKey is the key of the account that made the revision; nil where there
// is none or the reader is not shown it.
func (r *Revision) AuthorKey() *uuid.UUID { return r.record.RecordedBy }

// OriginalTexts names the revision's texts as typed; ok is false for readers
// whose view is not the original.
func (r *Revision) OriginalTexts() (key TextKey, ok bool) {
	return TextKey{r.record.EventID, r.Revision}, r.view.TextView == TextViewOriginal
}

// Description answers the description as it stood after the revision, in the reader's view.
func (r *Revision) Description(originals map[string]string) *string {
	switch r.view.TextView {
	case TextViewOriginal:
		return lookup(originals, fieldDescription)
	case TextViewAnonymised:
		return lookup(r.record.Texts, fieldDescription)
	}
	return nil
}

// Description answers what happened, in the reader's view.
func (v *View) Description(originals map[string]string) *string {
	return v.Text(fieldDescription, originals)
}

// Contact answers the reporter's contact details for a reader who is shown them.
func (v *View) Contact(originals map[string]string) *string {
	if !v.Shows(authz.Contact) {
		return nil
	}
	return lookup(originals, fieldContact)
}

func (s *Service) answer(v *View, stored StoredAnswer, originals map[string]string) *Answer {
	codes := s.taxonomy.Version(v.TaxonomyVersion)
	element, _ := codes.Element(stored.Element)
	answer := &Answer{Element: stored.Element, Question: element.Question, Codings: make([]*taxonomy.Coding, len(stored.Codes)), view: v}
	for i := range stored.Codes {
		answer.Codings[i] = s.answerCoding(codes, element, stored.Codes[i])
	}
	if stored.HasText {
		answer.Text = v.Text(fieldAnswer(stored.Element), originals)
	}
	return answer
}

// systemODS is the data set's name for the codes of organisations, whose labels the map knows.
const systemODS = "ods-codes"

// answerCoding answers one code of an answer with its label. What has no code system
// is its own label, and of the system that its type is called by.
func (s *Service) answerCoding(codes *taxonomy.Taxonomy, element taxonomy.Element, code string) *taxonomy.Coding {
	switch element.Type {
	case taxonomy.Code:
		return coding(codes, element.CodeSystem, &code)
	case taxonomy.Organisation:
		return &taxonomy.Coding{System: systemODS, Code: code, Label: s.geography.Name(code)}
	case taxonomy.Boolean:
		return &taxonomy.Coding{System: "boolean", Code: code, Label: map[string]string{"true": "Yes", "false": "No"}[code]}
	}
	return &taxonomy.Coding{System: strings.ToLower(string(element.Type)), Code: code, Label: code}
}

func (s *Service) patient(v *View, r PatientRecord, originals map[string]string) *Patient {
	codes := s.taxonomy.Version(v.TaxonomyVersion)
	patient := &Patient{
		Sequence:              r.Sequence,
		AgeBracket:            coding(codes, systemAgeBrackets, r.AgeBracket),
		Gender:                coding(codes, systemGender, r.Gender),
		Ethnicity:             coding(codes, systemEthnicity, r.Ethnicity),
		PhysicalHarm:          physicalHarms().named(r.PhysicalHarm),
		PsychologicalHarm:     psychologicalHarms().named(r.PsychologicalHarm),
		ClinicalOutcome:       v.Text(fieldClinicalOutcome(r.Sequence), originals),
		StrengthOfAssociation: coding(codes, systemAssociation, r.StrengthOfAssociation),
		view:                  v,
	}
	if r.AgeValue != nil && r.AgeUnit != nil {
		patient.Age = &PatientAge{Value: *r.AgeValue, Unit: *r.AgeUnit, view: v}
	}
	return patient
}
