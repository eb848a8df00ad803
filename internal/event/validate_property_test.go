package event

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
	"lfpse/internal/taxonomy/taxonomytest"
)

// drawn draws a valid event, and tells whether its reporter is anonymous.
func drawn(t *rapid.T, codes *taxonomy.Taxonomy) (event map[string]any, anonymous bool) {
	kind := rapid.SampledFrom(taxonomy.Kinds()).Draw(t, "kind")
	anonymous = rapid.Bool().Draw(t, "anonymous")
	return taxonomytest.Event(t, codes.Form(kind), taxonomytest.Options{
		Anonymous: anonymous, Organisation: "RGT", Organisations: []string{"RGT", "RGT01", "RR8"},
		Until: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC),
	}), anonymous
}

// inputOf reads an event as the graph does, by the names of its fields.
func inputOf(t interface{ Fatal(...any) }, event map[string]any) *Input {
	text, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	in := &Input{}
	if err := json.Unmarshal(text, in); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestWhateverTheTaxonomyAsksForIsTaken(t *testing.T) {
	codes := newCheck(t, nil, false).codes
	rapid.Check(t, func(r *rapid.T) {
		event, anonymous := drawn(r, codes)
		if problems := newCheck(t, inputOf(t, event), anonymous, "RGT").all(); len(problems) > 0 {
			r.Fatalf("%v\nin %v", problems, event)
		}
	})
}

// Whatever is done to a valid event, each problem names a place in it, or something required that is
// missing from such a place.
func TestEachProblemNamesAPlaceInTheInput(t *testing.T) {
	codes := newCheck(t, nil, false).codes
	broken := 0
	rapid.Check(t, func(r *rapid.T) {
		event, anonymous := drawn(r, codes)
		for range rapid.IntRange(1, 3).Draw(r, "changes") {
			breaks(r, codes, event)
		}
		problems := newCheck(t, inputOf(t, event), anonymous, "RGT").all()
		if len(problems) > 0 {
			broken++
		}
		for _, p := range problems {
			if p.Message == "" || len(p.Path) < 2 || p.Path[0] != root {
				r.Fatalf("%v", p)
			}
			if !stands(event, p.Path[1:], p.Code == fault.Required) {
				r.Fatalf("%v names no place in %v", p, event)
			}
		}
	})
	if broken == 0 {
		t.Error("nothing was ever broken")
	}
}

// stands tells whether a path is in a value; a last part that is missing will do where a field of it is
// missing.
func stands(value any, path []string, missing bool) bool {
	if len(path) == 0 {
		return true
	}
	switch v := value.(type) {
	case map[string]any:
		inner, ok := v[path[0]]
		if !ok {
			return missing && isField(path[0])
		}
		return stands(inner, path[1:], missing)
	case []any:
		i, err := strconv.Atoi(path[0])
		return err == nil && i >= 0 && i < len(v) && stands(v[i], path[1:], missing)
	case []string:
		i, err := strconv.Atoi(path[0])
		return err == nil && len(path) == 1 && i >= 0 && i < len(v)
	}
	return false
}

// isField tells whether a name is that of a field that may be required.
func isField(name string) bool {
	return slices.Contains([]string{
		"description", "organisation", "involvedAgents", "safetyChallenges", "incident", "imminentRisk", "risk", "goodCare", "imminent",
		"howToRepeat", "answers", "text", "codes",
	}, name)
}

// breaks changes something of an event.
func breaks(r *rapid.T, codes *taxonomy.Taxonomy, event map[string]any) {
	switch rapid.IntRange(0, 5).Draw(r, "how") {
	case 0: // leave a field out
		delete(event, rapid.SampledFrom(keysOfMap(event)).Draw(r, "left out"))
		if event["kind"] == nil {
			event["kind"] = "INCIDENT"
		}
	case 1: // say that it is of another kind
		event["kind"] = rapid.SampledFrom(taxonomy.Kinds()).Draw(r, "other kind")
	case 2: // answer something
		element := rapid.SampledFrom(codes.Elements()).Draw(r, "element")
		answer := map[string]any{"element": element.Path}
		if rapid.Bool().Draw(r, "coded") {
			answer["codes"] = rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "10", "y", "true", "RGT", "zz"}), 0, 3).Draw(r, "codes")
		}
		if rapid.Bool().Draw(r, "worded") {
			answer["text"] = rapid.SampledFrom([]string{"", " ", "x", "x\x00", strings.Repeat("x\n", 101)}).Draw(r, "text")
		}
		answers, _ := event["answers"].([]any)
		event["answers"] = append(answers, answer)
	case 3: // take an answer away
		if answers, _ := event["answers"].([]any); len(answers) > 0 {
			i := rapid.IntRange(0, len(answers)-1).Draw(r, "answer")
			event["answers"] = slices.Delete(slices.Clone(answers), i, i+1)
		}
	case 4: // put something strange in a field
		field := rapid.SampledFrom(strange()).Draw(r, "field")
		event[field.name] = field.value
	case 5: // another patient
		patients, _ := event["patients"].([]any)
		event["patients"] = append(patients, map[string]any{
			"sequence": rapid.IntRange(-1, 3).Draw(r, "sequence"), "physicalHarm": rapid.SampledFrom([]string{"FATAL", "LOW", "zz"}).Draw(r, "harm"),
			"psychologicalHarm": "SEVERE", "strengthOfAssociation": "9", "ageBracket": "99",
			"age": map[string]any{"value": rapid.IntRange(-1, 140).Draw(r, "value"), "unit": "MONTHS"},
		})
	}
}

type strangeField struct {
	name  string
	value any
}

func strange() []strangeField {
	long := strings.Repeat("x", MaxText+1)
	return []strangeField{
		{"description", " "}, {"description", long}, {"occurredOn", "2999"}, {"occurredOn", "1066-10-14"}, {"occurredAt", "23:59"},
		{"organisation", "XXX"}, {"organisation", "RR8"}, {"occurredAtOrganisations", []string{"RGT", "RGT", "XXX"}},
		{"occurredAtOrganisations", make([]string, MaxOrganisations+1)}, {"serviceArea", []string{"ACUTE", "ACUTE", "zz"}}, {"specialty", "zz"},
		{"involvedAgents", []string{"NONE", "BLOOD"}}, {"involvedAgents", []string{}}, {"safetyChallenges", []string{"FALL", "FALL"}}, {"reporterContact", long},
		{"incident", map[string]any{"process": "99", "imminentRisk": "YES"}}, {"outcome", map[string]any{"outcomeTypes": []string{"1", "99", "1"}}},
		{"risk", map[string]any{"themes": []string{"8"}, "timeframe": "9"}}, {"goodCare", map[string]any{"howToRepeat": " ", "noticedBy": "zz"}},
		{"patients", make([]any, 0)}, {"levelOfConcern", "zz"},
	}
}

func keysOfMap(m map[string]any) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
