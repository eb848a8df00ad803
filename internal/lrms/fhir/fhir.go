// Package fhir translates between the national interface for local risk management systems, a FHIR
// STU3 AdverseEvent with extensions, and the events of this service. It translates and nothing else: whether
// an event may be recorded, and whether its answers fit together, is for package event to say.
//
// Where an element stands follows from the taxonomy: its section is an extension of the AdverseEvent or
// of a contained resource, its own name is that of an extension inside. So a version of the taxonomy with other
// elements needs no other code.
package fhir

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// Translator translates events under one version of the taxonomy. It is immutable.
type Translator struct {
	codes    *taxonomy.Taxonomy
	base     string            // the address of the taxonomy's definitions, without a slash behind
	sections map[string]string // the section that the name of an extension stands for
}

// New makes a translator. base is the address under which StructureDefinition, ValueSet and CodeSystem
// are served; what is read may name another, since clients were written for the national one.
func New(codes *taxonomy.Taxonomy, base string) *Translator {
	t := &Translator{codes: codes, base: strings.TrimSuffix(base, "/"), sections: map[string]string{}}
	for _, section := range codes.Sections() {
		if section.Name != recordSection {
			t.sections[t.versioned(kebab(section.Name))] = section.Name
		}
	}
	return t
}

// Sections that are more than a group of answers.
const (
	recordSection   = "AdverseEvent" // members of the resource itself
	patientSection  = "PatientInformation"
	metadataSection = "AdverseEventReferenceMetadata"
)

// Elements that FHIR writes otherwise than their type says, or in several ways.
const (
	elementToday       = "AdverseEventEstimatedDate.IncidentOccurredToday"
	elementTodaysDate  = "AdverseEventEstimatedDate.TodaysDate"
	elementApproximate = "AdverseEventEstimatedDate.ApproximateDate"
	elementAge         = "PatientInformation.AgeAtTimeOfIncidentDays"
	elementSequence    = "PatientInformation.PatientSequence"
	elementReference   = "AdverseEventReferenceMetadata.ReferenceNumber"
	elementOptOut      = "AdverseEventReferenceMetadata.DataSharingOptOut"
	elementAnonymous   = "AdverseEventReferenceMetadata.IsAnonymous"
)

const profileName = "patient-safety-adverse-event"

// versioned is a name as the interface writes it: with the version of the taxonomy behind.
func (t *Translator) versioned(name string) string {
	return name + "-" + strconv.Itoa(t.codes.Number())
}

func (t *Translator) structure(name string) string {
	return t.base + "/StructureDefinition/" + t.versioned(name)
}

// Profile is the address of the profile that an AdverseEvent names.
func (t *Translator) Profile() string { return t.structure(profileName) }

// carrierOf answers the type of the resource whose extension a section is.
func carrierOf(section string) string {
	switch section {
	case patientSection:
		return "Patient"
	case "LocationDetails":
		return "Location"
	case "PractitionerDetails":
		return "Practitioner"
	case "MedicationAdministration":
		return "Medication"
	case "AdverseEventDeviceDetails":
		return "Device"
	}
	return "AdverseEvent"
}

// carriers are the resources that an AdverseEvent contains, in order, with the ids that they are written with.
func carriers() []struct{ resource, id string } {
	return []struct{ resource, id string }{
		{"Patient", "patient"}, {"Location", "location1"}, {"Practitioner", "practitioner1"},
		{"Medication", "medication1"}, {"Device", "device1"},
	}
}

// valueOf is the member that holds an answer of a type.
func valueOf(t taxonomy.Type) string {
	switch t {
	case taxonomy.Text:
		return "valueString"
	case taxonomy.Date:
		return "valueDate"
	case taxonomy.Time:
		return "valueTime"
	case taxonomy.Boolean:
		return "valueBoolean"
	case taxonomy.Integer:
		return "valueInteger"
	}
	return "valueCode"
}

// kindCodes are the codes by which the interface tells kinds of event apart.
func kindCodes() []struct {
	code  string
	kind  event.Kind
	label string
} {
	return []struct {
		code  string
		kind  event.Kind
		label string
	}{
		{"1", event.KindIncident, "Incident"},
		{"2", event.KindRisk, "Risk"},
		{"3", event.KindOutcome, "Outcome"},
		{"4", event.KindGoodCare, "Good care"},
	}
}

// fieldOf answers the field of an event's input that an element is in, for a kind of event; empty
// where it is one of the answers, or not asked of the kind at all.
func fieldOf(e taxonomy.Element, form *taxonomy.Form) string {
	at := slices.IndexFunc(e.Fields, func(field string) bool {
		q := form.QuestionOf(field)
		return q != nil && !ofAnonymous(q)
	})
	if at < 0 {
		return ""
	}
	return e.Fields[at]
}

// ofAnonymous tells whether a question is asked only of reporters without an account.
func ofAnonymous(q *taxonomy.Question) bool { return q.Anonymous != nil && *q.Anonymous }

// kebab writes a name of capitalised words in small letters with hyphens; several capitals together are one word.
func kebab(name string) string {
	letters := []rune(name)
	var out strings.Builder
	for i, letter := range letters {
		if i > 0 && unicode.IsUpper(letter) {
			beginsWord := i+1 < len(letters) && unicode.IsLower(letters[i+1])
			if unicode.IsLower(letters[i-1]) || beginsWord {
				out.WriteByte('-')
			}
		}
		out.WriteRune(unicode.ToLower(letter))
	}
	return out.String()
}
