package graph_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lfpse/internal/taxonomy"
	"lfpse/internal/taxonomy/taxonomytest"
)

// everything reads an event field by field, as it was typed.
const everything = `query($id: ID!) { event(id: $id) {
	kind description occurredOn occurredAt organisation { odsCode } occurredAtOrganisations { odsCode } serviceArea specialty { code }
	levelOfConcern involvedAgents safetyChallenges reporterContact
	patients {
		sequence age { value unit } ageBracket { code } gender { code } ethnicity { code } physicalHarm psychologicalHarm
		clinicalOutcome strengthOfAssociation { code }
	}
	details {
		... on IncidentDetails { immediateActions process { code } detectionPoint { code } wentWell imminentRisk nearMiss answers { ...All } }
		... on OutcomeDetails { outcomeTypes { code } incidentSuspected immediateActions answers { ...All } }
		... on RiskDetails { themes { code } imminent population timeframe { code } answers { ...All } }
		... on GoodCareDetails { strengths howToRepeat noticedBy { code } answers { ...All } }
	}
} } fragment All on Answer { element question codings { code label } text }`

// Every event that the taxonomy allows comes back as it was typed, field by field.
func TestEveryValidEventSurvivesTheRoundTrip(t *testing.T) {
	t.Parallel()
	s := newService(t)
	codes := must[*taxonomy.Registry](t)(taxonomy.Load()).Latest()
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom(taxonomy.Kinds()).Draw(r, "kind")
		typed := taxonomytest.Event(r, codes.Form(kind), taxonomytest.Options{
			Organisation: "RGT", Organisations: []string{"RGT", "RR8", "R0A"}, Until: time.Now().AddDate(0, 0, -1),
		})
		s.comesBack(r, typed)
	})
}

// failer is what tests and property tests have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// comesBack records an event and reads it again.
func (s *service) comesBack(t failer, typed map[string]any) {
	t.Helper()
	answer := s.ask(reporter, recordAnything, map[string]any{"event": typed})
	id, ok := at(answer, "data", "recordEvent", "event", "id").(string)
	if !ok {
		t.Fatalf("%v\nanswers %v", typed, answer)
	}
	read, ok := at(s.ask(reporter, everything, map[string]any{"id": id}), "data", "event").(map[string]any)
	if !ok {
		t.Fatalf("the event cannot be read")
	}
	if difference := cmp.Diff(asRead(typed), asTyped(read, typed)); difference != "" {
		t.Errorf("typed (-) and read (+):\n%s", difference)
	}
}

const recordAnything = `mutation($event: EventInput!) { recordEvent(input: {event: $event}) { event { id } userErrors { code message path } } }`

// at answers what stands at a path of an answer; nil for nothing.
func at(value any, path ...string) any {
	for _, key := range path {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// asRead is a typed event in the types of JSON.
func asRead(typed map[string]any) (event map[string]any) {
	if err := throughJSON(typed, &event); err != nil {
		panic(err) // maps of lists and strings: it cannot fail
	}
	return event
}

// throughJSON makes a value of what another is as JSON.
func throughJSON(from, into any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// asTyped turns an event as read back into what was typed: codings into codes, details into the
// field of their kind. What nobody typed is left out.
func asTyped(read, typed map[string]any) map[string]any {
	details, _ := read["details"].(map[string]any)
	event := map[string]any{"kind": read["kind"]}
	if answers, _ := details["answers"].([]any); len(answers) > 0 {
		event["answers"] = answersAsTyped(answers)
	}
	delete(details, "answers")
	delete(read, "details")
	field := map[any]string{"INCIDENT": "incident", "OUTCOME": "outcome", "RISK": "risk", "GOOD_CARE": "goodCare"}[read["kind"]]
	if inner := said(details, at(typed, field)); len(inner) > 0 {
		event[field] = inner
	}
	patients, _ := read["patients"].([]any)
	delete(read, "patients")
	typedPatients, _ := typed["patients"].([]any)
	var list []any
	for i, patient := range patients {
		var before any = map[string]any{}
		if i < len(typedPatients) {
			before = typedPatients[i]
		}
		list = append(list, said(patient.(map[string]any), before))
	}
	if list != nil {
		event["patients"] = list
	}
	for name, value := range said(read, typed) {
		event[name] = value
	}
	return event
}

// said keeps what an object says, but for what the service says of its own accord.
func said(object map[string]any, typed any) map[string]any {
	before, _ := typed.(map[string]any)
	kept := map[string]any{}
	for name, value := range object {
		_, given := before[name]
		list, isList := value.([]any)
		ownAccord := name == "sequence" || name == "ageBracket" || name == "nearMiss" || name == "organisation"
		if value == nil || isList && len(list) == 0 || ownAccord && !given {
			continue
		}
		kept[name] = plain(value)
	}
	return kept
}

// plain is the code of a coding or organisation, and anything else as it is.
func plain(value any) any {
	switch v := value.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case map[string]any:
		for _, key := range []string{"code", "odsCode"} {
			if code, ok := v[key]; ok {
				return code
			}
		}
	}
	return value
}

func answersAsTyped(answers []any) []any {
	list := make([]any, len(answers))
	for i, answer := range answers {
		read := answer.(map[string]any)
		typed := map[string]any{"element": read["element"]}
		if codings, _ := read["codings"].([]any); len(codings) > 0 {
			typed["codes"] = plain(codings)
		}
		if read["text"] != nil {
			typed["text"] = read["text"]
		}
		if question, _ := read["question"].(string); !strings.HasSuffix(question, "?") {
			typed["question"] = "there is none"
		}
		list[i] = typed
	}
	return list
}
