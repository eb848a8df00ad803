package engine_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
)

// 6.2.1 ExecuteQuery: the root selection set on the query type, normally: its fields
// may run at the same time.
func TestSpecExecuteQuery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context, any, map[string]any) (any, error) {
			time.Sleep(time.Second)
			return "done", nil
		}
		s := service{sdl: `type Query { a: String b: String c: String }`,
			fields: map[string]resolver{"Query.a": slow, "Query.b": slow, "Query.c": slow}}
		start := time.Now()
		got := s.answer(t, query(`{ c a x: b }`))
		if want := data(`{"c":"done","a":"done","x":"done"}`); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("three fields of a second took %v, want one second", took)
		}
	})
}

// number is the specification's example of a mutation: changeTheNumber.
type number struct {
	mu  sync.Mutex
	log []string
}

func (n *number) note(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.log = append(n.log, what)
}

func (n *number) service() service {
	return service{
		sdl: `
			type Query { theNumber: Int }
			type Mutation {
				changeTheNumber(newNumber: Int!): Holder
				mustChange(newNumber: Int!): Holder!
				fail: Holder
				mustFail: Holder!
				failBelow: Strict
				mustFailBelow: Strict!
			}
			type Holder { theNumber: Int slow: Int }
			type Strict { never: Int! }
		`,
		fields: map[string]resolver{
			"Mutation.changeTheNumber": n.change, "Mutation.mustChange": n.change,
			"Mutation.fail": n.fail, "Mutation.mustFail": n.fail,
			"Mutation.failBelow": n.empty, "Mutation.mustFailBelow": n.empty,
			"Holder.slow": func(_ context.Context, parent any, _ map[string]any) (any, error) {
				time.Sleep(time.Second)
				n.note("below " + parent.(object)["name"].(string))
				return parent.(object)["theNumber"], nil
			},
		},
	}
}

func (n *number) change(ctx context.Context, _ any, args map[string]any) (any, error) {
	name := graphql.GetFieldContext(ctx).Field.Alias
	n.note(name)
	return object{"theNumber": int(args["newNumber"].(int64)), "name": name}, nil
}

func (n *number) fail(ctx context.Context, _ any, _ map[string]any) (any, error) {
	n.note(graphql.GetFieldContext(ctx).Field.Alias)
	return nil, errors.New("swordfish")
}

func (n *number) empty(ctx context.Context, _ any, _ map[string]any) (any, error) {
	n.note(graphql.GetFieldContext(ctx).Field.Alias)
	return object{}, nil
}

// 6.2.2 ExecuteMutation: the root selection set on the mutation type, serially. A
// field is completed, its selections included, before the next one begins.
func TestSpecExecuteMutation(t *testing.T) {
	const change = `mutation { first: changeTheNumber(newNumber: 1) { theNumber }
		second: changeTheNumber(newNumber: 3) { theNumber } third: changeTheNumber(newNumber: 2) { theNumber } }`
	tests := []struct {
		name, query, want string
		log               []string
	}{
		{"the specification's example", change,
			data(`{"first":{"theNumber":1},"second":{"theNumber":3},"third":{"theNumber":2}}`), []string{"first", "second", "third"}},
		{"what is below is completed first", `mutation { a: changeTheNumber(newNumber: 1) { slow } b: changeTheNumber(newNumber: 2) { slow } }`,
			data(`{"a":{"slow":1},"b":{"slow":2}}`), []string{"a", "below a", "b", "below b"}},
		{"in the order of collected fields", `mutation { ...F a: changeTheNumber(newNumber: 1) { theNumber } } fragment F on Mutation { b: changeTheNumber(newNumber: 2) { theNumber } a: changeTheNumber(newNumber: 1) { slow } }`,
			data(`{"b":{"theNumber":2},"a":{"slow":1,"theNumber":1}}`), []string{"b", "a", "below a"}},
		{"what is skipped has no effect", `mutation { a: changeTheNumber(newNumber: 1) @skip(if: true) { theNumber } b: changeTheNumber(newNumber: 2) { theNumber } }`,
			data(`{"b":{"theNumber":2}}`), []string{"b"}},
		{"names of types have no effect", `mutation { __typename a: changeTheNumber(newNumber: 1) { __typename } }`,
			data(`{"__typename":"Mutation","a":{"__typename":"Holder"}}`), []string{"a"}},
	}
	for _, around := range []string{"", " with middleware around root fields"} {
		for _, tt := range tests {
			t.Run(tt.name+around, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var n number
					s := n.service()
					if around != "" {
						s.set = []func(*executor.Executor){rootPass}
					}
					if got := s.answer(t, query(tt.query)); got != tt.want {
						t.Errorf("\n got %s\nwant %s", got, tt.want)
					}
					if !slices.Equal(n.log, tt.log) {
						t.Errorf("effects %q, want %q", n.log, tt.log)
					}
				})
			})
		}
	}
}

func rootPass(e *executor.Executor) {
	e.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) })
}

