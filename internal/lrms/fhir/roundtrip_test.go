package fhir_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lfpse/internal/event"
	"lfpse/internal/lrms/fhir"
	"lfpse/internal/taxonomy"
	"lfpse/internal/taxonomy/taxonomytest"
)

func codes(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	registry, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return registry.Latest()
}

const base = "https://lfpse.example/taxonomy/fhir"

// inputOf reads a drawn event, by the names of its fields.
func inputOf(t failer, drawn map[string]any) *event.Input {
	text, err := json.Marshal(drawn)
	in := &event.Input{}
	if err == nil {
		err = json.Unmarshal(text, in)
	}
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// settled is an input as the service keeps it: patients have numbers, what was not caught is not said to
// be, answers stand in the order of the data set, and answers one to a line have no blank lines.
func settled(in *event.Input, codes *taxonomy.Taxonomy) *event.Input {
	for i, p := range in.Patients {
		if number := i + 1; p.Sequence == nil {
			p.Sequence = &number
		}
	}
	if in.Incident != nil && in.Incident.NearMiss != nil && !*in.Incident.NearMiss {
		in.Incident.NearMiss = nil
	}
	if in.Incident != nil && *in.Incident == (event.IncidentInput{}) {
		in.Incident = nil
	}
	for _, a := range in.Answers {
		if e, _ := codes.Element(a.Element); a.Text != nil && e.Repeats() {
			lines := slices.DeleteFunc(strings.Split(*a.Text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
			text := strings.Join(lines, "\n")
			a.Text = &text
		}
	}
	slices.SortFunc(in.Answers, func(a, b *event.AnswerInput) int { return cmp.Compare(a.Element, b.Element) })
	return in
}

// Whatever the taxonomy asks for comes back from FHIR as it went in.
func TestEveryEventSurvivesTheRoundTrip(t *testing.T) {
	codes := codes(t)
	translator := fhir.New(codes, base)
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(taxonomy.Kinds()).Draw(r, "kind")
		survives(r, translator, codes, taxonomytest.Event(r, codes.Form(kind), taxonomytest.Options{
			Organisation: "RGT", Organisations: []string{"RGT", "RR8", "R0A"}, Until: time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC),
		}))
	})
}

// Every element that is asked of people with an account survives on its own, whatever kind it is asked of.
func TestEveryElementSurvivesTheRoundTrip(t *testing.T) {
	codes := codes(t)
	translator := fhir.New(codes, base)
	for _, kind := range taxonomy.Kinds() {
		for _, section := range codes.Form(kind).Sections {
			for _, q := range section.Questions {
				if q.Anonymous == nil || !*q.Anonymous {
					t.Run(kind+" "+q.Element, func(t *testing.T) { survives(t, translator, codes, answering(kind, q)) })
				}
			}
		}
	}
}

// answering is an event that answers one question and no other.
func answering(kind string, q *taxonomy.Question) map[string]any {
	var value any = "x"
	switch q.Type {
	case taxonomy.Code:
		coding := q.CodeSystem.Codes(nil)[0]
		value = coding.Code
		if q.Field != nil && coding.Value() != nil {
			value = *coding.Value()
		}
	case taxonomy.Organisation:
		value = "RGT"
	case taxonomy.Boolean:
		value = true
	case taxonomy.Integer:
		value = map[string]any{"value": 82, "unit": "YEARS"}
	case taxonomy.Date:
		value = "2026-10"
	case taxonomy.Time:
		value = "14:30"
	}
	event := map[string]any{"kind": kind}
	switch {
	case q.Field == nil && q.Type == taxonomy.Text:
		event["answers"] = []any{map[string]any{"element": q.Element, "text": value}}
	case q.Field == nil:
		event["answers"] = []any{map[string]any{"element": q.Element, "codes": []any{value}}}
	default:
		if q.Repeats {
			value = []any{value}
		}
		set(event, *q.Field, value)
	}
	return event
}

// set sets a dotted field; of patients, that of the only one.
func set(event map[string]any, field string, value any) {
	head, rest, nested := strings.Cut(field, ".")
	switch {
	case !nested:
		event[field] = value
	case head == "patients":
		event[head] = []any{map[string]any{rest: value}}
	default:
		event[head] = map[string]any{rest: value}
	}
}

// failer is what tests and property tests have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func survives(t failer, translator *fhir.Translator, codes *taxonomy.Taxonomy, drawn map[string]any) {
	t.Helper()
	in := inputOf(t, drawn)
	resource, err := translator.Write(in)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(resource)
	if err != nil {
		t.Fatal(err)
	}
	reading, issues := translator.Read(body)
	if len(issues) > 0 {
		t.Fatalf("%v\nin %s", issues, body)
	}
	if difference := gocmp.Diff(settled(in, codes), settled(&reading.Input, codes), cmpopts.EquateEmpty()); difference != "" {
		t.Errorf("sent (-) and read (+):\n%s\nin %s", difference, body)
	}
	if len(reading.Warnings) > 0 {
		t.Errorf("it is warned of %v", reading.Warnings)
	}
}
