package graph_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"lfpse/db"
)

// A hidden event costs the very statements that one costs that never was: how
// long an answer takes does not tell of it.
func TestAHiddenEventCostsWhatOneCostsThatNeverWas(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, everywhere("A fall."))
	draft, draftReference := s.draft(reporter, everywhere("A fall."))
	cost := func(reader, document string) []string {
		ctx, counter := db.CountStatements(t.Context())
		s.counted = ctx
		defer func() { s.counted = nil }()
		s.raw(reader, document, nil)
		shapes := counter.Shapes()
		slices.Sort(shapes) // fields of one level run side by side
		return shapes
	}
	for name, document := range doorsAndHints() {
		for _, reader := range []string{nobody, colleague} {
			never := cost(reader, through(document, "event_0123456789abcdef0123456789abcdef", "22222-22222"))
			for what, got := range map[string][]string{"an event": cost(reader, through(document, id, reference)), "a draft": cost(reader, through(document, draft, draftReference))} {
				if !slices.Equal(got, never) {
					t.Errorf("%s, %s: %s costs\n%s\nand nothing costs\n%s", reader, name, what, strings.Join(got, "\n"), strings.Join(never, "\n"))
				}
			}
		}
	}
}

// A cursor places its holder among what they see, whatever is made of it.
func TestACraftedCursorShowsNothing(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2026-10-02", "patients": []any{map[string]any{"physicalHarm": "FATAL"}}})
	const id = `"id":"00000000-0000-0000-0000-000000000000"`
	for _, order := range []string{"RECORDED_AT", "OCCURRED_ON", "UPDATED_AT", "PHYSICAL_HARM", "RELEVANCE"} {
		for _, position := range []string{`"v":null,`, `"v":"0000-01-01T00:00:00Z",`, `"v":"0001-01-01T00:00:00+14:00",`, `"v":"9999-12-31T23:59:59Z",`, `"r":1e308,"v":null,`, `"r":-1,"v":"2026-01-01T00:00:00Z",`, `"v":"Pemberton",`} {
			cursor := base64.RawURLEncoding.EncodeToString([]byte(`{"f":"` + order + `",` + position + id + `}`))
			for _, by := range []string{"first: 5, after", "last: 5, before"} {
				for _, reader := range []string{nobody, colleague, elsewhere} {
					answer := s.raw(reader, `query($c: String) { events(filter: {search: "fall"}, orderBy: {field: `+order+`}, `+by+`: $c) { edges { cursor highlight } nodes { id } totalCount } }`, map[string]any{"c": cursor})
					if strings.TrimSpace(answer) != `{"data":{"events":{"edges":[],"nodes":[],"totalCount":0}}}` && !strings.Contains(answer, `"BAD_USER_INPUT"`) || strings.Contains(answer, "Pemberton") {
						t.Errorf("%s, %s%s by %s: %s", reader, order, position, by, answer)
					}
				}
			}
		}
	}
	if s.log.String() != "" {
		t.Errorf("it is logged: %s", s.log)
	}
}

// There are no years before the first, and asking for one is the caller's fault.
func TestAYearThatNeverWas(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, filter := range []string{`occurredFrom: "0000-01-01"`, `occurredTo: "0000-12-31"`, `recordedFrom: "0000-01-01T00:00:00Z"`, `recordedTo: "0001-01-01T00:00:00+14:00"`} {
		if answer := s.raw(lead, `{ events(filter: {`+filter+`}) { totalCount } }`, nil); !strings.Contains(answer, `"BAD_USER_INPUT"`) {
			t.Errorf("%s is answered %s", filter, answer)
		}
	}
}

// Nothing that the graph answers is kept by a browser or a proxy, by whatever
// method it was asked and whether or not it is an error.
func TestAnswersAreNotStored(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, address := range map[string]string{"a query": "?query=" + url.QueryEscape("{ viewer { account { name } } }"), "an error": "?query=%7B"} {
		for _, authorization := range []string{"", "Bearer " + s.tokens[reporter], "Bearer no"} {
			request := must[*http.Request](t)(http.NewRequestWithContext(t.Context(), http.MethodGet, s.server.URL+"/graphql"+address, nil))
			if authorization != "" {
				request.Header.Set("Authorization", authorization)
			}
			response := must[*http.Response](t)(http.DefaultClient.Do(request))
			response.Body.Close()
			if got := response.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s with %.8q is answered with Cache-Control %q", name, authorization, got)
			}
		}
	}
}
