package fedruntime_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"go.uber.org/goleak"

	"github.com/99designs/gqlgen/codegen/coerce"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/plugin/federation/fedruntime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const schemaText = `
	type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
	type _Service { sdl: String }
	union _Entity = Star | Moon
	type Star { id: ID! name: String! }
	type Moon { id: ID! orbits: Star }
	scalar _Any
`

type star struct{ id, name string }

type moon struct{ id string }

// sky is what the entity resolvers answer.
type sky struct {
	byID   func(ctx context.Context, ids []string) ([]*star, error)
	byName func(ctx context.Context, names []string) ([]*star, error)
	moon   func(ctx context.Context, id string) (*moon, error)
	orbits func(parents []any) ([]any, error)

	mu    sync.Mutex
	calls []string
}

func newSky() *sky {
	s := &sky{}
	s.byID = func(_ context.Context, ids []string) ([]*star, error) {
		found := make([]*star, len(ids))
		for i, id := range ids {
			if id != "nowhere" {
				found[i] = &star{id: id, name: "name of " + id}
			}
		}
		return found, nil
	}
	s.byName = func(_ context.Context, names []string) ([]*star, error) {
		found := make([]*star, len(names))
		for i, name := range names {
			found[i] = &star{id: "id of " + name, name: name}
		}
		return found, nil
	}
	s.moon = func(_ context.Context, id string) (*moon, error) {
		if id == "nowhere" {
			return nil, nil
		}
		return &moon{id}, nil
	}
	s.orbits = func(parents []any) ([]any, error) { return make([]any, len(parents)), nil }
	return s
}

func text(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
	return engine.AppendString(dst, v.(string)), true, nil
}

func decode(_ context.Context, v any) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	return "", errors.New("is not a text")
}

func field(read func(parent any) any) *engine.Field {
	return &engine.Field{
		Value: &engine.Value{Type: "String", NonNull: true, Append: text},
		Read:  func(_ context.Context, parent any, _ map[string]any) (any, error) { return read(parent), nil },
	}
}

func (s *sky) many(what string, find func(context.Context, []string) ([]*star, error)) func(context.Context, [][]any) ([]any, error) {
	return func(ctx context.Context, keys [][]any) ([]any, error) {
		texts := make([]string, len(keys))
		for i, key := range keys {
			texts[i] = key[0].(string)
		}
		s.mu.Lock()
		s.calls = append(s.calls, what+" "+strings.Join(texts, ","))
		s.mu.Unlock()
		found, err := find(ctx, texts)
		return coerce.Results(found, func(v *star) any { return coerce.Box(v) }), err
	}
}

// ask asks for the entities of representations, written as JSON.
func (s *sky) ask(ctx context.Context, t *testing.T, representations string) string {
	t.Helper()
	tables := &engine.Tables{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: schemaText}),
		ObjectOf: func(v any) string {
			switch v.(type) {
			case *star:
				return "Star"
			case *moon:
				return "Moon"
			}
			return ""
		},
		Objects: map[string]*engine.Object{
			"Query": {Fields: map[string]*engine.Field{}},
			"Star": {Fields: map[string]*engine.Field{
				"id":   field(func(p any) any { return p.(*star).id }),
				"name": field(func(p any) any { return p.(*star).name }),
			}},
			"Moon": {Fields: map[string]*engine.Field{
				"id": field(func(p any) any { return p.(*moon).id }),
				"orbits": {Value: &engine.Value{Type: "Star"}, Batch: func(_ context.Context, parents []any, _ map[string]any) ([]any, error) {
					return s.orbits(parents)
				}},
			}},
		},
	}
	fedruntime.AddService(tables, "type Star")
	fedruntime.AddEntities(tables, map[string]fedruntime.Type{
		"Star": {
			{Fields: []fedruntime.Field{fedruntime.NewField(decode, text, "id")}, Many: s.many("id", func(ctx context.Context, ids []string) ([]*star, error) { return s.byID(ctx, ids) })},
			{Fields: []fedruntime.Field{fedruntime.NewField(decode, text, "name")}, Many: s.many("name", func(ctx context.Context, names []string) ([]*star, error) { return s.byName(ctx, names) })},
		},
		"Moon": {{Fields: []fedruntime.Field{fedruntime.NewField(decode, text, "id")}, One: func(ctx context.Context, key []any) (any, error) {
			v, err := s.moon(ctx, key[0].(string))
			return v, err // a typed nil, as careless code would answer
		}}},
	})
	exec := executor.New(engine.New(tables))
	exec.SetRecoverFunc(func(context.Context, any) error { return errors.New("a panic") })
	var given any
	if err := json.Unmarshal([]byte(representations), &given); err != nil {
		t.Fatal(err)
	}
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query:     `query($r:[_Any!]!){_entities(representations:$r){...on Star{id name} ...on Moon{id orbits{id}}}}`,
		Variables: map[string]any{"r": given},
	})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	resp := responses(ctx)
	lines := []string{string(resp.Data)}
	for _, err := range resp.Errors {
		lines = append(lines, err.Path.String()+": "+err.Message)
	}
	return strings.Join(lines, "\n")
}

