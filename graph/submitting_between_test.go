package graph_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"
)

// fallByFHIR is what local is, as FHIR has it.
func fallByFHIR(description string) map[string]any {
	return map[string]any{
		"resourceType": "AdverseEvent", "category": "AE", "description": description,
		"meta": map[string]any{"profile": []any{fhirAddress + "/taxonomy/fhir/StructureDefinition/patient-safety-adverse-event-5"}},
		"type": map[string]any{"coding": []any{map[string]any{"code": "1"}}},
	}
}

// replaces has a system change an event by FHIR, and answers how it is answered.
func (s *service) replaces(system, id, version, description string) fhirAnswer {
	s.t.Helper()
	return s.send(http.MethodPut, eventsAt+"/"+id, system, fallByFHIR(description), "If-Match", `W/"`+version+`"`)
}

// A system has both ways, and its last word counts whichever it came by: only
// what somebody else said since is not written over.
func changedByFHIR(t *testing.T, s *service) {
	id := s.submits(system, local("K-1", "A fall."))[0].id
	expect := func(what string, got sent, outcome string, revision int, description string) {
		t.Helper()
		if got.outcome != outcome || got.id != id || got.revision != revision || got.description != description {
			t.Errorf("%s is %+v", what, got)
		}
	}
	put := func(version, description string, status int) {
		t.Helper()
		if got := s.replaces(system, id, version, description); got.status != status {
			t.Errorf("of version %s %q is answered %d %s", version, description, got.status, got.text)
		}
	}
	put("1", "A fall from a bed.", http.StatusOK)
	expect("something else after FHIR", s.submits(system, local("K-1", "A fall from a chair."))[0], "UPDATED", 3, "A fall from a chair.")
	expect("the same again", s.submits(system, local("K-1", "A fall from a chair."))[0], "UNCHANGED", 3, "A fall from a chair.")

	put("1", "A slip.", http.StatusPreconditionFailed)
	put("3", "A slip.", http.StatusOK)
	expect("what it says already", s.submits(system, local("K-1", "A slip."))[0], "UNCHANGED", 4, "A slip.")
	put("4", "A trip.", http.StatusOK)
	expect("what it said before FHIR", s.submits(system, local("K-1", "A slip."))[0], "UPDATED", 6, "A slip.")

	s.ok(s.update(admin, id, 6, map[string]any{"description": "A stumble."}), "updateEvent")
	put("6", "A tumble.", http.StatusPreconditionFailed)
	expect("what a person said since", s.submits(system, local("K-1", "A tumble."))[0], "CONFLICT", 7, "A stumble.")
	put("7", "A tumble.", http.StatusOK)
	expect("once FHIR wrote over it", s.submits(system, local("K-1", "A tumble, in ward 9."))[0], "UPDATED", 9, "A tumble, in ward 9.")
}

// meanwhile does something before the first statement that has a text in it.
type meanwhile struct {
	before string
	do     func()
	done   atomic.Bool
}

func (o *meanwhile) BeforeQuery(ctx context.Context, q *bun.QueryEvent) context.Context {
	if strings.Contains(q.Query, o.before) && o.done.CompareAndSwap(false, true) {
		o.do()
	}
	return ctx
}

func (o *meanwhile) AfterQuery(context.Context, *bun.QueryEvent) {}

// What a system says in two calls at once is settled one after the other, never
// taken for somebody else's.
func changedMeanwhile(t *testing.T, s *service) {
	id := s.submits(system, local("L-1", "A fall."))[0].id
	const looking = "AS anonymised, o.sealed AS original"
	trusts := &meanwhile{before: looking, do: func() { s.replaces(system, id, "1", "A fall from a bed.") }}
	s.own.AddQueryHook(trusts)
	got := s.submits(system, local("L-1", "A fall from a chair."))
	if !slices.Equal(outcomes(got), []string{"UPDATED"}) || got[0].revision != 3 || !trusts.done.Load() {
		t.Errorf("it is %+v", got)
	}
	person := &meanwhile{before: looking, do: func() {
		s.ok(s.update(admin, id, 3, map[string]any{"description": "A stumble."}), "updateEvent")
	}}
	s.own.AddQueryHook(person)
	if got := s.submits(system, local("L-1", "A trip.")); got[0].outcome != "CONFLICT" || got[0].revision != 4 || !person.done.Load() {
		t.Errorf("what a person said meanwhile is %+v", got)
	}
}
