package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// incident records an incident in which everything is said in the description.
func (s *service) incident(description string, more map[string]any) (reference string) {
	s.t.Helper()
	input := map[string]any{"kind": "INCIDENT", "description": description}
	for field, value := range more {
		input[field] = value
	}
	_, reference = s.record(reporter, input)
	return reference
}

func harmed(physical string) map[string]any {
	return map[string]any{"patients": []any{map[string]any{"physicalHarm": physical}}}
}

// found answers the references of what a reader finds, with the highlights.
func (s *service) found(reader, arguments string, variables map[string]any) (references, highlights []string) {
	s.t.Helper()
	declared := ""
	if variables != nil {
		declared = "($search: String)"
	}
	answer := s.ask(reader, `query`+declared+` { events(`+arguments+`) { edges { highlight node { reference } } totalCount } }`, variables)
	edges := dig[[]any](s.t, answer, "data", "events", "edges")
	for _, edge := range edges {
		references = append(references, dig[string](s.t, edge, "node", "reference"))
		highlight, _ := edge.(map[string]any)["highlight"].(string)
		highlights = append(highlights, highlight)
	}
	if total := dig[float64](s.t, answer, "data", "events", "totalCount"); int(total) != len(edges) {
		s.t.Errorf("%d events counted, %d listed", int(total), len(edges))
	}
	return references, highlights
}

func (s *service) searched(reader, search string) []string {
	s.t.Helper()
	references, _ := s.found(reader, `filter: {search: $search}, first: 50`, map[string]any{"search": search})
	slices.Sort(references)
	return references
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s := newService(t)
	names := map[string]string{}
	for name, description := range map[string]string{
		"fall":    "The patient fell from the bed and broke a hip.",
		"slip":    "The patient slipped on a wet floor beside the bed.",
		"drug":    "A double dose of insulin was given after the evening meal.",
		"missed":  "The evening dose of enoxaparin was missed.",
		"foreign": "A café table at 3 < 4 o'clock tipped & hurt nobody.",
	} {
		names[s.incident(description, nil)] = name
	}
	answers := func(references []string) string {
		all := make([]string, len(references))
		for i, reference := range references {
			all[i] = names[reference]
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	for search, want := range map[string]string{
		"bed":                      "fall slip",
		"patients":                 "fall slip", // by the stem of the word
		"BED floor":                "slip",
		`"evening meal"`:           "drug",
		`"meal evening"`:           "",
		"evening -insulin":         "missed",
		"enoxaparin or hip":        "fall missed",
		"bed -floor or insulin":    "drug fall",
		"the":                      "",
		"":                         "",
		`"`:                        "",
		"'); DROP TABLE event; --": "",
		"& | ! <-> :*":             "",
		"a ? b ?0":                 "",
	} {
		t.Run(search, func(t *testing.T) {
			s.t = t
			if got := answers(s.searched(reporter, search)); got != want {
				t.Errorf("the reporter finds %q, want %q", got, want)
			}
			if got := answers(s.searched(organisational, search)); got != want {
				t.Errorf("the safety team finds %q, want %q", got, want)
			}
			if got := s.searched(elsewhere, search); len(got) > 0 {
				t.Errorf("another organisation finds %v", got)
			}
		})
	}
	t.Run("highlights", func(t *testing.T) {
		s.t = t
		_, highlights := s.found(organisational, `filter: {search: "hip or table"}, orderBy: {field: RECORDED_AT, direction: ASC}`, nil)
		slices.Sort(highlights)
		want := []string{
			"café <mark>table</mark> at 3 &lt; 4 o&#39;clock tipped &amp; hurt nobody",
			"patient fell from the bed and broke a <mark>hip</mark>",
		}
		if !slices.Equal(highlights, want) {
			t.Errorf("got %q, want %q", highlights, want)
		}
	})
	t.Run("without a search", func(t *testing.T) {
		s.t = t
		if _, highlights := s.found(organisational, `filter: {search: null}`, nil); strings.Join(highlights, "") != "" {
			t.Errorf("highlighted %q", highlights)
		}
	})
}

// Whoever knows a name must not find out by searching where it stands: not even the reporter, who reads it.
func TestSearchRunsOverTheAnonymisedText(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.incident("Mrs Edith Pemberton, NHS number 943 476 5919, fell in bay 2. Dr Patel reviewed.", nil)
	for _, reader := range []string{reporter, organisational, admin, lead} {
		for _, search := range []string{"Pemberton", "Edith", "Patel", "943 476 5919", "5919", "name", `"NHS number" 1`, "fell -Pemberton -zebra Edith"} {
			if got := s.searched(reader, search); len(got) > 0 {
				t.Errorf("%s finds it by %q", reader, search)
			}
		}
		_, highlights := s.found(reader, `filter: {search: "fell bay"}`, nil)
		if len(highlights) != 1 || strings.Contains(highlights[0], "Pemberton") || !strings.Contains(highlights[0], "<mark>fell</mark>") {
			t.Errorf("%s is shown %q", reader, highlights)
		}
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var byHarm []string
	for _, harm := range []string{"FATAL", "SEVERE", "MODERATE", "LOW", "NONE"} {
		byHarm = append(byHarm, s.incident("The drip stand toppled; "+harm, harmed(harm)))
	}
	byHarm = append(byHarm, s.incident("The drip stand toppled, then the drip stand toppled again: toppled and toppled.", nil))
	references, _ := s.found(organisational, `orderBy: {field: PHYSICAL_HARM}`, nil)
	if !slices.Equal(references, byHarm) {
		t.Errorf("by harm: got %v, want %v", references, byHarm)
	}
	references, _ = s.found(organisational, `orderBy: {field: PHYSICAL_HARM, direction: ASC}`, nil)
	slices.Reverse(references)
	if !slices.Equal(references, byHarm) {
		t.Errorf("by harm, the least first: got %v backwards, want %v", references, byHarm)
	}
	references, _ = s.found(organisational, `orderBy: {field: RELEVANCE}, filter: {search: "toppled"}`, nil)
	if len(references) != 6 || references[0] != byHarm[5] {
		t.Errorf("by relevance: got %v, want %s first", references, byHarm[5])
	}
	if equal := references[1:]; !slices.IsSortedFunc(equal, func(a, b string) int { return slices.Index(byHarm, b) - slices.Index(byHarm, a) }) {
		t.Errorf("equally relevant ones are not in the order of their times, the latest first: %v", equal)
	}
}

func TestSearchRefuses(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, arguments := range map[string]string{
		"orderBy RELEVANCE needs filter.search":          `orderBy: {field: RELEVANCE}`,
		"filter.search takes at most 200 characters":     fmt.Sprintf(`filter: {search: "%s"}`, strings.Repeat("swordfish", 23)),
		"filter.search has characters that are not text": `filter: {search: "swordfish\u0000"}`,
	} {
		for _, reader := range []string{nobody, reporter, organisational, lead} {
			body := s.raw(reader, `{ events(`+arguments+`) { totalCount } }`, nil)
			if !strings.Contains(body, name) || !strings.Contains(body, "BAD_USER_INPUT") || strings.Contains(body, "swordfish") {
				t.Errorf("%s: %s is answered %s", name, reader, body)
			}
		}
	}
}
