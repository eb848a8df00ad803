package fhir_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/lrms/fhir"
)

// typed is a name that stands in every broken body: no issue may repeat it.
const typed = "Pemberton"

func ext(name string, answers ...any) map[string]any {
	return map[string]any{"url": base + "/StructureDefinition/" + name + "-5", "extension": answers}
}

func answer(name, member string, value any) map[string]any {
	return map[string]any{"url": name, member: value}
}

// fall is an incident as a local system sends it.
func fall() map[string]any {
	return map[string]any{
		"resourceType": "AdverseEvent",
		"meta":         map[string]any{"profile": []any{base + "/StructureDefinition/patient-safety-adverse-event-5"}},
		"category":     "AE",
		"type":         map[string]any{"coding": []any{map[string]any{"code": "1"}}},
		"description":  "Mrs " + typed + " fell.",
		"date":         "2026-10-01",
		"subject":      map[string]any{"reference": "#patient"},
		"contained": []any{map[string]any{"resourceType": "Patient", "id": "patient", "extension": []any{
			ext("patient-information", answer("PatientSequence", "valueInteger", 1), answer("PhysicalHarm", "valueCode", "4"),
				answer("AgeAtTimeOfIncidentDays", "valueInteger", 82*372)),
		}}},
		"extension": []any{
			ext("adverse-event-agent", answer("InvolvedAgents", "valueCode", "4"), answer("DrugsInvolved", "valueString", "Heparin"),
				answer("DrugsInvolved", "valueString", "Warfarin")),
			ext("adverse-event-estimated-date", answer("ApproximateDate", "valueString", "2026-10"), answer("PreciseTime", "valueTime", "14:30:00")),
		},
	}
}

func read(t *testing.T, body any) (fhir.Reading, fhir.Issues) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return fhir.New(codes(t), base).Read(text)
}

func TestAnIncidentIsRead(t *testing.T) {
	reading, issues := read(t, fall())
	if len(issues) > 0 {
		t.Fatal(issues)
	}
	in := reading.Input
	if in.Kind != event.KindIncident || *in.Description != "Mrs "+typed+" fell." || *in.OccurredOn != "2026-10-01" || *in.OccurredAt != "14:30" {
		t.Errorf("got %+v", in)
	}
	if p := in.Patients[0]; *p.PhysicalHarm != event.PhysicalHarmLow || *p.Age != (event.Age{Value: 82, Unit: event.Years}) || *p.Sequence != 1 {
		t.Errorf("got %+v", p)
	}
	if !slices.Equal(in.InvolvedAgents, []event.AgentType{event.AgentTypeMedication}) || *in.Answers[0].Text != "Heparin\nWarfarin" {
		t.Errorf("got %v", in.InvolvedAgents)
	}
}

// A problem with the input stands where the body says it.
func TestAProblemStandsWhereTheBodySaysIt(t *testing.T) {
	reading, _ := read(t, fall())
	for path, want := range map[string]string{
		"event.description":          "AdverseEvent.description",
		"event.occurredOn":           "AdverseEvent.date",
		"event.occurredAt":           "AdverseEvent.extension[1].extension[1].valueTime",
		"event.patients.0.age.value": "AdverseEvent.contained[0].extension[0].extension[2].valueInteger",
		"event.patients.0.gender":    "AdverseEvent.contained[0].extension[0]",
		"event.answers.0.text":       "AdverseEvent.extension[0].extension[1].valueString",
		"event.goodCare":             "AdverseEvent",
	} {
		issues := reading.Locate(fault.Problems{{Code: fault.Invalid, Path: strings.Split(path, ".")}})
		if issues[0].Expression != want {
			t.Errorf("%s is at %s, not %s", path, issues[0].Expression, want)
		}
	}
}

// What is missing is told where it would stand.
func TestWhatIsMissingIsToldWhereItWouldStand(t *testing.T) {
	reading, _ := read(t, fall())
	for path, want := range map[string]string{
		"event.description":                "AdverseEvent.description",
		"event.goodCare.howToRepeat":       "AdverseEvent.extension.where(url = '" + base + "/StructureDefinition/adverse-event-went-well-5').extension.where(url = 'HowFutureOccurrence')",
		"event.occurredAtOrganisations":    "AdverseEvent.contained.ofType(Location).extension.where(url = '" + base + "/StructureDefinition/location-details-5').extension.where(url = 'Organisation')",
		"event.patients.0.clinicalOutcome": "AdverseEvent.contained[0].extension[0].extension.where(url = 'ClinicalOutcome')",
		"event.nothing":                    "AdverseEvent",
	} {
		issues := reading.Locate(fault.Problems{{Code: fault.Required, Path: strings.Split(path, ".")}})
		if issues[0].Expression != want {
			t.Errorf("%s is at %s, not %s", path, issues[0].Expression, want)
		}
	}
}