func TestEntities(t *testing.T) {
	const broken = "internal system error"
	tests := []struct {
		name, representations string
		set                   func(*sky)
		want                  []string
	}{
		{"of mixed types and keys keep their order", `[
			{"__typename":"Moon","id":"m1"},{"__typename":"Star","name":"Vega"},{"__typename":"Star","id":"s1"},
			{"__typename":"Moon","id":"m2"},{"__typename":"Star","name":"Deneb"},{"__typename":"Star","id":"s2"}]`, nil,
			[]string{`{"_entities":[{"id":"m1","orbits":null},{"id":"id of Vega","name":"Vega"},{"id":"s1","name":"name of s1"},` +
				`{"id":"m2","orbits":null},{"id":"id of Deneb","name":"Deneb"},{"id":"s2","name":"name of s2"}]}`}},
		{"the same one asked for twice", `[{"__typename":"Star","id":"s"},{"__typename":"Star","id":"s"}]`, nil,
			[]string{`{"_entities":[{"id":"s","name":"name of s"},{"id":"s","name":"name of s"}]}`}},
		{"nil ones are null, and reach no resolver", `[{"__typename":"Moon","id":"nowhere"},{"__typename":"Star","id":"nowhere"},{"__typename":"Moon","id":"m"}]`,
			func(s *sky) {
				s.orbits = func(parents []any) ([]any, error) {
					if len(parents) != 1 || parents[0].(*moon) == nil {
						return nil, fmt.Errorf("%d parents", len(parents))
					}
					return []any{&star{id: "s", name: "n"}}, nil
				}
			},
			[]string{`{"_entities":[null,null,{"id":"m","orbits":{"id":"s"}}]}`}},
		{"too few lose all of the call", `[{"__typename":"Star","id":"a"},{"__typename":"Star","id":"b"},{"__typename":"Star","name":"c"}]`,
			func(s *sky) {
				s.byID = func(context.Context, []string) ([]*star, error) { return []*star{{id: "a"}}, nil }
			},
			[]string{`{"_entities":[null,null,{"id":"id of c","name":"c"}]}`, "_entities[0]: " + broken, "_entities[1]: " + broken}},
		{"too many lose all of the call", `[{"__typename":"Star","id":"a"}]`,
			func(s *sky) {
				s.byID = func(context.Context, []string) ([]*star, error) { return []*star{{id: "a"}, {id: "b"}}, nil }
			},
			[]string{`{"_entities":[null]}`, "_entities[0]: " + broken}},
		{"out of order go to nobody", `[{"__typename":"Star","id":"a"},{"__typename":"Star","id":"b"},{"__typename":"Star","id":"c"}]`,
			func(s *sky) {
				inOrder := s.byID
				s.byID = func(ctx context.Context, ids []string) ([]*star, error) {
					found, err := inOrder(ctx, ids)
					slices.Reverse(found)
					return found, err
				}
			},
			[]string{`{"_entities":[null,{"id":"b","name":"name of b"},null]}`, "_entities[0]: " + broken, "_entities[2]: " + broken}},
		{"errors by position", `[{"__typename":"Star","id":"a"},{"__typename":"Star","id":"b"}]`,
			func(s *sky) {
				s.byID = func(context.Context, []string) ([]*star, error) {
					return []*star{nil, {id: "b", name: "B"}}, graphql.BatchErrorList{errors.New("no"), nil}
				}
			},
			[]string{`{"_entities":[null,{"id":"b","name":"B"}]}`, "_entities[0]: " + broken}},
		{"errors of another length lose all of the call", `[{"__typename":"Star","id":"a"},{"__typename":"Star","id":"b"}]`,
			func(s *sky) {
				s.byID = func(context.Context, []string) ([]*star, error) {
					return []*star{{id: "a", name: "A"}, {id: "b", name: "B"}}, graphql.BatchErrorList{errors.New("no")}
				}
			},
			[]string{`{"_entities":[null,null]}`, "_entities[0]: " + broken, "_entities[1]: " + broken}},
		{"a panic loses its call alone", `[{"__typename":"Star","id":"a"},{"__typename":"Star","name":"b"},{"__typename":"Moon","id":"m"},{"__typename":"Moon","id":"n"}]`,
			func(s *sky) {
				s.byID = func(context.Context, []string) ([]*star, error) { panic("no") }
				s.moon = func(_ context.Context, id string) (*moon, error) {
					if id == "m" {
						panic("no")
					}
					return &moon{id}, nil
				}
			},
			[]string{`{"_entities":[null,{"id":"id of b","name":"b"},null,{"id":"n","orbits":null}]}`, "_entities[0]: " + broken, "_entities[2]: " + broken}},
		{"what is refused loses only itself", `["Mary",{"id":"Mary"},{"__typename":"Mary","id":"a"},{"__typename":"Star","other":"Mary"},{"__typename":"Star","id":7},{"__typename":"Star","id":"a"}]`, nil,
			[]string{`{"_entities":[null,null,null,null,null,{"id":"a","name":"name of a"}]}`,
				"_entities[0]: a representation must be an object",
				"_entities[1]: __typename is not an entity of this service",
				"_entities[2]: __typename is not an entity of this service",
				"_entities[3]: a representation of Star names none of its keys",
				"_entities[4]: representation: id: is not a text"}},
		{"of nothing", `[]`, nil, []string{`{"_entities":[]}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSky()
			if tt.set != nil {
				tt.set(s)
			}
			if got, want := s.ask(t.Context(), t, tt.representations), strings.Join(tt.want, "\n"); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestOneCallForEachKeyOfAType(t *testing.T) {
	s := newSky()
	s.ask(t.Context(), t, `[{"__typename":"Star","id":"a"},{"__typename":"Star","name":"b"},{"__typename":"Star","id":"c"},{"__typename":"Star","id":null,"name":"d"}]`)
	slices.Sort(s.calls)
	if want := []string{"id a,c", "name b,d"}; !slices.Equal(s.calls, want) {
		t.Errorf("calls %q, want %q", s.calls, want)
	}
}

func moons(n int) string {
	one := make([]string, n)
	for i := range one {
		one[i] = fmt.Sprintf(`{"__typename":"Moon","id":"m%d"}`, i)
	}
	return "[" + strings.Join(one, ",") + "]"
}

func TestEntitiesAreResolvedSideBySideUpToABound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSky()
		var running, most atomic.Int64
		s.moon = func(_ context.Context, id string) (*moon, error) {
			now := running.Add(1)
			defer running.Add(-1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			time.Sleep(time.Second)
			return &moon{id}, nil
		}
		start := time.Now()
		s.ask(t.Context(), t, moons(40))
		if took := time.Since(start); most.Load() != 16 || took != 3*time.Second {
			t.Errorf("%d at a time took %v, want 16 and three seconds", most.Load(), took)
		}
	})
}

func TestCancellationBeginsNoFurtherEntity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s := newSky()
		var calls atomic.Int64
		s.moon = func(ctx context.Context, _ string) (*moon, error) {
			calls.Add(1)
			<-ctx.Done()
			return nil, ctx.Err()
		}
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		got := s.ask(ctx, t, moons(100))
		if took := time.Since(start); took != time.Second || calls.Load() != 16 || !strings.HasPrefix(got, "null\n") {
			t.Errorf("%d calls, %v, %s: want the 16 under way to end at once", calls.Load(), took, got)
		}
	})
}
