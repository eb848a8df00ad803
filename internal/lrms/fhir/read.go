package fhir

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// Reading is what a body says.
type Reading struct {
	Input event.Input
	// ID and Version are those that the body names, empty where it names none.
	ID, Version string
	// Governance are the answers to elements that admins decide about, by path of the element.
	Governance map[string][]string
	// GovernanceAt is where the first of them stands.
	GovernanceAt string
	// Warnings tell what was read and is not kept.
	Warnings Issues

	places map[string]string // where a part of the input stands in the body, by dotted path
	vacant map[string]string // where it would stand, by dotted field
}

const root = "AdverseEvent"

// found is an answer where it was found.
type found struct {
	text string // a code, a text, a date, or a number or truth value as written
	at   string
}

// group is one extension that stands for a section, with its answers by path of element.
type group struct {
	at      string
	answers map[string][]found
}

// reader reads one body.
type reader struct {
	*Translator
	issues  Issues
	reading Reading
	form    *taxonomy.Form
	groups  map[string][]group // by section
	day     *found             // that the resource itself gives
	fields  map[string]any     // the input, as the graph's EventInput names its parts
	answers []any
}

// Read reads a body. Where there are issues of severity error, nothing else is answered.
func (t *Translator) Read(body []byte) (Reading, Issues) {
	r := &reader{Translator: t, groups: map[string][]group{}, fields: map[string]any{}, reading: Reading{places: map[string]string{}, Governance: map[string][]string{}}}
	resource, err := parse(body)
	if err != nil {
		message := "Send one JSON object in UTF-8, an AdverseEvent."
		if err == errTooDeep {
			message = "No part of an AdverseEvent is nested as deep as this."
		}
		r.problem(fault.Invalid, message, "")
		return Reading{}, r.issues
	}
	r.resource(resource)
	if len(r.issues) > 0 {
		return Reading{}, r.issues
	}
	r.settle()
	if len(r.issues) > 0 {
		return Reading{}, r.issues
	}
	if len(r.answers) > 0 {
		r.fields["answers"] = r.answers
	}
	r.reading.vacant = r.vacant()
	if err := r.intoInput(); err != nil {
		r.problem(fault.Invalid, "The resource is not what its profile says.", root)
		return Reading{}, r.issues
	}
	return r.reading, nil
}

// intoInput makes the input of its fields, which are named as the input's are, capitals apart.
func (r *reader) intoInput() error {
	text, err := json.Marshal(r.fields)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, &r.reading.Input)
}

func (r *reader) problem(code fault.Code, message, at string) {
	r.issues.add(Error, code, message, at)
}

func (r *reader) warn(message, at string) {
	r.reading.Warnings.add(Warning, fault.NotApplicable, message, at)
}

// settle turns the answers that were found into the input's fields and answers.
func (r *reader) settle() {
	r.date()
	for _, section := range r.codes.Sections() {
		for i, g := range r.groups[section.Name] {
			if section.Name == patientSection {
				r.patient(i, g)
				continue
			}
			for _, e := range r.elements(section.Name) {
				r.element(e, g.answers[e.Path])
			}
		}
	}
}

func (r *reader) elements(section string) []taxonomy.Element {
	return slices.DeleteFunc(r.codes.Elements(), func(e taxonomy.Element) bool { return e.Section != section })
}

// element puts an answer where the kind of event has it.
func (r *reader) element(e taxonomy.Element, values []found) {
	switch {
	case len(values) == 0 || isDate(e.Path):
	case e.Governance():
		r.governance(e, values)
	case e.Source == taxonomy.Service:
		r.served(e, values[0])
	case fieldOf(e, r.form) != "":
		r.field(e, fieldOf(e, r.form), values)
	case r.form.Question(e.Path) == nil:
		r.problem(fault.NotApplicable, "This is not asked of this kind of event.", values[0].at)
	case ofAnonymous(r.form.Question(e.Path)):
		r.problem(fault.NotApplicable, "This is asked only of anonymous reporters.", values[0].at)
	default:
		r.answer(e, values)
	}
}

// governance reads what admins decided, which is never one of the event's answers.
func (r *reader) governance(e taxonomy.Element, values []found) {
	r.reading.Governance[e.Path] = textsOf(values)
	r.reading.places["governance."+e.Path] = values[0].at
	if r.reading.GovernanceAt == "" {
		r.reading.GovernanceAt = values[0].at
	}
}

func isDate(path string) bool {
	return path == elementToday || path == elementTodaysDate || path == elementApproximate
}

// served warns of what only the service itself says.
func (r *reader) served(e taxonomy.Element, value found) {
	switch {
	case e.Path == elementOptOut && value.text == "true":
		r.warn("This service does not share data by record, so opting out of it is not kept.", value.at)
	case e.Path == elementAnonymous && value.text == "true":
		r.warn("An event that a system sends names its system; nothing else of the reporter is kept but what is answered here.", value.at)
	case e.Path == elementReference:
		r.warn("The service gives the reference number; this one is not kept.", value.at)
	}
}

