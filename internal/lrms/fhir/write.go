package fhir

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lfpse/internal/event"
	"lfpse/internal/taxonomy"
)

// Recorded is what an answer tells of an event that was recorded or changed.
type Recorded struct {
	ID        string
	Revision  int
	Reference string
	UpdatedAt time.Time
	Kind      event.Kind
	Warnings  Issues
}

// Receipt writes what a client is answered: the id, the version and, in the last extension, the reference. What
// the client sent is not repeated. Warnings stand in a contained OperationOutcome.
func (t *Translator) Receipt(r Recorded) map[string]any {
	resource := t.resource(r.Kind)
	resource["id"] = r.ID
	resource["meta"] = map[string]any{
		"versionId": strconv.Itoa(r.Revision), "lastUpdated": r.UpdatedAt.UTC().Format(time.RFC3339Nano), "profile": []any{t.Profile()},
	}
	if len(r.Warnings) > 0 {
		outcome := t.Outcome(r.Warnings)
		outcome["id"] = "warnings"
		resource["contained"] = []any{outcome}
	}
	resource["extension"] = []any{t.extension(metadataSection, []any{inner("ReferenceNumber", taxonomy.Text, r.Reference)})}
	return resource
}

func (t *Translator) resource(kind event.Kind) map[string]any {
	for _, one := range kindCodes() {
		if one.kind == kind {
			coding := map[string]any{"system": t.base + "/CodeSystem/" + t.versioned(kindSystem), "code": one.code, "display": one.label}
			return map[string]any{
				"resourceType": "AdverseEvent", "category": "AE",
				"type": map[string]any{"coding": []any{coding}},
				"meta": map[string]any{"profile": []any{t.Profile()}},
			}
		}
	}
	return nil
}

// Write writes an event as a client sends it.
func (t *Translator) Write(in *event.Input) (map[string]any, error) {
	w := &writer{Translator: t, in: in, form: t.codes.Form(string(in.Kind))}
	resource := t.resource(in.Kind)
	if resource == nil || w.form == nil {
		return nil, fmt.Errorf("writing an event for FHIR: taxonomy %d has no such kind", t.codes.Number())
	}
	var err error
	if w.fields, err = fieldsOf(in); err != nil {
		return nil, err
	}
	if in.Incident != nil && in.Incident.NearMiss != nil && *in.Incident.NearMiss {
		resource["category"] = "PAE"
	}
	if in.Description != nil {
		resource["description"] = *in.Description
	}
	if in.OccurredOn != nil && in.OccurredOn.IsDay() {
		resource["date"] = string(*in.OccurredOn)
	}
	w.contained(resource)
	if own := append(w.sectionsOf(root), w.metadata()); len(own) > 0 {
		resource["extension"] = own
	}
	return resource, nil
}

// fieldsOf is an input by the names of its fields, as Go has them.
func fieldsOf(in *event.Input) (map[string]any, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return nil, fmt.Errorf("writing an event for FHIR: %w", err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, fmt.Errorf("writing an event for FHIR: %w", err)
	}
	return fields, nil
}

// goName is the name in Go of a field of the graph, dotted.
func goName(field string) string {
	parts := strings.Split(field, ".")
	for i, part := range parts {
		parts[i] = strings.ToUpper(part[:1]) + part[1:]
	}
	return strings.Join(parts, ".")
}

// writer writes one event.
type writer struct {
	*Translator
	in     *event.Input
	form   *taxonomy.Form
	fields map[string]any
}

// metadata is what the profile requires to be said of the record itself.
func (w *writer) metadata() any {
	return w.extension(metadataSection, []any{inner("DataSharingOptOut", taxonomy.Boolean, false)})
}

