package event

import (
	"slices"
	"strings"
	"testing"

	"lfpse/internal/taxonomy"
)

// A field that the taxonomy asks for and validation does not look at would be taken whatever it says.
func TestEveryFieldThatIsAskedForIsLookedAt(t *testing.T) {
	codes := newCheck(t, nil, false).codes
	for _, kind := range taxonomy.Kinds() {
		for _, section := range codes.Form(kind).Sections {
			for _, q := range section.Questions {
				if q.Field == nil || *q.Field == "reasons" {
					continue
				}
				in := inputOf(t, filledIn(kind, q))
				looked := in.filled()
				for i, patient := range in.Patients {
					looked = append(looked, patient.filled(i)...)
				}
				if !slices.ContainsFunc(looked, func(f filled) bool { return f.field == *q.Field }) {
					t.Errorf("%s of %s is not looked at: %v", *q.Field, kind, looked)
				}
			}
		}
	}
}

// filledIn is an event of which one field alone is filled in.
func filledIn(kind string, q *taxonomy.Question) map[string]any {
	var value any = "x"
	switch {
	case len(q.Units) > 0:
		value = map[string]any{"value": 1, "unit": q.Units[0]}
	case q.Repeats && q.Type != taxonomy.Text:
		value = []string{"x"}
	case q.Type == taxonomy.Boolean:
		value = true
	}
	event := map[string]any{"kind": kind}
	head, rest, nested := strings.Cut(*q.Field, ".")
	switch {
	case head == "patients":
		event[head] = []any{map[string]any{rest: value}}
	case nested:
		event[head] = map[string]any{rest: value}
	default:
		event[head] = value
	}
	return event
}