func inside(body map[string]any, path ...any) any {
	var value any = body
	for _, step := range path {
		switch s := step.(type) {
		case string:
			value = value.(map[string]any)[s]
		case int:
			value = value.([]any)[s]
		}
	}
	return value
}

func object(body map[string]any, path ...any) map[string]any {
	return inside(body, path...).(map[string]any)
}

func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	patient := []any{"contained", 0, "extension", 0}
	for name, c := range map[string]struct {
		breaks func(body map[string]any)
		code   fault.Code
		at     string
	}{
		"another resource": {func(b map[string]any) { b["resourceType"] = typed }, fault.Invalid, "AdverseEvent.resourceType"},
		"no profile":       {func(b map[string]any) { delete(b, "meta") }, fault.Required, "AdverseEvent.meta.profile"},
		"another version's profile": {func(b map[string]any) {
			object(b, "meta")["profile"] = []any{base + "/StructureDefinition/patient-safety-adverse-event-6"}
		}, fault.UnknownCode, "AdverseEvent.meta.profile[0]"},
		"no kind":                    {func(b map[string]any) { delete(b, "type") }, fault.Required, "AdverseEvent.type"},
		"an unknown kind":            {func(b map[string]any) { object(b, "type", "coding", 0)["code"] = typed }, fault.UnknownCode, "AdverseEvent.type.coding[0].code"},
		"a member that nobody knows": {func(b map[string]any) { b[typed] = typed }, fault.NotApplicable, "AdverseEvent"},
		"a name of the patient":      {func(b map[string]any) { object(b, "contained", 0)["name"] = typed }, fault.NotApplicable, "AdverseEvent.contained[0]"},
		"a number for words":         {func(b map[string]any) { b["description"] = 7 }, fault.Invalid, "AdverseEvent.description"},
		"an object for a list":       {func(b map[string]any) { b["extension"] = map[string]any{typed: typed} }, fault.Invalid, "AdverseEvent.extension"},
		"an empty list":              {func(b map[string]any) { b["contained"] = []any{} }, fault.Invalid, "AdverseEvent.contained"},
		"a reference to nothing":     {func(b map[string]any) { object(b, "subject")["reference"] = "#" + typed }, fault.Invalid, "AdverseEvent.subject.reference"},
		"a resource twice":           {func(b map[string]any) { b["contained"] = append(b["contained"].([]any), inside(b, "contained", 0)) }, fault.Duplicate, "AdverseEvent.contained[1]"},
		"an unknown resource":        {func(b map[string]any) { object(b, "contained", 0)["resourceType"] = typed }, fault.UnknownCode, "AdverseEvent.contained[0].resourceType"},
		"an unknown extension":       {func(b map[string]any) { object(b, "extension", 0)["url"] = base + "/StructureDefinition/" + typed }, fault.UnknownCode, "AdverseEvent.extension[0].url"},
		"an extension elsewhere":     {func(b map[string]any) { b["extension"] = []any{inside(b, patient...)} }, fault.UnknownCode, "AdverseEvent.extension[0].url"},
		"an extension twice":         {func(b map[string]any) { b["extension"] = append(b["extension"].([]any), inside(b, "extension", 0)) }, fault.TooMany, "AdverseEvent.extension[2]"},
		"an unknown answer":          {func(b map[string]any) { object(b, "extension", 0, "extension", 0)["url"] = typed }, fault.UnknownCode, "AdverseEvent.extension[0].extension[0].url"},
		"an answer of another type":  {func(b map[string]any) { object(b, "extension", 0, "extension", 0)["valueCode"] = 4 }, fault.Invalid, "AdverseEvent.extension[0].extension[0].valueCode"},
		"an answer in another member": {func(b map[string]any) {
			object(b, "extension", 0)["extension"] = []any{answer("InvolvedAgents", "valueString", typed)}
		}, fault.Required, "AdverseEvent.extension[0].extension[0].valueCode"},
		"an unknown code": {func(b map[string]any) { object(b, "extension", 0, "extension", 0)["valueCode"] = typed }, fault.UnknownCode, "AdverseEvent.extension[0].extension[0].valueCode"},
		"one answer too many": {func(b map[string]any) {
			object(b, patient...)["extension"] = append(inside(b, "contained", 0, "extension", 0, "extension").([]any), answer("PatientSequence", "valueInteger", 2))
		}, fault.TooMany, "AdverseEvent.contained[0].extension[0].extension[3]"},
		"a patient without number": {func(b map[string]any) {
			object(b, patient...)["extension"] = []any{answer("PhysicalHarm", "valueCode", "4")}
		}, fault.Required, "AdverseEvent.contained[0].extension[0]"},
		"an age in real days": {func(b map[string]any) {
			object(b, "contained", 0, "extension", 0, "extension", 2)["valueInteger"] = 365
		}, fault.Invalid, "AdverseEvent.contained[0].extension[0].extension[2].valueInteger"},
		"half a year": {func(b map[string]any) {
			object(b, "contained", 0, "extension", 0, "extension", 2)["valueInteger"] = 1.5
		}, fault.Invalid, "AdverseEvent.contained[0].extension[0].extension[2].valueInteger"},
		"two days":                    {func(b map[string]any) { b["date"] = "2026-09-30" }, fault.Invalid, "AdverseEvent.extension[1].extension[0].valueString"},
		"a day that is none":          {func(b map[string]any) { b["date"] = typed }, fault.Invalid, "AdverseEvent.date"},
		"a near miss of another kind": {func(b map[string]any) { b["category"] = "PAE"; object(b, "type", "coding", 0)["code"] = "2" }, fault.NotApplicable, "AdverseEvent.category"},
		"an answer of another kind": {func(b map[string]any) {
			b["extension"] = []any{ext("adverse-event-went-well", answer("HowFutureOccurrence", "valueString", typed))}
		}, fault.NotApplicable, "AdverseEvent.extension[0].extension[0].valueString"},
		"why somebody is anonymous": {func(b map[string]any) {
			b["contained"] = append(b["contained"].([]any), map[string]any{"resourceType": "Practitioner", "id": "p", "extension": []any{
				ext("practitioner-details", answer("WhyAnonymous", "valueCode", "1")),
			}})
		}, fault.NotApplicable, "AdverseEvent.contained[1].extension[0].extension[0].valueCode"},
	} {
		t.Run(name, func(t *testing.T) {
			body := fall()
			c.breaks(body)
			_, issues := read(t, body)
			if !slices.ContainsFunc(issues, func(i fhir.Issue) bool { return i.Code == c.code && i.Expression == c.at && i.Severity == fhir.Error }) {
				t.Errorf("got %v, want %s at %s", issues, c.code, c.at)
			}
			told, err := json.Marshal(fhir.New(codes(t), base).Outcome(issues))
			if err != nil || strings.Contains(string(told), typed) {
				t.Errorf("%s repeats what was typed: %v", told, err)
			}
		})
	}
}

