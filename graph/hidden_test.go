package graph_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// doorsAndHints are all ways to an event, and what could tell of one without
// showing it: its history, people, drafts, what is done to it.
func doorsAndHints() map[string]string {
	all := maps.Clone(doors)
	maps.Copy(all, map[string]string{
		"viewer's drafts":    `{ viewer { drafts { nodes { id } edges { cursor } totalCount pageInfo { hasNextPage } } } }`,
		"events of a status": `{ events(filter: {status: [DRAFT, SUBMITTED, WITHDRAWN]}) { nodes { id } totalCount } }`,
		"drafts as events":   `{ viewer { events(filter: {status: [DRAFT]}) { nodes { id } totalCount } } }`,
		"history":            `{ event(id: "ID") { revisions { at by { name } changed description } withdrawal { at reason } problems { path } } }`,
		"what is like it":    `{ event(id: "ID") { similar { score event { id } } } events { nodes { similar { score event { id } } } } }`,
		"updating":           `mutation { updateEvent(input: {id: "ID", revision: 1, event: {description: "Known?"}}) { event { id } userErrors { code message } } }`,
		"updating, stale":    `mutation { updateEvent(input: {id: "ID", revision: 7, event: {}}) { event { id } userErrors { code message } } }`,
		"withdrawing":        `mutation { withdrawEvent(input: {id: "ID", revision: 1, reason: ""}) { event { id } userErrors { code message } } }`,
		"marking":            `mutation { redactFurther(input: {eventId: "ID", revision: 1, field: "description", text: "fall"}) { event { id } userErrors { code message } } }`,
		"marking, stale":     `mutation { redactFurther(input: {eventId: "ID", revision: 7, field: "description", text: "fall"}) { event { id } userErrors { code message } } }`,
		"saving over":        `mutation { saveDraft(input: {id: "ID", event: {kind: RISK}}) { event { id } userErrors { code message } } }`,
		"saving over, stale": `mutation { saveDraft(input: {id: "ID", updatedAt: "2020-01-01T00:00:00Z", event: {kind: RISK}}) { event { id } userErrors { code message } } }`,
		"submitting":         `mutation { submitDraft(input: {id: "ID"}) { event { id } userErrors { code message } } }`,
		"deleting":           `mutation { deleteDraft(input: {id: "ID"}) { deletedId userErrors { code message } } }`,
	})
	return all
}

// hides compares, through every door and for each reader, what an event is
// answered with and what is answered as long as there is none.
func (s *service) hides(make func() (id, reference string), from []string) {
	s.t.Helper()
	const noID, noReference = "event_0123456789abcdef0123456789abcdef", "22222-22222"
	before := map[string]string{}
	for name, document := range doorsAndHints() {
		for _, reader := range from {
			before[name+reader] = s.raw(reader, through(document, noID, noReference), nil)
		}
	}
	id, reference := make()
	for name, document := range doorsAndHints() {
		for _, reader := range from {
			if got := s.raw(reader, through(document, id, reference), nil); got != before[name+reader] {
				s.t.Errorf("%s, %s:\ngot  %s\nwant %s", reader, name, got, before[name+reader])
			}
		}
	}
}

func everybodyBut(these ...string) (others []string) {
	for _, reader := range readers {
		if !slices.Contains(these, reader) {
			others = append(others, reader)
		}
	}
	return others
}

func everywhere(description string) map[string]any {
	return map[string]any{
		"kind": "INCIDENT", "description": description, "organisation": "RGT", "occurredAtOrganisations": []string{"RGT01", "RR8"},
		"patients": []any{map[string]any{"physicalHarm": "LOW"}},
	}
}

func TestADraftIsSeenByItsAuthorAlone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.hides(func() (string, string) { return s.draft(reporter, everywhere("A fall.")) }, everybodyBut(reporter))
	t.Run("one of an admin's by its reporter neither", func(t *testing.T) {
		s.t = t
		s.hides(func() (string, string) { return s.draft(admin, everywhere("A fall.")) }, everybodyBut(admin, reporter))
	})
}

