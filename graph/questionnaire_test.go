package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lfpse/internal/taxonomy"
)

const wholeQuestionnaire = `query($kind: EventKind!) { questionnaire(kind: $kind) { kind taxonomyVersion sections { id title repeats questions {
	element field text hint required requiredWithSection repeats type units anonymous
	codeSystem { id version alone codes { system code label value } }
	askedWhen { element codes answered or { element codes answered or { element } } }
} } } }`

// form is a questionnaire as a frontend reads it; nothing else of the service is known to it.
type form struct{ sections []map[string]any }

func (s *service) form(reader, kind string) form {
	s.t.Helper()
	answer := s.ask(reader, wholeQuestionnaire, map[string]any{"kind": kind})
	return form{objects(dig[[]any](s.t, answer, "data", "questionnaire", "sections"))}
}

func objects(list any) []map[string]any {
	values, _ := list.([]any)
	all := make([]map[string]any, len(values))
	for i, value := range values {
		all[i], _ = value.(map[string]any)
	}
	return all
}

func texts(list any) []string {
	values, _ := list.([]any)
	all := make([]string, len(values))
	for i, value := range values {
		all[i], _ = value.(string)
	}
	return all
}

// filling fills a form in by chance: which codes are chosen, how many patients there are and what is
// left out.
type filling struct {
	chance    *rand.Rand
	anonymous bool
	event     map[string]any
	reasons   []string
	said      map[string][]string // by element, with the sections of which anything is said
	asked     map[string]bool
	words     func(element string) string
}

func (f *filling) fill(sections []map[string]any) {
	for _, section := range sections {
		into, times := f.event, 1
		if section["repeats"] == true {
			times = f.chance.IntN(3)
		}
		outside := f.said
		for range times {
			if section["repeats"] == true {
				into = map[string]any{}
				f.said = clone(outside)
				patients, _ := f.event["patients"].([]any)
				f.event["patients"] = append(patients, into)
			}
			for _, question := range objects(section["questions"]) {
				f.answer(question, section["id"].(string), into)
			}
		}
		if section["repeats"] == true {
			f.said = outside
			if times > 0 {
				f.said[section["id"].(string)] = nil
			}
		}
	}
}

func clone(said map[string][]string) map[string][]string {
	copied := map[string][]string{}
	for element, codes := range said {
		copied[element] = codes
	}
	return copied
}

// answer answers one question, if it is asked: one of five is left out, where it may be.
func (f *filling) answer(question map[string]any, section string, into map[string]any) {
	element, _ := question["element"].(string)
	mayBeLeft := question["required"] == false && question["requiredWithSection"] == false
	if question["anonymous"] == !f.anonymous || !f.isAsked(question) {
		return
	}
	f.asked[element] = true
	if mayBeLeft && f.chance.IntN(5) == 0 {
		return
	}
	value, codes := f.value(question)
	f.said[element], f.said[section] = codes, nil
	field, _ := question["field"].(string)
	switch {
	case field == "reasons":
		f.reasons = codes
	case field != "":
		set(into, strings.TrimPrefix(field, "patients."), value)
	default:
		answers, _ := f.event["answers"].([]any)
		one := map[string]any{"element": element, "codes": codes}
		if codes == nil {
			one = map[string]any{"element": element, "text": value}
		}
		f.event["answers"] = append(answers, one)
	}
}

func (f *filling) isAsked(question map[string]any) bool {
	for _, condition := range objects(question["askedWhen"]) {
		if !f.holds(condition) {
			return false
		}
	}
	return true
}

func (f *filling) holds(condition map[string]any) bool {
	if slices.ContainsFunc(objects(condition["or"]), f.holds) {
		return true
	}
	codes, said := f.said[condition["element"].(string)]
	if answered, ok := condition["answered"].(bool); ok {
		return said == answered
	}
	wanted := texts(condition["codes"])
	return slices.ContainsFunc(codes, func(code string) bool { return slices.Contains(wanted, code) })
}

// value answers what a field takes, and the codes that it stands for.
func (f *filling) value(question map[string]any) (value any, codes []string) {
	repeats := question["repeats"] == true
	switch question["type"] {
	case "CODE":
		return f.chosen(question)
	case "TEXT":
		if repeats {
			return f.words(question["element"].(string)) + "\nand one more", nil
		}
		return f.words(question["element"].(string)), nil
	case "DATE":
		return time.Now().AddDate(0, 0, -2).Format(time.DateOnly), nil
	case "TIME":
		return "14:30", nil
	case "BOOLEAN":
		return true, nil
	case "INTEGER":
		units := texts(question["units"])
		return map[string]any{"value": float64(1 + f.chance.IntN(11)), "unit": units[f.chance.IntN(len(units))]}, nil
	case "ORGANISATION":
		if repeats {
			return []any{"RGT", "RR8"}, []string{"RGT", "RR8"}
		}
		return "RGT", []string{"RGT"}
	}
	panic(fmt.Sprintf("no form is drawn for %v", question["type"]))
}

