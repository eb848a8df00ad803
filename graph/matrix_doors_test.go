package graph_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// lists are the doors behind which events are listed and counted: each is asked
// for ids and totals, and nothing else.
var lists = map[string]string{
	"events":                `{ events(EVERY) { nodes { id } totalCount } }`,
	"events, of a status":   `{ events(EVERY, filter: {status: [DRAFT, SUBMITTED, UNDER_REVIEW, REVIEWED]}) { nodes { id } totalCount } }`,
	"events, filtered":      `{ events(EVERY, filter: {organisation: ["RGT"], kind: [INCIDENT], physicalHarm: [FATAL]}) { nodes { id } totalCount } }`,
	"events, of a region":   `{ events(EVERY, filter: {region: ["Y61"]}) { nodes { id } totalCount } }`,
	"events, searched":      `{ events(EVERY, filter: {search: "died"}, orderBy: {field: RELEVANCE}) { nodes { id } totalCount } }`,
	"events, by harm":       `{ events(EVERY, orderBy: {field: PHYSICAL_HARM}) { nodes { id } totalCount } }`,
	"events, last":          `{ events(last: 100, orderBy: {field: OCCURRED_ON, direction: ASC}) { edges { node { id } } totalCount } }`,
	"organisation's events": `{ organisation(odsCode: "RGT") { events(EVERY) { nodes { id } totalCount } } }`,
	"site's events":         `{ organisation(odsCode: "RGT01") { events(EVERY) { nodes { id } totalCount } } }`,
	"another's events":      `{ organisation(odsCode: "RR8") { events(EVERY) { nodes { id } totalCount } } }`,
	"ICB's events":          `{ icb(odsCode: "QUE") { events(EVERY) { nodes { id } totalCount } organisations { nodes { events(EVERY) { nodes { id } totalCount } } } } }`,
	"abolished ICB's":       `{ icb(odsCode: "QWO") { events(EVERY) { nodes { id } totalCount } successor { events(EVERY) { nodes { id } totalCount } } } }`,
	"region's events":       `{ region(odsCode: "Y61") { events(EVERY) { nodes { id } totalCount } icbs { events(EVERY) { nodes { id } totalCount } } } }`,
}

var (
	eventIDs = regexp.MustCompile(`event_[0-9a-f]{32}`)
	totals   = regexp.MustCompile(`"totalCount":([0-9]+)`)
)

// behind answers the ids in a list, and how many its totals say there are.
func (w *world) behind(reader, list string) (ids []string, total int) {
	w.t.Helper()
	body := w.raw(reader, strings.ReplaceAll(list, "EVERY", "first: 100"), nil)
	counts := totals.FindAllStringSubmatch(body, -1)
	if len(counts) == 0 || strings.Contains(body, `"errors"`) {
		w.t.Fatalf("answered %s", body)
	}
	for _, count := range counts {
		total += must[int](w.t)(strconv.Atoi(count[1]))
	}
	return eventIDs.FindAllString(body, -1), total
}

// doors looks for whatever the matrix denies behind every other door.
func (w *world) doors(t *testing.T, readers []string, rows []cells) {
	w.t = t
	covered := map[string][]string{}
	for name, list := range lists {
		covered[name], _ = w.behind(lead, list) // who sees every submitted event
	}
	for i, reader := range readers {
		t.Run("doors/"+reader, func(t *testing.T) {
			w.t = t
			seen := map[string]bool{w.own[reader]: true}
			for _, row := range rows {
				if row.what == "event" {
					seen[w.ids["event "+row.of]] = row.outcomes[i] == "yes"
				}
			}
			for name, list := range lists {
				want := slices.DeleteFunc(slices.Clone(covered[name]), func(id string) bool { return reader != lead && !seen[id] })
				got, total := w.behind(reader, list)
				if slices.Sort(got); !slices.Equal(got, sorted(want)) || total != len(want) {
					t.Errorf("%s has %d and says that it has %d, not %d: %v, not %v", name, len(got), total, len(want), got, want)
				}
			}
			w.lookedUp(reader, i, rows)
			w.hints(reader, i, rows)
		})
	}
}

func sorted(ids []string) []string {
	slices.Sort(ids)
	return ids
}

// lookedUp asks by every name for each event and whatever else there is: what
// the matrix denies is null, and what it grants is there.
func (w *world) lookedUp(reader string, column int, rows []cells) {
	w.t.Helper()
	types := map[string]string{"event": "Event", "request": "AccessRequest", "account": "Account", "grant": "", "notification": ""}
	for _, row := range rows {
		kind, _, _ := strings.Cut(row.what, ",")
		typename, ok := types[kind]
		if !ok || row.of == "own" && kind == "event" {
			continue
		}
		id := w.id(kind, row.of)
		document := fmt.Sprintf(`node(id: %[1]q) { id } nodes(ids: [%[1]q]) { id }`, id)
		want := `"node":null,"nodes":[null]`
		if typename != "" {
			document += fmt.Sprintf(` _entities(representations: [{__typename: %[1]q, id: %[2]q}]) { ... on %[3]s { id } }`, typename, id, typename)
			want += `,"_entities":[null]`
		}
		if kind == "event" {
			document += fmt.Sprintf(` reference: event(reference: %[1]q) { id } entity: _entities(representations: [{__typename: "Event", reference: %[1]q}]) { ... on Event { id } }`, w.references[row.of])
			want += `,"reference":null,"entity":[null]`
		}
		if row.outcomes[column] != "-" {
			want = strings.ReplaceAll(want, "null", `{"id":"`+id+`"}`)
		}
		if got := strings.TrimSpace(w.raw(reader, "{ "+document+" }", nil)); got != `{"data":{`+want+`}}` {
			w.t.Errorf("%s %s is answered %s, not %s", row.what, row.of, got, want)
		}
	}
}

// every list of people, grants, requests and what one was told.
const everyList = `{ viewer { grants { id } drafts { nodes { id } } accessRequests(first: 100) { nodes { id } } notifications(first: 100) { nodes { id subject { id } } } }
	accessRequests(first: 100, filter: {status: [PENDING, APPROVED, REJECTED, CANCELLED]}) { nodes { id requester { id } } } registrations { nodes { id } }
	trust: organisation(odsCode: "RGT") { ...members sites { ...members } } other: organisation(odsCode: "RR8") { ...members }
	icb(odsCode: "QUE") { ...members } region(odsCode: "Y61") { ...members icbs { ...members } } }
	fragment members on Area { members(first: 100) { nodes { id account { id } grantedBy { id } } } }`

// hints looks for what the matrix denies in every list that is not of events.
func (w *world) hints(reader string, column int, rows []cells) {
	w.t.Helper()
	body := w.raw(reader, everyList, nil)
	if strings.Contains(body, `"errors"`) {
		w.t.Errorf("answered %s", body)
	}
	for _, row := range rows {
		kind, _, _ := strings.Cut(row.what, ",")
		id, there := w.ids[kind+" "+row.of]
		if there && row.outcomes[column] == "-" && strings.Contains(body, id) && !strings.Contains(kind, " ") {
			w.t.Errorf("%s %s stands in %s", row.what, row.of, body)
		}
	}
}