// contained writes the resources inside that have anything to say, and what refers to them.
func (w *writer) contained(resource map[string]any) {
	var list, suspects []any
	for _, one := range carriers() {
		extensions := w.sectionsOf(one.resource)
		if len(extensions) == 0 {
			continue
		}
		list = append(list, map[string]any{"resourceType": one.resource, "id": one.id, "extension": extensions})
		reference := map[string]any{"reference": "#" + one.id}
		switch one.resource {
		case "Patient":
			resource["subject"] = reference
		case "Location":
			resource["location"] = reference
		case "Practitioner":
			resource["recorder"] = reference
		default:
			suspects = append(suspects, map[string]any{"instance": reference})
		}
	}
	if list != nil {
		resource["contained"] = list
	}
	if suspects != nil {
		resource["suspectEntity"] = suspects
	}
}

// sectionsOf writes the sections that are extensions of one type of resource.
func (w *writer) sectionsOf(carrier string) []any {
	var extensions []any
	for _, section := range w.codes.Sections() {
		switch {
		case section.Name == recordSection || carrierOf(section.Name) != carrier:
		case section.Name == patientSection:
			extensions = append(extensions, w.patients()...)
		default:
			if answers := w.section(section.Name); len(answers) > 0 {
				extensions = append(extensions, w.extension(section.Name, answers))
			}
		}
	}
	return extensions
}

func (w *writer) section(name string) []any {
	var answers []any
	for _, e := range w.codes.Elements() {
		q := w.form.Question(e.Path)
		if e.Section != name || q == nil {
			continue
		}
		values := w.longTail(e)
		if q.Field != nil {
			values = listOf(valueAt(w.fields, goName(*q.Field)))
		}
		answers = append(answers, w.inners(e, values)...)
	}
	return answers
}

// longTail are the values of one of the event's answers.
func (w *writer) longTail(e taxonomy.Element) []any {
	for _, answer := range w.in.Answers {
		if answer.Element != e.Path {
			continue
		}
		if answer.Text == nil {
			return listOf(anyOf(answer.Codes))
		}
		if !e.Repeats() {
			return []any{*answer.Text}
		}
		return linesOf(*answer.Text)
	}
	return nil
}

// linesOf are the lines of a text that say something: answers in words that repeat stand one to a line.
func linesOf(text string) []any {
	var lines []any
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func anyOf(texts []string) any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// listOf is a value as a list: none for nil.
func listOf(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{value}
}

// patients writes each patient as an extension of its own.
func (w *writer) patients() []any {
	var extensions []any
	for i, one := range listOf(w.fields["Patients"]) {
		patient, _ := one.(map[string]any)
		if patient["Sequence"] == nil {
			patient["Sequence"] = float64(i + 1)
		}
		if age := w.in.Patients[i].Age; age != nil {
			patient["Age"] = float64(ageIn(*age))
		}
		var answers []any
		for _, e := range w.codes.Elements() {
			if e.Section == patientSection {
				_, field, _ := strings.Cut(e.Fields[0], ".")
				answers = append(answers, w.inners(e, listOf(patient[goName(field)]))...)
			}
		}
		extensions = append(extensions, w.extension(patientSection, answers))
	}
	return extensions
}

// inners writes the answers to one element.
func (w *writer) inners(e taxonomy.Element, values []any) []any {
	_, name, _ := strings.Cut(e.Path, ".")
	var answers []any
	for _, value := range values {
		if text, ok := value.(string); ok {
			value = w.written(e, text)
		}
		answers = append(answers, inner(name, e.Type, value))
	}
	return answers
}

// written is a value of the input as FHIR has it.
func (w *writer) written(e taxonomy.Element, text string) any {
	switch e.Type {
	case taxonomy.Time:
		return text + ":00"
	case taxonomy.Boolean:
		return text == "true"
	case taxonomy.Integer:
		return json.Number(text)
	case taxonomy.Code:
		if code, ok := w.codes.CodeOf(e.CodeSystem, text); ok && e.Source == taxonomy.Field {
			return code
		}
	}
	return text
}

func (t *Translator) extension(section string, answers []any) map[string]any {
	return map[string]any{"url": t.structure(kebab(section)), "extension": answers}
}

func inner(name string, of taxonomy.Type, value any) any {
	return map[string]any{"url": name, valueOf(of): value}
}
