package graph_test

import (
	"fmt"
	"strings"
	"testing"
)

// The operations of the lifecycle, of one event.
const (
	save     = `mutation($id: ID, $event: EventInput!, $at: DateTime) { saveDraft(input: {id: $id, event: $event, updatedAt: $at}) { event { id reference status revision recordedAt updatedAt problems { code path message } } userErrors { code path message } } }`
	discard  = `mutation($id: ID!) { deleteDraft(input: {id: $id}) { deletedId userErrors { code } } }`
	submit   = `mutation($id: ID!) { submitDraft(input: {id: $id}) { event { id reference status revision recordedAt description } userErrors { code path message } } }`
	revise   = `mutation($id: ID!, $revision: Int!, $event: EventPatch!) { updateEvent(input: {id: $id, revision: $revision, event: $event}) { event { id status revision description updatedAt } userErrors { code path message } } }`
	withdraw = `mutation($id: ID!, $revision: Int!, $reason: String!) { withdrawEvent(input: {id: $id, revision: $revision, reason: $reason}) { event { id status revision textView withdrawal { at reason } } userErrors { code path message } } }`
)

func aFall() map[string]any { return map[string]any{"kind": "INCIDENT", "description": "A fall."} }

// draft saves a new draft and answers its id and reference.
func (s *service) draft(author string, input map[string]any) (id, reference string) {
	s.t.Helper()
	answer := s.ask(author, save, map[string]any{"event": input})
	saved := dig[map[string]any](s.t, answer, "data", "saveDraft", "event")
	return saved["id"].(string), saved["reference"].(string)
}

// update sends a patch and answers what came of it.
func (s *service) update(editor, id string, revision int, patch map[string]any) map[string]any {
	s.t.Helper()
	return s.ask(editor, revise, map[string]any{"id": id, "revision": revision, "event": patch})
}

// withdrawn withdraws an event.
func (s *service) withdrawn(by, id string, revision int, reason string) map[string]any {
	s.t.Helper()
	return s.ask(by, withdraw, map[string]any{"id": id, "revision": revision, "reason": reason})
}

// ok fails unless an operation was answered with an event and no problems.
func (s *service) ok(answer map[string]any, operation string) map[string]any {
	s.t.Helper()
	if answer["errors"] != nil {
		s.t.Fatalf("%s was answered %v", operation, answer)
	}
	payload := dig[map[string]any](s.t, answer, "data", operation)
	if problems := payload["userErrors"].([]any); len(problems) > 0 {
		s.t.Fatalf("%s has problems %v", operation, problems)
	}
	return dig[map[string]any](s.t, payload, "event")
}

// problems answers the codes and paths of an operation's problems.
func problems(t *testing.T, answer map[string]any, operation string) (list []string) {
	t.Helper()
	for _, p := range dig[[]any](t, answer, "data", operation, "userErrors") {
		list = append(list, fmt.Sprint(dig[string](t, p, "code"), " ", dig[[]any](t, p, "path")))
	}
	return list
}

// code answers the kind of an answer's first error; empty for none.
func code(t *testing.T, answer map[string]any) string {
	t.Helper()
	errors, _ := answer["errors"].([]any)
	if len(errors) == 0 {
		return ""
	}
	return dig[string](t, errors[0], "extensions", "code")
}

// set moves an event into a state that no operation leads to yet.
func (s *service) set(id, status string) {
	s.t.Helper()
	_, err := s.db.NewRaw("UPDATE event SET status = ? WHERE replace(id::text, '-', '') = ?", status, strings.TrimPrefix(id, "event_")).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
}

// inState makes an event of the reporter's in a state.
func (s *service) inState(state string) (id string, revision int) {
	s.t.Helper()
	if state == "DRAFT" {
		id, _ = s.draft(reporter, aFall())
		return id, 0
	}
	id, _ = s.record(reporter, aFall())
	switch state {
	case "SUBMITTED":
	case "WITHDRAWN":
		s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
	default:
		s.set(id, state)
	}
	return id, 1
}