// field puts an answer into a field of the input. An element may share its field with another: lists are joined,
// and so are texts unless they are the same.
func (r *reader) field(e taxonomy.Element, field string, values []found) {
	r.reading.places[field] = values[0].at
	if !e.Repeats() {
		r.joined(field, r.fieldValue(e, values[0].text))
		return
	}
	before, _ := valueAt(r.fields, field).([]any)
	list := slices.Clone(before)
	for _, value := range values {
		text := any(r.fieldValue(e, value.text))
		if slices.Contains(before, text) { // as another element said
			continue
		}
		r.reading.places[field+"."+strconv.Itoa(len(list))] = value.at
		list = append(list, text)
	}
	put(r.fields, field, list)
}

// fieldValue is what a field of the input takes for what an element was answered with.
func (r *reader) fieldValue(e taxonomy.Element, text string) string {
	if value, ok := r.codes.ValueOf(e.CodeSystem, text); ok {
		return value
	}
	return text
}

// joined sets a field to a text, below what stands there already.
func (r *reader) joined(field, text string) {
	if before, ok := valueAt(r.fields, field).(string); ok && before != text {
		text = before + "\n\n" + text
	}
	put(r.fields, field, text)
}

func (r *reader) answer(e taxonomy.Element, values []found) {
	at := "answers." + strconv.Itoa(len(r.answers))
	r.reading.places[at] = values[0].at
	answer := map[string]any{"element": e.Path}
	if e.Type == taxonomy.Text {
		answer["text"] = strings.Join(textsOf(values), "\n")
	} else {
		answer["codes"] = textsOf(values)
		for i, value := range values {
			r.reading.places[at+".codes."+strconv.Itoa(i)] = value.at
		}
	}
	r.answers = append(r.answers, answer)
}

// patient reads one patient.
func (r *reader) patient(i int, g group) {
	at := "patients." + strconv.Itoa(i)
	patient := map[string]any{}
	r.reading.places[at] = g.at
	if len(g.answers[elementSequence]) == 0 {
		r.problem(fault.Required, "Give each patient a number of its own, PatientSequence.", g.at)
	}
	for _, e := range r.elements(patientSection) {
		if len(g.answers[e.Path]) == 0 {
			continue
		}
		value := g.answers[e.Path][0]
		_, field, _ := strings.Cut(e.Fields[0], ".")
		r.reading.places[at+"."+field] = value.at
		if e.Type != taxonomy.Integer {
			patient[field] = r.fieldValue(e, value.text)
			continue
		}
		count, _ := strconv.Atoi(value.text) // it was read as one
		patient[field] = count
		if e.Path != elementAge {
			continue
		}
		age, ok := ageOf(count)
		if !ok {
			r.problem(fault.Invalid, "Give 1 to 30 for days, a multiple of 31 below 372 for months, or a multiple of 372 for years.", value.at)
		}
		patient[field] = age
	}
	patients, _ := r.fields["patients"].([]any)
	r.fields["patients"] = append(patients, patient)
}

// date reads the day on which it happened, which stands in up to three places; they have to agree.
func (r *reader) date() {
	var said []found
	if r.day != nil {
		said = append(said, *r.day)
	}
	for _, g := range r.groups["AdverseEventEstimatedDate"] {
		said = append(said, g.answers[elementApproximate]...)
		today := g.answers[elementToday]
		if len(today) > 0 && today[0].text == "y" {
			said = append(said, g.answers[elementTodaysDate]...)
		}
	}
	var best found
	for _, one := range said {
		if _, _, ok := event.PartialDate(one.text).Span(); !ok {
			r.problem(fault.Invalid, "Write the date 2026-10-02, or 2026-10 or 2026 where only so much is known.", one.at)
			return
		}
		if !strings.HasPrefix(one.text, best.text) && !strings.HasPrefix(best.text, one.text) {
			r.problem(fault.Invalid, "Another part of the resource says another day.", one.at)
			return
		}
		if len(one.text) > len(best.text) {
			best = one
		}
	}
	if best.text != "" {
		r.fields["occurredOn"] = best.text
		r.reading.places["occurredOn"] = best.at
	}
}

func textsOf(values []found) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = value.text
	}
	return texts
}

// valueAt answers what stands at a dotted path of nested objects; nil for nothing.
func valueAt(object map[string]any, path string) any {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		return object[head]
	}
	inner, _ := object[head].(map[string]any)
	return valueAt(inner, rest)
}

// put sets what stands at a dotted path of nested objects.
func put(object map[string]any, path string, value any) {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		object[head] = value
		return
	}
	inner, ok := object[head].(map[string]any)
	if !ok {
		inner = map[string]any{}
		object[head] = inner
	}
	put(inner, rest, value)
}