// A draft is not a submitted event of its author either.
func TestADraftIsNoEventOfItsAuthors(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.draft(organisational, everywhere("A fall."))
	for name, document := range doors {
		if !strings.Contains(document, "events") {
			continue
		}
		if got := s.raw(organisational, document, nil); strings.Contains(got, id) || strings.Contains(got, `"totalCount":1`) {
			t.Errorf("%s answers %s", name, got)
		}
	}
}

func TestAWithdrawnEventIsHiddenFromThoseItWasHiddenFrom(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.hides(func() (string, string) {
		id, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall."})
		s.ok(s.withdrawn(reporter, id, 1, "A mistake."), "withdrawEvent")
		return id, reference
	}, []string{colleague, elsewhere, adminElsewhere, nobody})
}

func TestAnAnonymousEventIsHiddenFromWhoeverRecordedIt(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.hides(func() (string, string) {
		answer := s.ask(nobody, `mutation { recordEventAnonymously(input: {event: {kind: INCIDENT, description: "A fall.", organisation: "RGT"}}) { receipt { reference } userErrors { message } } }`, nil)
		reference := dig[string](t, answer, "data", "recordEventAnonymously", "receipt", "reference")
		found := s.ask(admin, `query($r: String!) { event(reference: $r) { id } }`, map[string]any{"r": reference})
		return dig[string](t, found, "data", "event", "id"), reference
	}, []string{nobody, reporter, colleague, elsewhere, adminElsewhere})
}

// wholeEvent asks everything of an event.
const wholeEvent = `query($id: ID!) { event(id: $id) { id reference kind status source taxonomyVersion revision occurredOn occurredAt recordedAt updatedAt
	organisation { odsCode } occurredAtOrganisations { odsCode } serviceArea specialty { code } description textView
	details { ... on IncidentDetails { immediateActions wentWell process { code } answers { text } } }
	patients { sequence clinicalOutcome age { value } } physicalHarm psychologicalHarm levelOfConcern involvedAgents safetyChallenges
	reporter { name } reporterContact revisions { revision at by { name } changed description } withdrawal { at reason } problems { path } } }`