// TestEveryOperationFromEveryState goes through the service what
// docs/lifecycle.md draws, and that it draws all that can be done.
func TestEveryOperationFromEveryState(t *testing.T) {
	t.Parallel()
	s := newService(t)
	operations := map[string]string{
		"saveDraft": save, "deleteDraft": discard, "submitDraft": submit, "updateEvent": revise, "withdrawEvent": withdraw,
	}
	leads := map[string]map[string]string{
		"DRAFT":        {"saveDraft": "DRAFT", "deleteDraft": "", "submitDraft": "SUBMITTED"},
		"SUBMITTED":    {"submitDraft": "SUBMITTED", "updateEvent": "SUBMITTED", "withdrawEvent": "WITHDRAWN"},
		"UNDER_REVIEW": {"submitDraft": "UNDER_REVIEW", "updateEvent": "UNDER_REVIEW", "withdrawEvent": "WITHDRAWN"},
		"REVIEWED":     {"submitDraft": "REVIEWED", "updateEvent": "REVIEWED", "withdrawEvent": "WITHDRAWN"},
		"WITHDRAWN":    {},
	}
	for state, legal := range leads {
		for operation, document := range operations {
			t.Run(operation+" from "+state, func(t *testing.T) {
				s.t = t
				id, revision := s.inState(state)
				event := map[string]any{"description": "Another fall."}
				if operation == "saveDraft" {
					event["kind"] = "INCIDENT"
				}
				answer := s.ask(reporter, document, map[string]any{"id": id, "revision": revision, "event": event, "reason": "Twice."})
				to, isLegal := legal[operation]
				if !isLegal {
					to = state
				}
				if got := code(t, answer); isLegal != (got == "") || !isLegal && got != "FORBIDDEN" {
					t.Errorf("answered %v", answer)
				}
				now := s.ask(reporter, `query($id: ID!) { event(id: $id) { status } }`, map[string]any{"id": id})
				if to == "" {
					if found := dig[map[string]any](t, now, "data")["event"]; found != nil {
						t.Errorf("it still is: %v", found)
					}
					return
				}
				if got := dig[string](t, now, "data", "event", "status"); got != to {
					t.Errorf("it stands at %s, not %s", got, to)
				}
			})
		}
	}
}

// What may not be found is answered as what never was, and what may be found
// and not changed is forbidden, whichever the operation.
func TestWhoMayTakeWhichStep(t *testing.T) {
	t.Parallel()
	s := newService(t)
	never := "event_0123456789abcdef0123456789abcdef"
	recorded, _ := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": []string{"RR8"}})
	drafted, _ := s.draft(reporter, aFall())
	operations := map[string]string{
		"saveDraft": save, "deleteDraft": discard, "submitDraft": submit, "updateEvent": revise, "withdrawEvent": withdraw,
		"redactFurther": strings.NewReplacer(", $field: String!, $text: String!", "", "$field", `"description"`, "$text", `"fall"`).Replace(mark),
	}
	see := map[string]bool{organisational: true, admin: true, readOnlyICB: true, readOnlyRegion: true, elsewhere: true, adminElsewhere: true, lead: true}
	may := map[string]map[string]bool{"updateEvent": {organisational: true, admin: true}, "withdrawEvent": {admin: true}, "redactFurther": {admin: true, lead: true}}
	for operation, document := range operations {
		for _, reader := range readers {
			if reader == reporter {
				continue
			}
			t.Run(operation+" by "+reader, func(t *testing.T) {
				s.t = t
				event := map[string]any{"description": "Mine now."}
				if operation == "saveDraft" {
					event["kind"] = "INCIDENT"
				}
				ask := func(id string, revision int) string {
					return s.raw(reader, document, map[string]any{"id": id, "revision": revision, "event": event, "reason": "Mine."})
				}
				nothing := ask(never, 1)
				if !strings.Contains(nothing, `"NOT_FOUND"`) && !(reader == nobody && strings.Contains(nothing, `"UNAUTHENTICATED"`)) {
					t.Errorf("what never was is answered %s", nothing)
				}
				for _, id := range []string{drafted, "event_", "nonsense", strings.Replace(recorded, "event", "grant", 1)} {
					if got := ask(id, 0); got != nothing {
						t.Errorf("a draft or no id is answered %s, what never was %s", got, nothing)
					}
				}
				if !see[reader] {
					if got := ask(recorded, 1); got != nothing {
						t.Errorf("what is not seen is answered %s, what never was %s", got, nothing)
					}
					return
				}
				if may[operation][reader] {
					return
				}
				if got := ask(recorded, 1); !strings.Contains(got, `"FORBIDDEN"`) {
					t.Errorf("answered %s", got)
				}
			})
		}
	}
	s.t = t
	for id, document := range map[string]string{recorded: `{ event(id: "ID") { status revision description } }`, drafted: `{ event(id: "ID") { status description } }`} {
		got := s.raw(reporter, strings.ReplaceAll(document, "ID", id), nil)
		if strings.Contains(got, "ine") || strings.Contains(got, "WITHDRAWN") {
			t.Errorf("somebody changed it: %s", got)
		}
	}
}
