package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

func askTables(t testing.TB, tables *engine.Tables, query string) string {
	exec := executor.New(engine.New(tables))
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

// node is a random tree; the field t of each depth is of another nullability.
type node struct {
	leaf     string // "" for null, "!" for an error
	children []*node
	list     bool // whether children is not null
}

// Whatever the tree, the engine answers what the specification's own recursive
// algorithm answers, with the same number of errors.
func TestExecutionIsThatOfTheSpecification(t *testing.T) {
	const depth = 4
	rapid.Check(t, func(t *rapid.T) {
		leafMust := rapid.SliceOfN(rapid.Bool(), depth+1, depth+1).Draw(t, "leaf!")
		listMust := rapid.SliceOfN(rapid.Bool(), depth+1, depth+1).Draw(t, "list!")
		elemMust := rapid.SliceOfN(rapid.Bool(), depth+1, depth+1).Draw(t, "elem!")
		root := drawNode(t, depth)

		mark := func(must bool) string {
			if must {
				return "!"
			}
			return ""
		}
		schemaText := "type Query { root: N4 }\n"
		objects := map[string]*engine.Object{
			"Query": {Fields: map[string]*engine.Field{"root": always(of("N4", false), root, nil)}},
		}
		query, end := "{root{leaf", "}}"
		for d := depth; d >= 0; d-- {
			fields := map[string]*engine.Field{"leaf": {Value: str(leafMust[d]), Read: readNode}}
			schemaText += fmt.Sprintf("type N%d { leaf: String%s ", d, mark(leafMust[d]))
			if d > 0 {
				schemaText += fmt.Sprintf("kids: [N%d%s]%s", d-1, mark(elemMust[d]), mark(listMust[d]))
				fields["kids"] = &engine.Field{Value: kids(d, listMust[d], elemMust[d])}
				if d%2 == 0 {
					fields["kids"].Resolve = kidsOf
				} else {
					fields["kids"].Batch = func(ctx context.Context, parents []any, args map[string]any) ([]any, error) {
						found := make([]any, len(parents))
						for i, p := range parents {
							found[i], _ = kidsOf(ctx, p, args)
						}
						return found, nil
					}
				}
				query += " kids{leaf"
				end += "}"
			}
			schemaText += "}\n"
			objects[fmt.Sprintf("N%d", d)] = &engine.Object{Fields: fields}
		}
		schema, err := gqlparser.LoadSchema(&ast.Source{Input: schemaText})
		if err != nil {
			t.Fatal(err)
		}
		exec := executor.New(engine.New(&engine.Tables{Schema: schema, Objects: objects}))
		op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query + end})
		if errs != nil {
			t.Fatal(errs)
		}
		responses, ctx := exec.DispatchOperation(context.Background(), op)
		got := responses(ctx)

		spec := reference{leafMust: leafMust, listMust: listMust, elemMust: elemMust}
		want, ok := spec.object(root, depth)
		if !ok {
			want = "null"
		}
		if string(got.Data) != `{"root":`+want+`}` {
			t.Fatalf("\n got %s\nwant %s", got.Data, want)
		}
		if len(got.Errors) != spec.errors {
			t.Fatalf("%d errors, want %d", len(got.Errors), spec.errors)
		}
	})
}

func drawNode(t *rapid.T, depth int) *node {
	n := &node{leaf: rapid.SampledFrom([]string{"a", "a", "a", "a", "b", "", "!"}).Draw(t, "leaf")}
	if depth == 0 || rapid.IntRange(0, 9).Draw(t, "null") == 0 {
		return n
	}
	n.list = true
	for range rapid.IntRange(0, 3).Draw(t, "length") {
		if rapid.IntRange(0, 9).Draw(t, "hole") == 0 {
			n.children = append(n.children, nil)
		} else {
			n.children = append(n.children, drawNode(t, depth-1))
		}
	}
	return n
}

func readNode(_ context.Context, p any, _ map[string]any) (any, error) {
	switch leaf := p.(*node).leaf; leaf {
	case "":
		return nil, nil
	case "!":
		return nil, errors.New("no leaf")
	default:
		return leaf, nil
	}
}

func kidsOf(_ context.Context, p any, _ map[string]any) (any, error) {
	if n := p.(*node); n.list {
		return n, nil
	}
	return nil, nil
}

func kids(d int, list, elem bool) *engine.Value {
	return &engine.Value{NonNull: list, Elem: of(fmt.Sprintf("N%d", d-1), elem), Elems: func(v any, to []any) ([]any, bool) {
		for _, c := range v.(*node).children {
			to = append(to, c)
		}
		return to, true
	}}
}

// reference executes depth first, as the specification words it.
type reference struct {
	leafMust, listMust, elemMust []bool
	errors                       int
}

func (r *reference) object(n *node, d int) (string, bool) {
	out, ok := `{"leaf":`, true
	switch {
	case n.leaf == "!" || n.leaf == "" && r.leafMust[d]:
		r.errors++
		ok = !r.leafMust[d]
		out += "null"
	case n.leaf == "":
		out += "null"
	default:
		out += `"` + n.leaf + `"`
	}
	if d > 0 {
		list, good := r.list(n, d)
		out += `,"kids":` + list
		ok = ok && good
	}
	return out + "}", ok
}

func (r *reference) list(n *node, d int) (string, bool) {
	if !n.list {
		if r.listMust[d] {
			r.errors++
		}
		return "null", !r.listMust[d]
	}
	ok := true
	var parts []string
	for _, c := range n.children {
		part, good := "null", false
		if c != nil {
			part, good = r.object(c, d-1)
		} else if r.elemMust[d] {
			r.errors++
		}
		if !good {
			part = "null"
			ok = ok && !r.elemMust[d]
		}
		parts = append(parts, part)
	}
	if !ok {
		return "null", !r.listMust[d]
	}
	return "[" + strings.Join(parts, ",") + "]", true
}