// What remains of a withdrawn event is that it was there, for each who could see
// it. Why is as typed for whoever typed it alone.
func TestATombstoneShowsThatItWasThere(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "occurredOn": "2026-10-02", "occurredAt": "14:30",
		"occurredAtOrganisations": []string{"RR8"}, "serviceArea": []string{"ACUTE"}, "specialty": "44", "levelOfConcern": "VERY",
		"involvedAgents": []string{"DEVICE"}, "safetyChallenges": []string{"FALL"}, "reporterContact": "ext 2231",
		"incident": map[string]any{"immediateActions": "Dr Okonkwo came.", "process": "7"},
		"patients": []any{map[string]any{"physicalHarm": "SEVERE", "clinicalOutcome": "Better."}},
	})
	s.ok(s.update(reporter, id, 1, map[string]any{"description": "Mrs Edith Pemberton slipped."}), "updateEvent")
	answer := s.ok(s.withdrawn(admin, id, 2, "Edith Pemberton was never here."), "withdrawEvent")
	if answer["status"] != "WITHDRAWN" || answer["revision"] != 2.0 || answer["textView"] != "HIDDEN" {
		t.Errorf("answered %v", answer)
	}
	tail := `"organisation":null,"occurredAtOrganisations":[],"serviceArea":[],"specialty":null,"description":null,"textView":"HIDDEN",` +
		`"details":null,"patients":[],"physicalHarm":null,"psychologicalHarm":null,"levelOfConcern":null,"involvedAgents":[],"safetyChallenges":[],` +
		`"reporter":null,"reporterContact":null,"revisions":[{"revision":2,"at":"TIME","by":null,"changed":[],"description":null},{"revision":1,"at":"TIME","by":null,"changed":[],"description":null}],`
	for reader, reason := range map[string]string{
		reporter: "[NAME 1] was never here.", admin: "Edith Pemberton was never here.", organisational: "[NAME 1] was never here.",
		readOnlyICB: "[NAME 1] was never here.", readOnlyRegion: "[NAME 1] was never here.", elsewhere: "[NAME 1] was never here.",
		adminElsewhere: "[NAME 1] was never here.", lead: "[NAME 1] was never here.",
	} {
		got := changing[2].form.ReplaceAllString(s.raw(reader, wholeEvent, map[string]any{"id": id}), `"TIME"`)
		want := `{"data":{"event":{"id":"` + id + `","reference":"` + reference + `","kind":"INCIDENT","status":"WITHDRAWN","source":"ONLINE","taxonomyVersion":5,"revision":2,` +
			`"occurredOn":null,"occurredAt":null,"recordedAt":"TIME","updatedAt":"TIME",` + tail +
			`"withdrawal":{"at":"TIME","reason":"` + reason + `"},"problems":[]}}}`
		if strings.TrimSpace(got) != want {
			t.Errorf("%s\ngot  %s\nwant %s", reader, got, want)
		}
	}
	t.Run("and no filter or order tells what it said", func(t *testing.T) {
		for _, filter := range []string{
			`physicalHarm: [SEVERE]`, `serviceArea: [ACUTE]`, `specialty: ["44"]`, `involvedAgents: [DEVICE]`, `safetyChallenges: [FALL]`,
			`occurredFrom: "2026-01-01"`, `occurredTo: "2026-12-31"`,
		} {
			if got := strings.TrimSpace(s.raw(lead, `{ events(filter: {`+filter+`}) { totalCount nodes { id } } }`, nil)); got != `{"data":{"events":{"totalCount":0,"nodes":[]}}}` {
				t.Errorf("%s answers %s", filter, got)
			}
		}
	})
	t.Run("and lists keep it", func(t *testing.T) {
		for _, document := range []string{`{ events { nodes { id status } } }`, `{ events(filter: {status: [WITHDRAWN]}) { nodes { id status } } }`, `{ organisation(odsCode: "RGT") { events { nodes { id status } } } }`} {
			if got := s.raw(lead, document, nil); !strings.Contains(got, `{"id":"`+id+`","status":"WITHDRAWN"}`) {
				t.Errorf("%s answers %s", document, got)
			}
		}
	})
	t.Run("and its history is kept, out of reach", func(t *testing.T) {
		var kept struct{ Snapshots, Originals, Patients int }
		err := s.db.NewRaw(`SELECT (SELECT count(*) FROM event_revision WHERE answers->>'Specialty' = '44') AS snapshots,
			(SELECT count(*) FROM event_original) AS originals, (SELECT count(*) FROM event_patient) AS patients`).Scan(t.Context(), &kept)
		if err != nil || kept.Snapshots != 2 || kept.Originals != 2 || kept.Patients != 0 {
			t.Errorf("kept %+v, %v", kept, err)
		}
		for _, typed := range []string{"Pemberton", "Okonkwo", "ext 2231"} {
			if found := s.finds(typed); len(found) > 0 {
				t.Errorf("%s stands in %v", typed, found)
			}
		}
	})
}

// Nobody can be asked about an anonymous event: a national lead may take it
// back, as an admin of its organisation may, and nobody else.
func TestWhoWithdrawsAnAnonymousEvent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for by, want := range map[string]string{lead: "", admin: "", organisational: "FORBIDDEN", readOnlyICB: "FORBIDDEN", reporter: "NOT_FOUND", nobody: "UNAUTHENTICATED"} {
		answer := s.ask(nobody, `mutation { recordEventAnonymously(input: {event: {kind: INCIDENT, description: "A fall.", organisation: "RGT"}}) { receipt { reference } } }`, nil)
		found := s.ask(admin, `query($r: String!) { event(reference: $r) { id } }`, map[string]any{"r": dig[string](t, answer, "data", "recordEventAnonymously", "receipt", "reference")})
		id := dig[string](t, found, "data", "event", "id")
		if got := code(t, s.withdrawn(by, id, 1, "Spam.")); got != want {
			t.Errorf("%s is answered %q, not %q", by, got, want)
		}
	}
}

func TestAReasonIsNeeded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, aFall())
	for reason, want := range map[string]string{" \n": "REQUIRED [reason]", strings.Repeat("x", 20_001): "TOO_LONG [reason]", "a\x00b": "INVALID [reason]"} {
		if got := problems(t, s.withdrawn(reporter, id, 1, reason), "withdrawEvent"); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if got := problems(t, s.withdrawn(reporter, id, 2, "Mine."), "withdrawEvent"); !slices.Equal(got, []string{"STALE_REVISION [revision]"}) {
		t.Errorf("got %v", got)
	}
}
