package graph_test

import (
	"encoding/json"
	"slices"
	"testing"
)

const everyClass = `query($id: ID!) { event(id: $id) { id recordedAt updatedAt description reporterContact safetyChallenges physicalHarm serviceArea
	reporter { id name jobRole } details { ... on IncidentDetails { immediateActions } } patients { age { value } ageBracket { code } }
	revisions { by { id name jobRole } } withdrawal { reason }
	reviews { id status startedAt completedAt reviewer { name } outcome notes }
	investigations { id status openedAt targetDate closedAt lead { odsCode } findings learning }
	neverEvent { type { code } declaredAt declaredBy { name } } dutyOfCandour { applies notifiedInPersonOn writtenNotificationOn notes }
	requirements { code title state response { by { name } reference notes } } } }`

// event answers an event as a reader sees it, once; nil where it does not exist.
func (w *world) event(of, reader string) map[string]any {
	w.t.Helper()
	key := of + " " + reader
	if found, ok := w.seen[key]; ok {
		return found
	}
	id := w.own[reader]
	if of != "own" {
		id = w.id("event", of)
	}
	answer := w.ask(reader, everyClass, map[string]any{"id": id})
	if answer["errors"] != nil {
		w.t.Fatalf("answered %v", answer)
	}
	found, _ := at(answer, "data", "event").(map[string]any)
	w.seen[key] = found
	return found
}

// ofEvent looks at a class of fields of an event that the reader sees.
func ofEvent(look func(w *world, event map[string]any, reader string) string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		found := w.event(of, reader)
		if found == nil {
			return "-"
		}
		return look(w, found, reader)
	}
}

func structured(_ *world, event map[string]any, _ string) string {
	return shown("yes", event["safetyChallenges"], event["physicalHarm"], event["serviceArea"])
}

// words tell how a text is read.
func words(text any) string {
	switch text {
	case nil:
		return "null"
	case saidToHappen, doneAtOnce, toReach:
		return "typed"
	case "Mrs [NAME 1] died.", "Mr [NAME 2] was told.", "Mr [NAME 1] was told.", "Mrs [NAME 3] died.":
		return "anon"
	}
	return "other words"
}

// alike is how all of some texts are read.
func alike(texts ...any) string {
	how := words(texts[0])
	for _, text := range texts[1:] {
		if words(text) != how {
			return "this and that"
		}
	}
	return how
}

func freeText(_ *world, event map[string]any, _ string) string {
	texts := []any{event["description"], at(event, "details", "immediateActions")}
	return alike(texts...)
}

// who tells a reader's own name from another's.
func (w *world) who(account any, reader string) string {
	if account == nil {
		return "null"
	}
	if at(account, "name") == "" || at(account, "jobRole") != "Midwife" {
		return "somebody without name or role"
	}
	if !systems[reader] && at(account, "id") == graphID("account", w.accountOf(reader)) {
		return "self"
	}
	return "name"
}

func age(_ *world, event map[string]any, _ string) string {
	patient := first(event["patients"])
	switch {
	case at(patient, "age", "value") == 31.0:
		return "exact"
	case at(patient, "ageBracket", "code") != nil:
		return "bracket"
	}
	return "null"
}

// foundByName tells whether what was typed finds an event, for its reporter too.
func foundByName(w *world, _, reader string) string {
	total := at(w.ask(reader, `{ events(filter: {search: "Pemberton"}) { totalCount } }`, nil), "data", "events", "totalCount")
	if total == 0.0 {
		return "no"
	}
	return "yes"
}

// ofGovernance looks at what organisations did about an event: status is what
// everybody sees of it, detail and texts what some do.
func ofGovernance(field string, status, detail []string, texts ...string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		event := w.event(governedAs(of), reader)
		if event == nil {
			return "-"
		}
		item := w.governance(event, field, of)
		if got := shown("yes", fields(item, status)...); got != "yes" {
			return "not even its status: " + got
		}
		if response, ok := item["response"].(map[string]any); ok {
			item = response
		}
		how := alike(fields(item, texts)...)
		details := shown("yes", fields(item, detail)...)
		if len(detail) > 0 && (details == "yes") != (how != "null") {
			return "words " + how + ", but details " + details
		}
		if how == "null" {
			return "status"
		}
		return how
	}
}

// governedAs is the event that organisations did something about.
func governedAs(of string) string {
	if of == "of what was sent" {
		return "sent"
	}
	return "shared"
}

// governance finds what an organisation did in an event's answer.
func (w *world) governance(event map[string]any, field, of string) map[string]any {
	w.t.Helper()
	list, ok := event[field].([]any)
	if !ok {
		found, _ := event[field].(map[string]any)
		return found
	}
	wanted := []any{w.ids["review "+of], w.ids["investigation "+of], "MNSI_REFERRAL"}
	for _, item := range list {
		if slices.Contains(wanted, at(item, "id")) || slices.Contains(wanted, at(item, "code")) {
			return item.(map[string]any)
		}
	}
	w.t.Fatalf("%s has none %s", field, of)
	return nil
}

func fields(of map[string]any, names []string) (values []any) {
	for _, name := range names {
		values = append(values, of[name])
	}
	return values
}

// neverEvent is a declaration without words: who made it is all there is to hide.
func neverEvent(w *world, of, reader string) string {
	event := w.event(governedAs(of), reader)
	switch declared := at(event, "neverEvent"); {
	case event == nil:
		return "-"
	case at(declared, "type", "code") == nil || at(declared, "declaredAt") == nil:
		return "not even its status"
	case at(declared, "declaredBy", "name") == nil:
		return "status"
	}
	return "name"
}

// errorCode is the kind of the first error of an answer; empty for none.
func errorCode(t *testing.T, body string) string {
	t.Helper()
	var answer map[string]any
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("answered %s", body)
	}
	return code(t, answer)
}
