package graph_test

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"lfpse/db"
	"lfpse/graph"
	"lfpse/graph/generated"
	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// selectionOf asks for a field and all that is below it, as deep as given.
func selectionOf(schema *ast.Schema, field *ast.FieldDefinition, depth int) (text string, ok bool) {
	of := schema.Types[field.Type.Name()]
	switch of.Kind {
	case ast.Scalar, ast.Enum:
		return field.Name, true
	case ast.Union:
		var parts []string
		for n, name := range of.Types {
			for _, below := range schema.Types[name].Fields {
				if selection, ok := selectionOf(schema, below, depth-1); ok {
					parts = append(parts, fmt.Sprintf("... on %s { %s%d: %s }", name, below.Name, n, selection))
				}
			}
		}
		return field.Name + " { " + strings.Join(parts, " ") + " }", true
	}
	var parts []string
	for _, below := range of.Fields {
		if depth == 0 || len(below.Arguments) > 0 || strings.HasPrefix(below.Name, "__") {
			continue
		}
		if selection, ok := selectionOf(schema, below, depth-1); ok {
			parts = append(parts, selection)
		}
	}
	return field.Name + " { " + strings.Join(parts, " ") + " }", len(parts) > 0
}

// eventFields are the fields of the graph's Event, each asked for with what is
// below it.
func eventFields() map[string]string {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	fields := map[string]string{}
	for _, field := range schema.Types["Event"].Fields {
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		if selection, ok := selectionOf(schema, field, 2); ok {
			fields[field.Name] = selection
		}
	}
	return fields
}

// A page reads of its events what is asked for. Each field, asked for alone, is
// what it is of the event by itself, of which everything is read: for every reader, with and
// without an order and a search of its own, in nodes and in edges.
func TestAFieldAskedForAloneIsWhatItIsAmongAll(t *testing.T) {
	t.Parallel()
	s := newService(t)
	full := happening("RGT", "RGT01", "RR8")
	full["specialty"], full["occurredAt"], full["levelOfConcern"], full["involvedAgents"] = "54", "09:30", "VERY", []string{"DEVICE"}
	id, _ := s.record(reporter, full)
	s.ok(s.complete(organisational, s.review(organisational, id), "Dr Okonkwo came."), "completeReview")
	back, _ := s.record(reporter, happening("RGT", "RR8"))
	s.ok(s.withdrawn(reporter, back, 1, "Mr Quillfeather was mistaken."), "withdrawEvent")
	s.record(reporter, map[string]any{"kind": "RISK", "description": "Edith Pemberton could fall.", "risk": map[string]any{"imminent": "NO", "population": "The old."}})
	s.settle()
	fields := eventFields()
	for _, reader := range []string{reporter, organisational, elsewhere, readOnlyICB, lead} {
		whole := s.wholly(reader, fields)
		for name, arguments := range map[string]string{
			"in order of recording": "", "of an area": `(filter: {organisation: ["RGT"]})`, "in order of harm": `(orderBy: {field: PHYSICAL_HARM})`,
			"in order of change": `(orderBy: {field: UPDATED_AT})`, "in order of happening": `(orderBy: {field: OCCURRED_ON, direction: ASC})`,
			"searched": `(filter: {search: "died"}, orderBy: {field: RELEVANCE})`,
		} {
			for field, selection := range fields {
				for form, document := range map[string]string{
					"nodes": `{ events%s { nodes { id is: %s } } }`, "edges": `{ events%s { edges { node { id ...one } cursor } } } fragment one on Event { is: %s }`,
				} {
					document = fmt.Sprintf(document, arguments, selection)
					s.sameAs(whole, field, reader, document, name+", "+form)
				}
			}
		}
	}
}

// wholly answers the events that a reader finds, by id, each read as a whole.
func (s *service) wholly(reader string, fields map[string]string) map[string]map[string]any {
	s.t.Helper()
	var all []string
	for name, selection := range fields {
		all = append(all, "is_"+name+": "+selection)
	}
	found := dig[[]any](s.t, s.ask(reader, `{ events { nodes { id } } }`, nil), "data", "events", "nodes")
	if len(found) == 0 {
		s.t.Fatalf("%s finds nothing: the comparison compares nothing", reader)
	}
	whole := map[string]map[string]any{}
	for _, one := range found {
		id := dig[string](s.t, one, "id")
		answer := s.ask(reader, `query($id: ID!) { event(id: $id) { `+strings.Join(all, " ")+` } }`, map[string]any{"id": id})
		if answer["errors"] != nil {
			s.t.Fatalf("%s is answered %v", reader, answer["errors"])
		}
		whole[id] = dig[map[string]any](s.t, answer, "data", "event")
	}
	return whole
}