// chosen answers all codes of a list that go together, or only one of them.
func (f *filling) chosen(question map[string]any) (value any, codes []string) {
	system := question["codeSystem"].(map[string]any)
	codings, alone := objects(system["codes"]), texts(system["alone"])
	one := codings[f.chance.IntN(len(codings))]
	if question["repeats"] == false {
		return taken(question, one), []string{one["code"].(string)}
	}
	if f.chance.IntN(2) == 0 {
		return []any{taken(question, one)}, []string{one["code"].(string)}
	}
	var values []any
	for _, coding := range codings {
		if code := coding["code"].(string); !slices.Contains(alone, code) {
			values, codes = append(values, taken(question, coding)), append(codes, code)
		}
	}
	return values, codes
}

// taken is what a field takes for a code.
func taken(question, coding map[string]any) any {
	if question["field"] != nil && coding["value"] != nil {
		return coding["value"]
	}
	return coding["code"]
}

func set(into map[string]any, field string, value any) {
	head, rest, nested := strings.Cut(field, ".")
	if !nested {
		into[head] = value
		return
	}
	inner, ok := into[head].(map[string]any)
	if !ok {
		inner = map[string]any{}
		into[head] = inner
	}
	inner[rest] = value
}

// fillings yields the form filled in again and again, until every question was asked.
func fillings(t *testing.T, f form, kind string, anonymous bool, words func(element string) string) func(yield func(*filling) bool) {
	const most, least = 120, 24
	return func(yield func(*filling) bool) {
		missing := map[string]bool{}
		for _, section := range f.sections {
			for _, question := range objects(section["questions"]) {
				if question["anonymous"] != !anonymous {
					missing[question["element"].(string)] = true
				}
			}
		}
		for round := range most {
			one := &filling{
				chance: rand.New(rand.NewPCG(uint64(round), 5)), anonymous: anonymous, event: map[string]any{"kind": kind},
				said: map[string][]string{}, asked: map[string]bool{}, words: words,
			}
			one.fill(f.sections)
			for element := range one.asked {
				delete(missing, element)
			}
			if !yield(one) || round >= least && len(missing) == 0 {
				break
			}
		}
		if len(missing) > 0 {
			t.Errorf("%s was never asked %v", kind, missing)
		}
	}
}

const recordAnonymously = `mutation($event: EventInput!, $reasons: [String!]) {
	recordEventAnonymously(input: {event: $event, reasons: $reasons}) { receipt { reference } userErrors { code message path } } }`

// A frontend that knows nothing but the questionnaire can ask every question, and what is answered
// comes back.
func TestEveryQuestionCanBeAnsweredFromTheQuestionnaireAlone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	words := func(element string) string { return "In words: " + element + "." }
	for _, kind := range taxonomy.Kinds() {
		t.Run(kind, func(t *testing.T) {
			s.t = t
			for filled := range fillings(t, s.form(reporter, kind), kind, false, words) {
				s.comesBack(t, filled.event)
			}
		})
		t.Run(kind+" anonymously", func(t *testing.T) {
			s.t = t
			for filled := range fillings(t, s.form(nobody, kind), kind, true, words) {
				answer := s.ask(nobody, recordAnonymously,
					map[string]any{"event": filled.event, "reasons": filled.reasons})
				if at(answer, "data", "recordEventAnonymously", "receipt") == nil {
					t.Fatalf("%v\nanswers %v", filled.event, answer)
				}
			}
		})
	}
}

func TestTheQuestionnaireIsEverybodysAlike(t *testing.T) {
	t.Parallel()
	s := newService(t)
	want := s.raw(nobody, wholeQuestionnaire, map[string]any{"kind": "INCIDENT"})
	if !strings.Contains(want, "AdverseEventProblemDevices.DeviceBrokenDetails") {
		t.Errorf("got %s", want)
	}
	for _, reader := range readers {
		if s.raw(reader, wholeQuestionnaire, map[string]any{"kind": "INCIDENT"}) != want {
			t.Errorf("%s reads another", reader)
		}
	}
}
