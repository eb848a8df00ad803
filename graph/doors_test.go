package graph_test

import (
	"strings"
	"testing"
)

// doors are all ways to an event. ID and REFERENCE stand for what names it.
var doors = map[string]string{
	"event by id":           `{ event(id: "ID") { id description } }`,
	"event by reference":    `{ event(reference: "REFERENCE") { id description } }`,
	"node":                  `{ node(id: "ID") { id ... on Event { description } } }`,
	"nodes":                 `{ nodes(ids: ["ID", "ID"]) { id ... on Event { description } } }`,
	"entity by id":          `{ _entities(representations: [{__typename: "Event", id: "ID"}]) { ... on Event { id description } } }`,
	"entity by reference":   `{ _entities(representations: [{__typename: "Event", reference: "REFERENCE"}]) { ... on Event { id description } } }`,
	"events":                `{ events { nodes { id } edges { cursor } totalCount pageInfo { hasNextPage startCursor } } }`,
	"events, filtered":      `{ events(filter: {organisation: ["RGT"], kind: [INCIDENT], physicalHarm: [LOW]}) { nodes { id } totalCount } }`,
	"events, searched":      `{ events(filter: {search: "fall"}, orderBy: {field: RELEVANCE}) { edges { highlight node { id } } totalCount } }`,
	"events, by harm":       `{ events(orderBy: {field: PHYSICAL_HARM}) { nodes { id } totalCount } }`,
	"events, last":          `{ events(last: 5, orderBy: {field: OCCURRED_ON, direction: ASC}) { nodes { id } totalCount } }`,
	"organisation's events": `{ organisation(odsCode: "RGT") { events { nodes { id } totalCount } } }`,
	"site's events":         `{ organisation(odsCode: "RGT01") { events { nodes { id } totalCount } } }`,
	"ICB's events":          `{ icb(odsCode: "QUE") { events { nodes { id } totalCount } organisations { nodes { events { totalCount } } } } }`,
	"region's events":       `{ region(odsCode: "Y61") { events { nodes { id } totalCount } icbs { events { totalCount } } } }`,
	"viewer's events":       `{ viewer { events { nodes { id } totalCount } } }`,
}

// through answers a door's document for one event.
func through(document, id, reference string) string {
	return strings.NewReplacer("ID\"", id+"\"", "REFERENCE", reference).Replace(document)
}

// A reader who may not see an event gets, through every door, exactly what an
// event that never was gives. The answers from before it was recorded are the
// measure for lists; an id and a reference of nothing for the rest.
func TestAHiddenEventIsAnsweredLikeOneThatNeverWas(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const noID, noReference = "event_0123456789abcdef0123456789abcdef", "22222-22222"
	hidden := []string{colleague, elsewhere, adminElsewhere, nobody}
	before := map[string]string{}
	for name, document := range doors {
		for _, reader := range hidden {
			before[name+reader] = s.raw(reader, through(document, noID, noReference), nil)
		}
	}
	id, reference := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "A fall.", "occurredAtOrganisations": []string{"RGT01"},
		"patients": []any{map[string]any{"physicalHarm": "LOW"}},
	})
	for name, document := range doors {
		for _, reader := range hidden {
			t.Run(name+"/"+reader, func(t *testing.T) {
				got := s.raw(reader, through(document, id, reference), nil)
				if got != before[name+reader] {
					t.Errorf("got  %s\nwant %s", got, before[name+reader])
				}
			})
		}
		t.Run(name+"/"+reporter, func(t *testing.T) {
			if got := s.raw(reporter, through(document, id, reference), nil); !strings.Contains(got, id) {
				t.Errorf("the door is shut to its reporter: %s", got)
			}
		})
	}
}

// What each reader sees of one event, as the access policy has it.
func TestEachReaderSeesAnEventAsPolicyHasIt(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, _ := s.record(reporter, map[string]any{
		"kind": "INCIDENT", "description": "Mrs Edith Pemberton fell.", "reporterContact": "ext 2231",
		"patients": []any{map[string]any{"age": map[string]any{"value": 84, "unit": "YEARS"}}},
	})
	const document = `query($id: ID!) { event(id: $id) { textView description reporter { name email } reporterContact patients { age { value } ageBracket { code } } revisions { by { name } description } } }`
	const (
		typed      = `Mrs Edith Pemberton fell.`
		anonymised = `Mrs [NAME 1] fell.`
	)
	for reader, want := range map[string]string{
		reporter:       `{"data":{"event":{"textView":"ORIGINAL","description":"` + typed + `","reporter":{"name":"Asha Kapoor","email":"reporter@staff.example"},"reporterContact":"ext 2231","patients":[{"age":{"value":84},"ageBracket":{"code":"11"}}],"revisions":[{"by":{"name":"Asha Kapoor"},"description":"` + typed + `"}]}}}`,
		organisational: `{"data":{"event":{"textView":"ANONYMISED","description":"` + anonymised + `","reporter":{"name":"Asha Kapoor","email":null},"reporterContact":null,"patients":[{"age":{"value":84},"ageBracket":{"code":"11"}}],"revisions":[{"by":{"name":"Asha Kapoor"},"description":"` + anonymised + `"}]}}}`,
		admin:          `{"data":{"event":{"textView":"ANONYMISED","description":"` + anonymised + `","reporter":{"name":"Asha Kapoor","email":"reporter@staff.example"},"reporterContact":null,"patients":[{"age":{"value":84},"ageBracket":{"code":"11"}}],"revisions":[{"by":{"name":"Asha Kapoor"},"description":"` + anonymised + `"}]}}}`,
		readOnlyICB:    `{"data":{"event":{"textView":"ANONYMISED","description":"` + anonymised + `","reporter":null,"reporterContact":null,"patients":[{"age":null,"ageBracket":{"code":"11"}}],"revisions":[{"by":null,"description":"` + anonymised + `"}]}}}`,
		readOnlyRegion: `{"data":{"event":{"textView":"ANONYMISED","description":"` + anonymised + `","reporter":null,"reporterContact":null,"patients":[{"age":null,"ageBracket":{"code":"11"}}],"revisions":[{"by":null,"description":"` + anonymised + `"}]}}}`,
		lead:           `{"data":{"event":{"textView":"ANONYMISED","description":"` + anonymised + `","reporter":null,"reporterContact":null,"patients":[{"age":null,"ageBracket":{"code":"11"}}],"revisions":[{"by":null,"description":"` + anonymised + `"}]}}}`,
		colleague:      `{"data":{"event":null}}`,
		elsewhere:      `{"data":{"event":null}}`,
		adminElsewhere: `{"data":{"event":null}}`,
		nobody:         `{"data":{"event":null}}`,
	} {
		t.Run(reader, func(t *testing.T) {
			if got := strings.TrimSpace(s.raw(reader, document, map[string]any{"id": id})); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
