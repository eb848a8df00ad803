package graph_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lfpse/db"
)

// besideFields are what stands beside an event and comes along with one that is opened.
func besideFields() map[string]string {
	return map[string]string{
		"event_patient":  `patients { sequence age { value unit } ageBracket { code } physicalHarm clinicalOutcome }`,
		"event_revision": `revisions { revision at changed description by { name } }`,
		"review AS":      `reviews { id status outcome startedAt completedAt notes organisation { odsCode } reviewer { name } }`,
	}
}

// A record that is opened is read in one statement with what is asked for beside it,
// and with nothing else.
func TestARecordIsOpenedByOneStatement(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, happening("RGT", "RGT01"))
	s.ok(s.complete(organisational, s.review(organisational, id), "Dr Okonkwo came."), "completeReview")
	for _, asked := range [][]string{
		{}, {"event_patient"}, {"event_revision"}, {"review AS"}, {"event_patient", "review AS"}, {"event_patient", "event_revision", "review AS"},
	} {
		fields := []string{"reference", "reporter { name }"}
		for _, table := range asked {
			fields = append(fields, besideFields()[table])
		}
		for name, value := range map[string]string{"id": id, "reference": reference} {
			document := fmt.Sprintf(`{ event(%s: %q) { %s } }`, name, value, strings.Join(fields, " "))
			s.raw(admin, document, nil) // names are in memory by now
			ctx, counter := db.CountStatements(t.Context())
			s.counted = ctx
			answer := s.raw(admin, document, nil)
			s.counted = nil
			shapes := counter.Shapes()
			if strings.Contains(answer, `"errors"`) || len(shapes) != 2 {
				t.Errorf("by %s with %v: %d statements, who asks included: %v, answered %s", name, asked, len(shapes), shapes, answer)
				continue
			}
			for table := range besideFields() {
				if read := strings.Contains(shapes[1], table); read != slices.Contains(asked, table) {
					t.Errorf("by %s with %v: %s is read: %v", name, asked, table, read)
				}
			}
		}
	}
}

// happenings records events of every kind of standing, a draft among them.
func (s *service) happenings() (ids []string) {
	draft, _ := s.draft(reporter, anything())
	reviewed, _ := s.record(reporter, happening("RGT", "RGT01", "RR8"))
	s.ok(s.complete(organisational, s.review(organisational, reviewed), "Dr Okonkwo came."), "completeReview")
	s.review(organisational, reviewed)
	changed, _ := s.record(reporter, happening("RGT", "RR8"))
	s.ok(s.update(reporter, changed, 1, map[string]any{"description": "Edith Pemberton fell again."}), "updateEvent")
	back, _ := s.record(reporter, happening("RGT", "RR8"))
	s.ok(s.withdrawn(reporter, back, 1, "Mr Quillfeather was mistaken."), "withdrawEvent")
	bare, _ := s.record(reporter, map[string]any{"kind": "RISK", "description": "Edith Pemberton could fall.", "risk": map[string]any{"imminent": "NO", "population": "The old."}})
	return []string{draft, reviewed, changed, back, bare}
}

// What comes along with an event is what a statement of its own answers of it, for
// every reader and every event; so it is where one operation asks for one event in both ways.
func TestWhatComesAlongWithARecordIsWhatIsReadByItself(t *testing.T) {
	t.Parallel()
	s := newService(t)
	ids := s.happenings()
	var fields []string
	for _, selection := range besideFields() {
		fields = append(fields, selection)
	}
	all := strings.Join(fields, " ")
	shown := 0
	for _, reader := range []string{reporter, organisational, admin, elsewhere, readOnlyICB, readOnlyRegion, lead} {
		for _, id := range ids {
			variables := map[string]any{"id": id}
			alone := dig[map[string]any](t, s.ask(reader, `query($id: ID!) { node(id: $id) { ... on Event { `+all+` } } }`, variables))["data"].(map[string]any)["node"]
			opened := s.ask(reader, `query($id: ID!) { event(id: $id) { `+all+` } }`, variables)
			both := s.ask(reader, `query($id: ID!) { event(id: $id) { `+all+` } node(id: $id) { ... on Event { `+all+` } } }`, variables)
			for how, got := range map[string]any{
				"opened":                   opened["data"].(map[string]any)["event"],
				"opened beside a node":     both["data"].(map[string]any)["event"],
				"a node beside the opened": both["data"].(map[string]any)["node"],
			} {
				if !reflect.DeepEqual(got, alone) {
					t.Errorf("%s, %s of %s:\n%v\nread by itself:\n%v", reader, how, id, got, alone)
				}
			}
			if alone != nil {
				shown++
			}
		}
	}
	if shown < 20 {
		t.Errorf("only %d events are shown: the comparison compares too little", shown)
	}
}

