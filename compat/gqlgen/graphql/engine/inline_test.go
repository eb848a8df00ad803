package engine_test

import (
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/codegen/coerce"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

type (
	room  struct{ leaf string } // a text, or how it fails
	floor struct{ rooms [][]*room }
	house struct{ floor *floor }
)

// houses are objects in lists in objects, none of which has anything to resolve.
func houses(t *testing.T, door *engine.Field) *engine.Tables {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphql", Input: `
		type Query { houses: [House]! }
		type House { floor: Floor! door: String }
		type Floor { rooms: [[Room]!] }
		type Room { direct: String! read: String! }
	`})
	if err != nil {
		t.Fatal(err)
	}
	direct := get(str(true), func(r *room) any { return r.leaf })
	direct.AppendLeaf = func(_ context.Context, dst []byte, parent any) ([]byte, bool, error) {
		switch leaf := parent.(*room).leaf; leaf {
		case "null":
			return dst, false, nil
		case "panic":
			panic("at the disco")
		default:
			return engine.AppendString(dst, leaf), true, nil
		}
	}
	read := &engine.Field{Value: str(true), Read: func(_ context.Context, parent any, _ map[string]any) (any, error) {
		switch leaf := parent.(*room).leaf; leaf {
		case "null":
			return nil, nil
		case "panic":
			return nil, gqlerror.Errorf("failed")
		default:
			return leaf, nil
		}
	}}
	all := []*house{
		{&floor{[][]*room{{{"a"}, {"null"}}, {nil, {"panic"}, {"b"}}}}},
		nil,
		{nil},
		{&floor{}},
	}
	return &engine.Tables{Schema: schema, ObjectOf: func(any) string { return "" }, Objects: map[string]*engine.Object{
		"Query": {Fields: map[string]*engine.Field{"houses": always(list[*house](of("House", false), true), all, nil)}},
		"House": {Fields: map[string]*engine.Field{
			"floor": get(of("Floor", true), func(h *house) any { return h.floor }), "door": door,
		}},
		"Floor": {Fields: map[string]*engine.Field{
			"rooms": get(list[[]*room](list[*room](of("Room", false), true), false), func(f *floor) any { return f.rooms }),
		}},
		"Room": {Fields: map[string]*engine.Field{"direct": direct, "read": read}},
	}}
}

// Objects that are read while they are written are answered as rows are, with errors at
// the same places: a resolver beside them makes rows of those around it.
func TestObjectsReadWhileWritten(t *testing.T) {
	plain := get(str(false), func(*house) any { return "door" })
	resolved := resolve(str(false), func(context.Context, any, map[string]any) (any, error) { return "door", nil })
	const want = `{"errors":[` +
		`{"message":"must not be null","path":["houses",0,"floor","rooms",0,1,"FIELD"],"locations":[{"line":1,"column":32}]},` +
		`{"message":"failed","path":["houses",0,"floor","rooms",1,1,"FIELD"],"locations":[{"line":1,"column":32}]},` +
		`{"message":"must not be null","path":["houses",2,"floor"],"locations":[{"line":1,"column":16}]}],` +
		`"data":{"houses":[{"door":"door","floor":{"rooms":[[{"FIELD":"a"},null],[null,null,{"FIELD":"b"}]]}},null,null,{"door":"door","floor":{"rooms":null}}]}}`
	for name, tables := range map[string]*engine.Tables{
		"all read": houses(t, plain), "all members": members(houses(t, plain)),
		"a resolver beside": houses(t, resolved), "a resolver beside members": members(houses(t, resolved)),
	} {
		for _, field := range []string{"direct", "read"} {
			t.Run(name+", "+field, func(t *testing.T) {
				exec := executor.New(engine.New(tables))
				exec.SetRecoverFunc(func(context.Context, any) error { return gqlerror.Errorf("failed") })
				got := respondTo(t, exec, `{houses{door   floor{  rooms { `+field+`}}}}`)
				if want := strings.ReplaceAll(want, "FIELD", field); got != want {
					t.Errorf("\n got %s\nwant %s", got, want)
				}
			})
		}
	}
}

// members takes what is read from structs for members of them, which nothing boxes.
func members(tables *engine.Tables) *engine.Tables {
	floor, rooms := tables.Objects["House"].Fields["floor"], tables.Objects["Floor"].Fields["rooms"]
	floor.Read, floor.Member = nil, func(parent any) any { return coerce.Box(parent.(*house).floor) }
	read := rooms.Read
	rooms.Read, rooms.Member = nil, func(parent any) any {
		list, _ := read(context.Background(), parent, nil)
		return list
	}
	rooms.AppendElems = func(to []any, parent any) ([]any, bool) { return rooms.Value.Elems(rooms.Member(parent), to) }
	return tables
}

// Arguments are looked at wherever a field is written.
func TestArgumentsOfLeavesAndMembersAreRead(t *testing.T) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphql", Input: `
		type Query { house: House! }
		type House { floor(n: Int!): Floor floors(n: Int!): [Floor] door(n: Int!): String }
		type Floor { name: String }
	`})
	if err != nil {
		t.Fatal(err)
	}
	door := get(str(false), func(*house) any { return "door" })
	door.AppendLeaf = func(_ context.Context, dst []byte, _ any) ([]byte, bool, error) {
		return engine.AppendString(dst, "door"), true, nil
	}
	floors := list[*floor](of("Floor", false), false)
	exec := executor.New(engine.New(&engine.Tables{Schema: schema, Objects: map[string]*engine.Object{
		"Query": {Fields: map[string]*engine.Field{"house": always(of("House", true), &house{}, nil)}},
		"House": {Fields: map[string]*engine.Field{
			"door":  door,
			"floor": {Value: of("Floor", false), Member: func(any) any { return &floor{} }},
			"floors": {
				Value: floors, Member: func(any) any { return []*floor{{}} },
				AppendElems: func(to []any, _ any) ([]any, bool) { return append(to, &floor{}), true },
			},
		}},
		"Floor": {Fields: map[string]*engine.Field{"name": get(str(false), func(*floor) any { return "name" })}},
	}}))
	const query = `query($n: Int = 1) { house { FIELD(n: $n)BELOW } }`
	for field, below := range map[string]string{"door": "", "floor": "{name}", "floors": "{name}"} {
		query := strings.NewReplacer("FIELD", field, "BELOW", below).Replace(query)
		op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query, Variables: map[string]any{"n": nil}})
		if errs != nil {
			t.Fatal(errs)
		}
		responses, ctx := exec.DispatchOperation(context.Background(), op)
		resp := responses(ctx)
		if want := `{"house":{"` + field + `":null}}`; string(resp.Data) != want || len(resp.Errors) != 1 {
			t.Errorf("%s: %s, %v, want %s and an error", field, resp.Data, resp.Errors, want)
		}
		if got := respondTo(t, exec, query); strings.Contains(got, "null") {
			t.Errorf("%s: %s", field, got)
		}
	}
}

func respondTo(t *testing.T, exec *executor.Executor, query string) string {
	t.Helper()
	op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := exec.DispatchOperation(context.Background(), op)
	enc, err := responses(ctx).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(enc)
}
