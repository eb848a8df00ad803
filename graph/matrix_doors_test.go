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
			if want := slices.DeleteFunc(slices.Clone(covered["events"]), func(id string) bool { return reader != lead && !seen[id] }); reader != nobody {
				var got []string
				for _, row := range w.exported(reader, nil, "id")[1:] {
					got = append(got, row[0])
				}
				if slices.Sort(got); !slices.Equal(got, sorted(want)) {
					t.Errorf("a CSV has %v, not %v", got, want)
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

// lookedUp asks by every name for each event and whatever else there is, all at
// once: what the matrix denies is null, and what it grants is there.
func (w *world) lookedUp(reader string, column int, rows []cells) {
	w.t.Helper()
	types := map[string]string{"event": "Event", "request": "AccessRequest", "account": "Account", "grant": "", "notification": ""}
	var document, want []string
	for i, row := range rows {
		kind, _, _ := strings.Cut(row.what, ",")
		typename, ok := types[kind]
		if !ok || row.of == "own" && kind == "event" {
			continue
		}
		id, found := w.id(kind, row.of), "null"
		if row.outcomes[column] != "-" {
			found = `{"id":"` + id + `"}`
		}
		document = append(document, fmt.Sprintf(`node%[1]d: node(id: %[2]q) { id } nodes%[1]d: nodes(ids: [%[2]q]) { id }`, i, id))
		want = append(want, fmt.Sprintf(`"node%[1]d":%[2]s,"nodes%[1]d":[%[2]s]`, i, found))
		if typename != "" {
			document = append(document, fmt.Sprintf(`entity%[1]d: _entities(representations: [{__typename: %[2]q, id: %[3]q}]) { ... on %[4]s { id } }`, i, typename, id, typename))
			want = append(want, fmt.Sprintf(`"entity%d":[%s]`, i, found))
		}
		if kind == "event" {
			document = append(document, fmt.Sprintf(`event%[1]d: event(reference: %[2]q) { id } byReference%[1]d: _entities(representations: [{__typename: "Event", reference: %[2]q}]) { ... on Event { id } }`, i, w.references[row.of]))
			want = append(want, fmt.Sprintf(`"event%[1]d":%[2]s,"byReference%[1]d":[%[2]s]`, i, found))
		}
	}
	got := w.raw(reader, "{ "+strings.Join(document, " ")+" }", nil)
	for _, one := range want {
		if !strings.Contains(got, one) {
			w.t.Errorf("answered is not %s", one)
		}
	}
	if strings.TrimSpace(got) != `{"data":{`+strings.Join(want, ",")+`}}` {
		w.t.Errorf("answered %s", got)
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
