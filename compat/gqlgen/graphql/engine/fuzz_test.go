package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const fuzzSchema = `
	type Query { root: Folder! any: Entry entries(kind: Kind, of: Wanted): [Entry] matrix: [[Int!]]! echo(
		i: Int, f: Float, s: String = "d", b: Boolean, id: ID, k: Kind, list: [Int!], lists: [[Kind]], in: In, pick: Pick, any: Any, must: Int! = 1
	): Any! fails: String mustFail: String! panics: Int }
	type Mutation { add(n: Int! = 1): Folder drop: Folder! }
	type Subscription { changes(pick: Pick): Entry! }
	interface Entry { id: ID! name: String parent: Folder }
	type Folder implements Entry { id: ID! name: String parent: Folder entries(first: Int = 2): [Entry!]! holes: [Entry] batch(first: Int): [Entry] size: Int! ratio: Float }
	type File implements Entry { id: ID! name: String parent: Folder kind: Kind! at: Any broken: String! tags: [String]! }
	union Wild = Folder | File
	enum Kind { TEXT IMAGE }
	input Wanted { kinds: [Kind!] name: String! = "x" inner: Wanted pick: Pick }
	input In { a: Int! b: [In!] c: Any = {x: [1]} d: Kind = TEXT pick: Pick }
	input Pick @oneOf { one: Int two: [Pick!] three: In }
	scalar Any
`

// item is an entry of a tree that ends after a few levels.
type item struct{ depth, number int }

func (i *item) folder() bool { return i.depth > 0 && i.number%2 == 0 }

func (i *item) below(n int) []any {
	if i.depth == 0 {
		return []any{}
	}
	items := make([]any, max(0, min(n, 3)))
	for k := range items {
		items[k] = &item{i.depth - 1, i.number + k}
	}
	return items
}

func anything(nonNull bool) *engine.Value {
	return &engine.Value{Type: "Any", NonNull: nonNull, Append: func(_ context.Context, dst []byte, v any) ([]byte, bool, error) {
		enc, err := json.Marshal(v)
		return append(dst, enc...), v != nil, err
	}}
}

func fuzzTables(schema *ast.Schema) *engine.Tables {
	root := &item{3, 0}
	failing := errors.New("no")
	entry := map[string]*engine.Field{
		"id": get(str(true), func(i *item) any { return fmt.Sprint(i.depth, "/", i.number) }),
		"name": get(str(false), func(i *item) any {
			if i.number%3 == 0 {
				return nil
			}
			return "name"
		}),
		"parent": always(of("Folder", false), (*item)(nil), nil),
	}
	objects := map[string]map[string]*engine.Field{
		"Query": {
			"root": always(of("Folder", true), root, nil),
			"any":  always(of("Entry", false), &item{1, 1}, nil),
			"entries": resolve(list[any](of("Entry", false), false), func(context.Context, any, map[string]any) (any, error) {
				return append(root.below(3), nil, (*item)(nil)), nil
			}),
			"matrix":   always(list[[]int](list[int](plain("Int", true), false), true), [][]int{{1, 2}, nil, {}}, nil),
			"echo":     resolve(anything(true), func(_ context.Context, _ any, args map[string]any) (any, error) { return args, nil }),
			"fails":    always(str(false), nil, failing),
			"mustFail": always(str(true), nil, failing),
			"panics":   resolve(plain("Int", false), func(context.Context, any, map[string]any) (any, error) { return 1 << 40, nil }),
		},
		"Mutation": {"add": always(of("Folder", false), root, nil), "drop": always(of("Folder", true), nil, failing)},
		"Subscription": {"changes": {Value: of("Entry", true), Stream: func(context.Context, map[string]any) (<-chan any, error) {
			events := make(chan any, 1)
			events <- root
			close(events)
			return events, nil
		}}},
		"Folder": {
			"entries": resolve(list[any](of("Entry", true), true), func(_ context.Context, parent any, args map[string]any) (any, error) {
				n, _ := args["first"].(int64)
				return parent.(*item).below(int(n)), nil
			}),
			"holes": get(list[any](of("Entry", false), false), func(i *item) any { return append(i.below(1), nil) }),
			"batch": {Value: list[any](of("Entry", false), false), Batch: func(_ context.Context, parents []any, _ map[string]any) ([]any, error) {
				found, errs := make([]any, len(parents)), make(graphql.BatchErrorList, len(parents))
				for i, p := range parents {
					if found[i] = p.(*item).below(2); i%3 == 2 {
						errs[i] = failing
					}
				}
				return found, errs
			}},
			"size":  get(plain("Int", true), func(i *item) any { return i.number }),
			"ratio": get(plain("Float", false), func(i *item) any { return float64(i.number) / 3 }),
		},
		"File": {
			"kind":   get(plain("Kind", true), func(i *item) any { return []string{"TEXT", "IMAGE"}[i.number%2] }),
			"at":     get(anything(false), func(i *item) any { return map[string]any{"depth": i.depth} }),
			"broken": {Value: str(true), Read: func(_ context.Context, p any, _ map[string]any) (any, error) { return nil, failing }},
			"tags":   get(list[any](str(false), true), func(i *item) any { return []any{"a", nil}[:i.number%3%2+1] }),
		},
	}
	for _, name := range []string{"Folder", "File"} {
		for field, f := range entry {
			objects[name][field] = f
		}
	}
	t := &engine.Tables{Schema: schema, Objects: map[string]*engine.Object{}, ObjectOf: func(v any) string {
		if v.(*item).folder() {
			return "Folder"
		}
		return "File"
	}}
	for name, fields := range objects {
		t.Objects[name] = &engine.Object{Name: name, Fields: fields}
	}
	return t
}