func TestWhatIsNoResourceIsRefused(t *testing.T) {
	whole, err := json.Marshal(fall())
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"nothing": "", "half": string(whole[:len(whole)/2]), "a list": "[]", "a word": `"AdverseEvent"`, "two": "{}{}", "not UTF-8": "{\"a\":\"\xff\"}",
		"deep": strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
	} {
		if _, issues := fhir.New(codes(t), base).Read([]byte(body)); len(issues) != 1 || issues[0].Code != fault.Invalid {
			t.Errorf("%s: got %v", name, issues)
		}
	}
	doubled := strings.Replace(string(whole), `"category"`, `"category":"AE","category"`, 1)
	if _, issues := fhir.New(codes(t), base).Read([]byte(doubled)); len(issues) != 1 || issues[0].Code != fault.Duplicate {
		t.Errorf("a name twice: got %v", issues)
	}
}

// Governance is told apart from answers, and what there is no place for is warned of.
func TestWhatIsNoAnswerIsToldApart(t *testing.T) {
	body := fall()
	body["identifier"] = map[string]any{"value": "W-1"}
	body["extension"] = append(body["extension"].([]any),
		ext("adverse-event-governance", answer("NeverEvent", "valueBoolean", true), answer("NeverEventType", "valueCode", "1")),
		ext("adverse-event-reference-metadata", answer("ReferenceNumber", "valueString", typed), answer("DataSharingOptOut", "valueBoolean", true)))
	reading, issues := read(t, body)
	if len(issues) > 0 {
		t.Fatal(issues)
	}
	if g := reading.Governance; !slices.Equal(g["AdverseEventGovernance.NeverEvent"], []string{"true"}) || !slices.Equal(g["AdverseEventGovernance.NeverEventType"], []string{"1"}) {
		t.Errorf("governance is %v", g)
	}
	for _, a := range reading.Input.Answers {
		if strings.Contains(a.Element, "Governance") {
			t.Errorf("%s is among the answers", a.Element)
		}
	}
	var at []string
	for _, w := range reading.Warnings {
		at = append(at, w.Expression)
	}
	want := []string{"AdverseEvent.identifier", "AdverseEvent.extension[3].extension[0].valueString", "AdverseEvent.extension[3].extension[1].valueBoolean"}
	if !slices.Equal(at, want) {
		t.Errorf("warned at %v, not %v", at, want)
	}
}