// 6.2.2 ExecuteMutation, and 6.3 "Errors and Non-Null Types": a field that fails and
// may be null is null, and the mutations after it are executed. One that must not be
// null makes the whole answer null; "any sibling fields which have not yet executed
// may be cancelled", and this executor does, so that nothing is changed for an answer
// that nobody will see. What was changed before stays changed.
func TestSpecMutationsAfterOneThatFails(t *testing.T) {
	tests := []struct {
		name, query, want string
		log               []string
	}{
		{"nullable", `mutation { a: changeTheNumber(newNumber: 1) { theNumber } b: fail { theNumber } c: changeTheNumber(newNumber: 3) { theNumber } }`,
			partly(`{"a":{"theNumber":1},"b":null,"c":{"theNumber":3}}`, failed(59, `"b"`, internal)), []string{"a", "b", "c"}},
		{"nullable, failing below", `mutation { b: failBelow { never } c: changeTheNumber(newNumber: 3) { theNumber } }`,
			partly(`{"b":null,"c":{"theNumber":3}}`, failed(27, `"b","never"`, mustBe)), []string{"b", "c"}},
		{"non-null", `mutation { a: changeTheNumber(newNumber: 1) { theNumber } b: mustFail { theNumber } c: changeTheNumber(newNumber: 3) { theNumber } d: mustChange(newNumber: 3) { theNumber } }`,
			partly(`null`, failed(59, `"b"`, internal)), []string{"a", "b"}},
		{"non-null, failing below", `mutation { b: mustFailBelow { never } c: changeTheNumber(newNumber: 3) { theNumber } }`,
			partly(`null`, failed(31, `"b","never"`, mustBe)), []string{"b"}},
		{"non-null, and nothing wrong", `mutation { a: mustChange(newNumber: 1) { theNumber } c: mustChange(newNumber: 3) { theNumber } }`,
			data(`{"a":{"theNumber":1},"c":{"theNumber":3}}`), []string{"a", "c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var n number
			if got := n.service().answer(t, query(tt.query)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
			if !slices.Equal(n.log, tt.log) {
				t.Errorf("effects %q, want %q", n.log, tt.log)
			}
		})
	}
}

// 6.3 ExecuteSelectionSet: the result has an entry for each response name, in the
// order of the collected fields, however long each field takes.
func TestSpecExecuteSelectionSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wait := func(d time.Duration) resolver {
			return func(_ context.Context, parent any, _ map[string]any) (any, error) {
				time.Sleep(d)
				return d.String(), nil
			}
		}
		s := service{
			sdl:  `type Query { o: Thing o2: Thing } type Thing { slow: String quick: String now: String o: Thing }`,
			root: object{"o": object{"now": "0s", "o": object{"now": "inner"}}, "o2": object{"now": "second"}},
			fields: map[string]resolver{
				"Thing.slow": wait(2 * time.Second), "Thing.quick": wait(time.Second),
			},
		}
		for _, way := range ways {
			s.way = way
			start := time.Now()
			got := s.answer(t, query(`{ o { slow quick now o { now slow } } o2 { now quick } }`))
			want := data(`{"o":{"slow":"2s","quick":"1s","now":"0s","o":{"now":"inner","slow":"2s"}},"o2":{"now":"second","quick":"1s"}}`)
			if got != want {
				t.Errorf("%s: got %s, want %s", way, got, want)
			}
			longest := 2 * time.Second // an object that is read is of the level of what it was read from
			if way != byRead {
				longest += 2 * time.Second
			}
			if took := time.Since(start); took > longest {
				t.Errorf("%s: took %v, want no more than its levels do, %v", way, took, longest)
			}
		}
	})
}

// 6.3 Normal and Serial Execution: only the root of a mutation is serial; what is
// below a field of it is executed normally.
func TestSpecNormalExecutionBelowMutations(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context, any, map[string]any) (any, error) { time.Sleep(time.Second); return 1, nil }
		s := service{
			sdl:    `type Query { x: Int } type Mutation { m: Thing } type Thing { a: Int b: Int }`,
			root:   object{"m": object{}},
			fields: map[string]resolver{"Thing.a": slow, "Thing.b": slow},
		}
		start := time.Now()
		if got := s.answer(t, query(`mutation { m { a b } n: m { a } }`)); got != data(`{"m":{"a":1,"b":1},"n":{"a":1}}`) {
			t.Error(got)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("took %v, want a second for each of two root fields", took)
		}
	})
}

// An operation of a type that the schema does not have cannot be executed.
func TestSpecOperationsThatTheSchemaLacks(t *testing.T) {
	s := service{sdl: `type Query { x: Int }`}
	for _, kind := range []string{"mutation", "subscription"} {
		got := s.answer(t, query(kind+` { x }`))
		if !strings.HasPrefix(got, `{"errors":[`) || strings.Contains(got, `"data"`) {
			t.Errorf("%s: got %s, want a request error", kind, got)
		}
	}
}
