// Package taxonomytest draws events for property tests from what the taxonomy asks: whatever it
// draws is an event as the graph's EventInput has it, with nothing wrong with it.
package taxonomytest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"lfpse/internal/taxonomy"
)

// Options say for whom an event is drawn.
type Options struct {
	Anonymous bool
	// Organisation is the reporter's; Organisations are those that may be named.
	Organisation  string
	Organisations []string
	// Until is the last day on which anything has happened.
	Until time.Time
}

// Event draws an event of a form's kind.
func Event(t *rapid.T, form *taxonomy.Form, o Options) map[string]any {
	d := drawing{t: t, options: o, event: map[string]any{"kind": form.Kind}, counting: taxonomy.Answers{}}
	for _, section := range form.Sections {
		if section.Repeats {
			d.patients(section)
			continue
		}
		d.section(section, d.event, d.counting)
	}
	return d.event
}

// A drawing is an event as far as it is drawn.
type drawing struct {
	t        *rapid.T
	options  Options
	event    map[string]any
	counting taxonomy.Answers
}

func (d *drawing) bool(label string) bool { return rapid.Bool().Draw(d.t, label) }

func (d *drawing) patients(section *taxonomy.FormSection) {
	var patients []any
	for range rapid.IntRange(0, 3).Draw(d.t, "patients") {
		patient, counting := map[string]any{}, taxonomy.Answers{}
		d.section(section, patient, counting)
		patients = append(patients, patient)
	}
	if len(patients) > 0 {
		d.event["patients"] = patients
		d.counting[section.ID] = nil
	}
}

// section answers some of a section's questions, or none. into is the event, or one of its patients.
func (d *drawing) section(section *taxonomy.FormSection, into map[string]any, counting taxonomy.Answers) {
	open := d.bool(section.ID)
	for _, q := range section.Questions {
		forAnother := q.Anonymous != nil && *q.Anonymous != d.options.Anonymous
		if forAnother || q.Field != nil && *q.Field == "reasons" || q.Unmet(counting) != nil {
			continue
		}
		if q.Required || open && (q.RequiredWithSection || d.bool(q.Element)) {
			if codes, ok := d.answer(q, into); ok {
				counting[q.Element], counting[section.ID] = codes, nil
			}
		}
	}
}

// answer puts an answer where it belongs; ok is false where there can be none.
func (d *drawing) answer(q *taxonomy.Question, into map[string]any) (codes []string, ok bool) {
	if q.Field == nil {
		return d.longTail(q), true
	}
	switch q.Type {
	case taxonomy.Code:
		codes = d.codes(q)
		values := make([]string, len(codes))
		for i, code := range codes {
			values[i] = d.value(q, code)
		}
		put(into, *q.Field, oneOrAll(q, values))
	case taxonomy.Text:
		put(into, *q.Field, d.text(q))
	case taxonomy.Boolean:
		put(into, *q.Field, d.bool("yes"))
	case taxonomy.Integer:
		put(into, *q.Field, d.age())
	case taxonomy.Organisation:
		put(into, *q.Field, oneOrAll(q, d.organisations(q)))
	case taxonomy.Date:
		put(into, *q.Field, d.date())
	case taxonomy.Time:
		if date, _ := into["occurredOn"].(string); len(date) < len(time.DateOnly) {
			return nil, false // a time needs its day
		}
		put(into, *q.Field, d.time())
	}
	return codes, true
}

// longTail adds one of the event's answers.
func (d *drawing) longTail(q *taxonomy.Question) []string {
	answer := map[string]any{"element": q.Element}
	var codes []string
	switch q.Type {
	case taxonomy.Text:
		answer["text"] = d.text(q)
	case taxonomy.Code:
		codes = d.codes(q)
	case taxonomy.Organisation:
		codes = d.organisations(q)
	case taxonomy.Boolean:
		codes = []string{strconv.FormatBool(d.bool("yes"))}
	case taxonomy.Integer:
		codes = []string{strconv.Itoa(rapid.Int().Draw(d.t, "number"))}
	case taxonomy.Date:
		codes = []string{d.day().Format(time.DateOnly)}
	case taxonomy.Time:
		codes = []string{d.time()}
	}
	if codes != nil {
		answer["codes"] = codes
	}
	answers, _ := d.event["answers"].([]any)
	d.event["answers"] = append(answers, answer)
	return codes
}

// maxChosen bounds the codes of one answer: enough for any combination to be met with.
const maxChosen = 5

func (d *drawing) codes(q *taxonomy.Question) []string {
	var all []string
	for _, coding := range q.CodeSystem.Codes(nil) {
		all = append(all, coding.Code)
	}
	chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, min(q.Max, len(all), maxChosen), rapid.ID[string]).Draw(d.t, "codes")
	for _, code := range chosen {
		if slices.Contains(q.CodeSystem.Alone, code) {
			return []string{code}
		}
	}
	return chosen
}

// value is what a field takes for a code: the value of its enum, if it has one.
func (d *drawing) value(q *taxonomy.Question, code string) string {
	for _, coding := range q.CodeSystem.Codes(nil) {
		if value := coding.Value(); coding.Code == code && value != nil {
			return *value
		}
	}
	return code
}

func (d *drawing) organisations(q *taxonomy.Question) []string {
	if q.Field != nil && *q.Field == "organisation" {
		return []string{d.options.Organisation}
	}
	most := min(q.Max, len(d.options.Organisations))
	return rapid.SliceOfNDistinct(rapid.SampledFrom(d.options.Organisations), 1, most, rapid.ID[string]).Draw(d.t, "organisations")
}

// maxContact is the longest that contact details may be.
const maxContact = 200

// text draws words of any script, never blank.
func (d *drawing) text(q *taxonomy.Question) string {
	words := rapid.StringN(0, 60, maxContact-1).Draw(d.t, "text")
	words = strings.ReplaceAll(words, "\x00", "")
	if !q.Repeats {
		words = strings.ReplaceAll(words, "\n", " ")
	}
	return "x" + words
}

func (d *drawing) day() time.Time {
	const days = 40_000 // since 1917 or so
	return d.options.Until.AddDate(0, 0, -rapid.IntRange(0, days).Draw(d.t, "day"))
}

func (d *drawing) date() string {
	return d.day().Format(rapid.SampledFrom([]string{"2006-01-02", "2006-01", "2006"}).Draw(d.t, "known"))
}

func (d *drawing) time() string {
	minute := rapid.IntRange(0, 24*60-1).Draw(d.t, "minute")
	return time.Time{}.Add(time.Duration(minute) * time.Minute).Format("15:04")
}

func (d *drawing) age() map[string]any {
	unit := rapid.SampledFrom([]string{"DAYS", "MONTHS", "YEARS"}).Draw(d.t, "unit")
	most := map[string]int{"DAYS": 30, "MONTHS": 11, "YEARS": 130}[unit]
	return map[string]any{"value": rapid.IntRange(1, most).Draw(d.t, "age"), "unit": unit}
}

func oneOrAll(q *taxonomy.Question, values []string) any {
	if q.Repeats {
		return values
	}
	return values[0]
}

// put sets a dotted field of the event; of a patient, the field behind the dot.
func put(into map[string]any, field string, value any) {
	field = strings.TrimPrefix(field, "patients.")
	head, rest, nested := strings.Cut(field, ".")
	if !nested {
		into[field] = value
		return
	}
	inner, ok := into[head].(map[string]any)
	if !ok {
		inner = map[string]any{}
		into[head] = inner
	}
	inner[rest] = value
}