// sameAs holds what a page says of a field against the events as a whole.
func (s *service) sameAs(whole map[string]map[string]any, field, reader, document, how string) {
	s.t.Helper()
	answer := s.ask(reader, document, nil)
	if answer["errors"] != nil {
		s.t.Errorf("%s alone, %s, to %s: %v", field, how, reader, answer["errors"])
		return
	}
	page := dig[map[string]any](s.t, answer, "data", "events")
	nodes, _ := page["nodes"].([]any)
	edges, _ := page["edges"].([]any)
	for _, edge := range edges {
		nodes = append(nodes, dig[any](s.t, edge, "node"))
	}
	for _, node := range nodes {
		id := dig[string](s.t, node, "id")
		if got, want := dig[map[string]any](s.t, node)["is"], whole[id]["is_"+field]; !reflect.DeepEqual(got, want) {
			s.t.Errorf("%s alone, %s, to %s: got %v, want %v", field, how, reader, got, want)
		}
	}
}

// Of a field that nobody has said what it is made of everything is read: slow,
// and right. This list is so short that each must be said here.
func TestEachFieldOfAnEventSaysWhatIsReadForIt(t *testing.T) {
	for field := range eventFields() {
		if event.PartsOf(field) == event.Everything && field != "problems" {
			t.Errorf("for %s everything is read", field)
		}
	}
}

// A page that shows little of its events reads little of them, and counts nothing
// that nobody asks to be counted.
func TestOnlyWhatIsAskedForIsRead(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.record(reporter, concerning())
	s.settle()
	for name, of := range map[string]struct {
		fields string
		reads  []string
	}{
		"nothing but the names of events": {`nodes { reference }`, nil},
		"texts":                           {`nodes { description }`, []string{"e.texts", "event_original"}},
		"answers":                         {`nodes { details { __typename } }`, []string{"e.details", "e.texts", "event_original"}},
		"reviews":                         {`nodes { reviews { status } }`, []string{"review AS"}},
		"patients":                        {`nodes { patients { sequence } }`, []string{"event_patient", "e.texts", "event_original"}},
		"history":                         {`nodes { revisions { at } }`, []string{"event_revision"}},
		"who recorded them":               {`nodes { reporter { name } }`, []string{"e.recorded_by END", "FROM account"}},
		"how many there are":              {`totalCount`, []string{"count(*)", "sum("}},
	} {
		for _, path := range []string{`organisation(odsCode: "RGT") { events { FIELDS } }`, `events(filter: {specialty: ["54"]}) { FIELDS }`} {
			t.Run(name, func(t *testing.T) {
				ctx, counter := db.CountStatements(t.Context())
				s.counted = ctx
				defer func() { s.counted = nil }()
				if answer := s.raw(admin, "{ "+strings.Replace(path, "FIELDS", of.fields, 1)+" }", nil); strings.Contains(answer, `"errors"`) {
					t.Fatalf("answered %s", answer)
				}
				asked := strings.Join(counter.Shapes(), "\n")
				for _, part := range []string{
					"e.texts", "e.details", "event_original", "review AS", "event_patient", "event_revision", "e.recorded_by END",
					"governance_answer", "event_requirement", "count(*)", "sum(", "e.service_areas", "e.withdrawal_reason",
				} {
					if wanted := slices.Contains(of.reads, part); !wanted && strings.Contains(asked, part) {
						t.Errorf("%s is read, which nobody asks for: %s", part, asked)
					}
				}
			})
		}
	}
}

// halfRead is an event of which one field was read; whether its texts are shown was not.
type halfRead struct{}

func (halfRead) Shows(class authz.Class) bool { return class != authz.Text }
func (halfRead) Loaded(field string) bool     { return field == "kind" }

// publicButForTexts is a policy that hides descriptions.
type publicButForTexts struct{}

func (publicButForTexts) ClassOf(_, field string) (authz.Class, bool) {
	if field == "description" {
		return authz.Text, true
	}
	return authz.Public, true
}

func TestAFieldThatWasNotReadIsAnErrorAndNotNull(t *testing.T) {
	t.Parallel()
	guard := graph.FieldGuard{Policy: publicButForTexts{}, Log: slog.New(slog.DiscardHandler)}
	for name, read := range map[string]bool{"kind": true, "source": false, "description": false} {
		ctx := graphql.WithFieldContext(t.Context(), &graphql.FieldContext{Result: halfRead{}})
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Event", Field: graphql.CollectedField{Field: &ast.Field{Name: name, Alias: name}}})
		answer, err := guard.InterceptField(ctx, func(context.Context) (any, error) { return "read", nil })
		if read != (err == nil && answer == "read") || read == (answer == nil && err != nil) {
			t.Errorf("%s: answered %v, %v", name, answer, err)
		}
	}
}
