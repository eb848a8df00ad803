package graph_test

import (
	"fmt"
	"strings"
	"testing"
)

// alikeOf answers the references of the events most like one, as a reader is shown them, with their scores.
func (s *service) alikeOf(reader, id string, first int) (references []string, scores []float64) {
	s.t.Helper()
	answer := s.ask(reader, `query($id: ID!, $first: Int) { event(id: $id) { similar(first: $first) { score event { reference } } } }`, map[string]any{"id": id, "first": first})
	for _, one := range dig[[]any](s.t, answer, "data", "event", "similar") {
		references = append(references, dig[string](s.t, one, "event", "reference"))
		scores = append(scores, dig[float64](s.t, one, "score"))
	}
	return references, scores
}

func TestSimilarEvents(t *testing.T) {
	t.Parallel()
	s := newService(t)
	id, reference := s.record(reporter, map[string]any{"kind": "INCIDENT", "description": "A double dose of insulin was given after the evening meal.", "involvedAgents": []string{"MEDICATION"}})
	same := s.incident("A double dose of insulin was given after the evening meal.", map[string]any{"involvedAgents": []string{"MEDICATION"}})
	words := s.incident("A double dose of insulin was given after the evening meal.", map[string]any{"involvedAgents": []string{"DEVICE"}})
	some := s.incident("Insulin was given late, after the meal.", nil)
	s.incident("The patient slipped on a wet floor beside the bed.", map[string]any{"involvedAgents": []string{"MEDICATION"}})
	references, scores := s.alikeOf(organisational, id, 5)
	if want := []string{same, words, some}; fmt.Sprint(references) != fmt.Sprint(want) {
		t.Errorf("got %v of %s, want %v", references, reference, want)
	}
	if len(scores) != 3 || scores[0] != 1 || scores[1] >= scores[0] || scores[2] >= scores[1] {
		t.Errorf("scores are %v", scores)
	}
	if strings.Contains(fmt.Sprint(references), reference) {
		t.Errorf("%s is like itself", reference)
	}
}
