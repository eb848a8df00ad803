package conformance

import (
	"encoding/json"
	"fmt"
)

// object is a JSON object.
type object = map[string]any

// extension is an extension that stands for a section of the data set.
func extension(name string, answers ...any) object {
	return object{"url": "https://lfpse.example" + taxonomyPath + "/StructureDefinition/" + name + "-5", "extension": answers}
}

// said is an answer in an extension.
func said(name, member string, value any) object { return object{"url": name, member: value} }

// The codes of kinds of event.
const (
	incident = "1"
	risk     = "2"
	outcome  = "3"
	goodCare = "4"
)

// event is a resource of a kind that has what every kind needs, and extensions. what tells it from the others of a run.
func (d *Deployment) event(kind, what string, extensions ...any) object {
	body := object{
		"resourceType": "AdverseEvent",
		"meta":         object{"profile": []any{"https://lfpse.example" + taxonomyPath + "/StructureDefinition/patient-safety-adverse-event-5"}},
		"category":     "AE",
		"type":         object{"coding": []any{object{"code": kind}}},
		"description":  fmt.Sprintf("A conformance test of the interface (%s, %s %s): nothing happened.", what, marker, d.run),
		"extension":    append([]any{extension("adverse-event-estimated-date", said("ApproximateDate", "valueString", "2026-01"))}, extensions...),
	}
	switch kind {
	case risk:
		body["extension"] = append(body["extension"].([]any), extension("adverse-event-risk-details", said("RiskImminent", "valueCode", "n")))
	case goodCare:
		body["extension"] = append(body["extension"].([]any), extension("adverse-event-went-well", said("HowFutureOccurrence", "valueString", "Another test, "+marker+".")))
	default:
		body["subject"] = object{"reference": "#patient"}
		body["contained"] = []any{patient(said("PhysicalHarm", "valueCode", "4"), said("AgeAtTimeOfIncidentDays", "valueInteger", 82*372))}
	}
	return body
}

// patient is a contained patient with a number of its own.
func patient(answers ...any) object {
	answers = append([]any{said("PatientSequence", "valueInteger", 1)}, answers...)
	return object{"resourceType": "Patient", "id": "patient", "extension": []any{extension("patient-information", answers...)}}
}

// text writes a body.
func text(body object) string {
	written, err := json.Marshal(body)
	if err != nil {
		return "" // maps, lists, strings and numbers: it cannot fail
	}
	return string(written)
}