// Whatever document and variables are sent, the answer is JSON of the shape that
// was asked for, and the same whether or not middleware looks on.
func FuzzExecute(f *testing.F) {
	for _, seed := range [][2]string{
		{`{root{id name entries(first:3){__typename id ...on File{kind tags at} ...on Folder{size ratio holes{id}}}}}`, ``},
		{`query($k:Kind=TEXT,$w:Wanted){entries(kind:$k,of:$w){...F ...on Entry{n:name}}} fragment F on Folder{batch{id ...on Folder{batch{id}}}}`, `{"w":{"kinds":"IMAGE","inner":{"name":"y"}}}`},
		{`query($p:Pick!,$in:In){echo(pick:$p,in:$in,list:3,lists:[[TEXT],null],any:{a:[$p]})}`, `{"p":{"two":[{"one":1},{"three":{"a":2}}]},"in":{"a":1.0,"b":{"a":2}}}`},
		{`query($i:Int,$f:Float=1,$s:String,$b:Boolean,$id:ID){echo(i:$i,f:$f,s:$s,b:$b,id:$id,must:2)}`, `{"i":2147483648,"f":1e400,"s":null,"id":5.0}`},
		{`{mustFail fails panics root{id}}`, ``},
		{`{a:root{x:entries{id}}b:root{x:entries{id}} c:root{batch{id}} d:root{batch{id}}}`, ``},
		{`{any{...on File{broken}}matrix root{entries{...on File{broken}}}}`, ``},
		{`mutation{a:add{size} b:add(n:2){id} drop{id} c:add{id}}`, ``},
		{`subscription{changes(pick:{one:1}){id}}`, ``},
		{`query A($y:Boolean!=true){root @include(if:$y){id @skip(if:$y) ...on Entry@skip(if:false){name}}} query B{any{id}}`, `{"y":false}`},
		{`{__schema{types{name fields(includeDeprecated:true){args{defaultValue type{ofType{kind}}}}}} __type(name:"In"){inputFields{defaultValue}}}`, ``},
		{`{echo(pick:{one:1,two:[]}) x:echo(in:{a:1,e:2}) y:echo(s:"""\u0000""",any:["\u0000",1e2,TEXT,null])}`, `[`},
		{`{root{...on Wild{...on Folder{id}}}}`, `null`},
	} {
		f.Add(seed[0], seed[1])
	}
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: fuzzSchema})
	f.Fuzz(func(t *testing.T, query, variables string) {
		plainly := fuzzAsk(t, schema, query, variables)
		guarded := fuzzAsk(t, schema, query, variables, around(pass), func(e *executor.Executor) {
			e.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) })
		})
		if string(plainly.Data) != string(guarded.Data) || len(plainly.Errors) != len(guarded.Errors) {
			t.Errorf("%s and %d errors without middleware, %s and %d with it", plainly.Data, len(plainly.Errors), guarded.Data, len(guarded.Errors))
		}
	})
}