// Of a record that is opened no more is read than is asked for. Each field, asked for
// alone, is what it is among all.
func TestAFieldOfAnOpenedRecordIsWhatItIsAmongAll(t *testing.T) {
	t.Parallel()
	s := newService(t)
	fields, ids := eventFields(), s.happenings()
	for _, reader := range []string{reporter, organisational, admin, elsewhere, readOnlyICB, lead} {
		for id, whole := range s.inAll(reader, fields, ids) {
			for name, selection := range fields {
				answer := s.ask(reader, `query($id: ID!, $reference: String!) { byID: event(id: $id) { is: `+selection+` } byReference: event(reference: $reference) { is: `+selection+` } }`,
					map[string]any{"id": id, "reference": whole["is_reference"]})
				if answer["errors"] != nil {
					t.Errorf("%s alone, to %s: %v", name, reader, answer["errors"])
					continue
				}
				for _, how := range []string{"byID", "byReference"} {
					if got := dig[map[string]any](t, answer, "data", how)["is"]; !reflect.DeepEqual(got, whole["is_"+name]) {
						t.Errorf("%s alone, %s of %s, to %s: got %v, want %v", name, how, id, reader, got, whole["is_"+name])
					}
				}
			}
		}
	}
}

// inAll answers those of the events that a reader sees, each read as a whole.
func (s *service) inAll(reader string, fields map[string]string, ids []string) map[string]map[string]any {
	s.t.Helper()
	var all []string
	for name, selection := range fields {
		all = append(all, "is_"+name+": "+selection)
	}
	seen := map[string]map[string]any{}
	for _, id := range ids {
		answer := s.ask(reader, `query($id: ID!) { node(id: $id) { ... on Event { `+strings.Join(all, " ")+` } } }`, map[string]any{"id": id})
		if answer["errors"] != nil {
			s.t.Fatalf("%s is answered %v", reader, answer["errors"])
		}
		if node, ok := dig[map[string]any](s.t, answer, "data")["node"].(map[string]any); ok {
			seen[id] = node
		}
	}
	if len(seen) == 0 {
		s.t.Fatalf("%s sees nothing: the comparison compares nothing", reader)
	}
	return seen
}

// What was written in a review is read where it is asked for under any name.
func TestNotesOfAReviewAreReadWhereTheyAreAskedFor(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, happening("RGT", "RGT01"))
	s.ok(s.complete(organisational, s.review(organisational, id), "Dr Okonkwo came."), "completeReview")
	for document, read := range map[string]bool{
		`{ event(id: %q) { reviews { status } } }`:                                                                   false,
		`{ event(id: %q) { reviews { notes } } }`:                                                                    true,
		`{ event(id: %q) { reviews { status } again: reviews { notes } } }`:                                          true,
		`{ event(id: %q) { ...one } } fragment one on Event { reviews { ...two } } fragment two on Review { notes }`: true,
	} {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		answer := s.raw(organisational, fmt.Sprintf(document, id), nil)
		s.counted = nil
		if strings.Contains(answer, `"errors"`) || strings.Contains(answer, "Dr Okonkwo came.") != read {
			t.Errorf("%s: answered %s", document, answer)
		}
		if got := strings.Contains(strings.Join(counter.Shapes(), " "), "WHEN (FALSE) AND NOT (FALSE) THEN (SELECT w.texts"); got == read {
			t.Errorf("%s: notes are read: %v, by %v", document, !got, counter.Shapes())
		}
	}
}
