package graph_test

import (
	"strings"
	"testing"
)

// planted identify somebody in every way that the redaction engine knows of so
// far; each stands in every text field.
var planted = []string{"Pemberton", "943 476 5919", "edith.p@mail.example", "07700 900123", "CB2 0QQ", "Kapoor", "Okonkwo", "7781", "asha.k@mail.example"}

const everyIdentifier = "Mrs Edith Pemberton, NHS number 943 476 5919, edith.p@mail.example, 07700 900123, lives at CB2 0QQ. Written by Asha Kapoor. Dr Okonkwo came."

const everyText = `fragment All on Event {
	description reporterContact
	details { ... on IncidentDetails { immediateActions wentWell answers { element text } } }
	patients { clinicalOutcome }
	revisions { description }
}`

func TestNoIdentifierReachesAnybodyButItsReporter(t *testing.T) {
	s := newService(t)
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": everyIdentifier, "reporterContact": "bleep 7781 or asha.k@mail.example",
		"incident": map[string]any{"immediateActions": everyIdentifier, "wentWell": everyIdentifier},
		"patients": []any{map[string]any{"clinicalOutcome": everyIdentifier}},
		"answers":  []any{map[string]any{"element": "AdverseEventProblemPeople.ProblemDescriptionInvolvement", "text": everyIdentifier}},
	})
	documents := map[string]string{
		"event":  `query($id: ID!) { event(id: $id) { ...All } } ` + everyText,
		"events": `{ events { nodes { ...All } totalCount } } ` + everyText,
		"entity": `query($id: ID!) { _entities(representations: [{__typename: "Event", id: $id}]) { ... on Event { ...All } } } ` + everyText,
		"area":   `{ organisation(odsCode: "RGT") { events { nodes { ...All } edges { node { ...All } } } } } ` + everyText,
	}
	for name, document := range documents {
		t.Run(name+"/the text is there, anonymised", func(t *testing.T) {
			if answer := s.raw(organisational, document, variables(name, id)); strings.Count(answer, "[NHS NUMBER]") < 6 {
				t.Errorf("got %s", answer)
			}
		})
		for _, reader := range []string{colleague, organisational, admin, readOnlyICB, readOnlyRegion, elsewhere, adminElsewhere, lead, nobody} {
			t.Run(name+"/"+reader, func(t *testing.T) {
				answer := s.raw(reader, document, variables(name, id))
				for _, identifier := range planted {
					if strings.Contains(answer, identifier) {
						t.Errorf("%q leaks: %s", identifier, answer)
					}
				}
			})
		}
	}
	t.Run("its reporter reads what was typed", func(t *testing.T) {
		answer := s.raw(reporter, documents["event"], map[string]any{"id": id})
		if got := strings.Count(answer, everyIdentifier); got != 6 || !strings.Contains(answer, "bleep 7781") {
			t.Errorf("%d of 6 texts are as typed: %s", got, answer)
		}
	})
	t.Run("the log and the database's own columns", func(t *testing.T) {
		var columns string
		err := s.db.NewRaw(`SELECT concat((SELECT jsonb_agg(to_jsonb(e)) FROM event AS e WHERE e.reference = ?),
			(SELECT jsonb_agg(to_jsonb(r)) FROM event_revision AS r), (SELECT jsonb_agg(to_jsonb(a)) FROM audit_entry AS a))`, reference).
			Scan(t.Context(), &columns)
		if err != nil {
			t.Fatal(err)
		}
		for _, identifier := range planted {
			if strings.Contains(s.log.String(), identifier) {
				t.Errorf("%q is in the log", identifier)
			}
			if strings.Contains(columns, identifier) {
				t.Errorf("%q is in the database in clear", identifier)
			}
		}
	})
}

// variables are those of a document: lists take none.
func variables(name, id string) map[string]any {
	if name == "events" || name == "area" {
		return nil
	}
	return map[string]any{"id": id}
}

// Whatever is wrong with a request, its error repeats nothing of it.
func TestNoErrorRepeatsWhatWasTyped(t *testing.T) {
	s := newService(t)
	for name, document := range map[string]string{
		"a syntax error":        `{ events(filter: {kind: "Pemberton" `,
		"a wrong enum":          `{ events(filter: {kind: [Pemberton]}) { totalCount } }`,
		"a wrong scalar":        `{ organisation(odsCode: "Pemberton!") { id } }`,
		"a wrong date":          `{ events(filter: {occurredFrom: "Pemberton"}) { totalCount } }`,
		"a wrong number":        `{ events(first: "Pemberton") { totalCount } }`,
		"a wrong cursor":        `{ events(after: "Pemberton") { totalCount } }`,
		"a reference of nobody": `{ event(reference: "Pemberton") { id } }`,
		"an id of nothing":      `{ node(id: "Pemberton") { id } }`,
		"an unknown code":       `mutation { recordEvent(input: {event: {kind: INCIDENT, specialty: "Pemberton", organisation: "PEMBERTON"}}) { userErrors { message path } } }`,
		"an unknown type":       `{ _entities(representations: [{__typename: "Pemberton", id: "Pemberton"}]) { __typename } }`,
	} {
		t.Run(name, func(t *testing.T) {
			answer := s.raw(reporter, document, nil)
			if strings.Contains(strings.ToLower(answer), "pemberton") {
				t.Errorf("the answer repeats it: %s", answer)
			}
		})
	}
	if strings.Contains(strings.ToLower(s.log.String()), "pemberton") {
		t.Errorf("the log repeats it: %s", s.log)
	}
}