func fuzzAsk(t *testing.T, schema *ast.Schema, query, variables string, set ...func(*executor.Executor)) *graphql.Response {
	exec := executor.New(engine.New(fuzzTables(schema)))
	exec.SetParserTokenLimit(300)
	exec.Use(introspection{})
	exec.SetRecoverFunc(func(_ context.Context, p any) error {
		t.Errorf("a panic: %v", p)
		return errors.New("a panic")
	})
	for _, f := range set {
		f(exec)
	}
	params := &graphql.RawParams{Query: query}
	dec := json.NewDecoder(strings.NewReader(variables))
	dec.UseNumber()
	if dec.Decode(&params.Variables) != nil {
		params.Variables = nil
	}
	ctx := t.Context()
	op, errs := exec.CreateOperationContext(ctx, params)
	var resp *graphql.Response
	if errs != nil {
		resp = exec.DispatchError(ctx, errs)
	} else {
		responses, ctx := exec.DispatchOperation(ctx, op)
		resp = responses(ctx)
	}
	enc, err := resp.MarshalJSON()
	if err != nil || !json.Valid(enc) {
		t.Fatalf("not JSON: %v: %s", err, enc)
	}
	if len(enc) > 8<<20 {
		t.Fatalf("an answer of %d bytes", len(enc))
	}
	if resp.Data == nil {
		if len(resp.Errors) == 0 {
			t.Fatal("neither data nor errors")
		}
		return resp
	}
	if string(resp.Data) == "null" {
		if len(resp.Errors) == 0 {
			t.Fatal("no data, and no error says why")
		}
		return resp
	}
	var data any
	dec = json.NewDecoder(bytes.NewReader(resp.Data))
	dec.UseNumber()
	if err := dec.Decode(&data); err != nil {
		t.Fatal(err)
	}
	s := shape{schema: schema, doc: op.Doc}
	if wrong := s.object(data, []ast.SelectionSet{op.Operation.SelectionSet}); wrong != "" {
		t.Fatalf("%s: %s", wrong, resp.Data)
	}
	return resp
}

// shape compares an answer with what was asked, whatever the types of objects are.
type shape struct {
	schema *ast.Schema
	doc    *ast.QueryDocument
}

func (s shape) object(v any, sets []ast.SelectionSet) string {
	object, ok := v.(map[string]any)
	if !ok {
		return "no object"
	}
	asked := map[string][]*ast.Field{}
	for _, set := range sets {
		s.collect(asked, set, 0)
	}
	for name, value := range object {
		fields := asked[name]
		if len(fields) == 0 {
			return "nobody asked for " + name
		}
		var below []ast.SelectionSet
		var wrong []string
		for _, f := range fields {
			below = append(below, f.SelectionSet)
		}
		for _, f := range fields {
			if one := s.value(value, f.Definition.Type, below); one != "" {
				wrong = append(wrong, name+": "+one)
			}
		}
		if len(wrong) == len(fields) {
			return wrong[0]
		}
	}
	return ""
}

func (s shape) collect(asked map[string][]*ast.Field, set ast.SelectionSet, depth int) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			asked[selection.Alias] = append(asked[selection.Alias], selection)
		case *ast.InlineFragment:
			s.collect(asked, selection.SelectionSet, depth+1)
		case *ast.FragmentSpread:
			s.collect(asked, s.doc.Fragments.ForName(selection.Name).SelectionSet, depth+1)
		}
	}
}

func (s shape) value(v any, typ *ast.Type, below []ast.SelectionSet) string {
	if v == nil {
		if typ.NonNull {
			return "null"
		}
		return ""
	}
	if typ.Elem != nil {
		elems, ok := v.([]any)
		if !ok {
			return "no list"
		}
		for _, elem := range elems {
			if wrong := s.value(elem, typ.Elem, below); wrong != "" {
				return wrong
			}
		}
		return ""
	}
	def := s.schema.Types[typ.NamedType]
	_, isText := v.(string)
	_, isNumber := v.(json.Number)
	_, isFlag := v.(bool)
	ok := true
	switch {
	case !def.IsLeafType():
		return s.object(v, below)
	case def.Kind == ast.Enum:
		ok = isText && def.EnumValues.ForName(v.(string)) != nil
	case def.Name == "String" || def.Name == "ID":
		ok = isText
	case def.Name == "Int" || def.Name == "Float":
		ok = isNumber
	case def.Name == "Boolean":
		ok = isFlag
	}
	if !ok {
		return "no " + def.Name
	}
	return ""
}
