package extension_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// schema counts its own complexity calls.
type schema struct {
	graphql.ExecutableSchema
	calls int
}

func (s *schema) Complexity(ctx context.Context, typeName, fieldName string, children int, args map[string]any) (int, bool) {
	s.calls++
	return s.ExecutableSchema.Complexity(ctx, typeName, fieldName, children, args)
}

func newSchema() *schema {
	tables := &engine.Tables{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: `
			scalar _Any
			union _Entity = Page | Dear
			type Query { page(first: Int = 10): Page! free: Int! node: Node text(id: ID): String _entities(representations: [_Any!]!): [_Entity]! }
			interface Node { self: Node leaf: Int }
			type Page implements Node { self: Node leaf: Int items: [Page!]! }
			type Dear implements Node { self: Node leaf: Int }
			type Zero implements Node { self: Node leaf: Int }
		`}),
		Complexity: func(_ context.Context, object, field string, children int, args map[string]any) (int, bool) {
			switch object + "." + field {
			case "Query.page":
				first := int(args["first"].(int64))
				return 1 + first*children, true
			case "Query.free":
				return -5, true
			case "Dear.leaf":
				return 100, true
			}
			return 0, false
		},
		Objects: map[string]*engine.Object{},
	}
	leaf := func(fields ...string) map[string]*engine.Field {
		all := map[string]*engine.Field{}
		for _, f := range fields {
			all[f] = &engine.Field{Value: &engine.Value{}, Read: func(context.Context, any, map[string]any) (any, error) { return nil, nil }}
		}
		return all
	}
	tables.Objects["Query"] = &engine.Object{Fields: leaf("page", "free", "node", "text", "_entities")}
	tables.Objects["Page"] = &engine.Object{Fields: leaf("self", "leaf", "items")}
	tables.Objects["Dear"] = &engine.Object{Fields: leaf("self", "leaf")}
	tables.Objects["Zero"] = &engine.Object{Fields: leaf("self", "leaf")}
	return &schema{ExecutableSchema: engine.New(tables)}
}

// cost is the complexity of a query, and how often the schema was asked for it.
func cost(t *testing.T, query string, variables map[string]any) (total, calls int) {
	t.Helper()
	es := newSchema()
	e := executor.New(es)
	e.SetDefaultRulesFn(lenient)
	e.Use(extension.FixedComplexityLimit(-1)) // which nothing keeps
	_, errs := e.CreateOperationContext(context.Background(), &graphql.RawParams{Query: query, Variables: variables})
	if _, err := fmt.Sscanf(errs.Error(), "input: operation has complexity %d,", &total); err != nil {
		t.Fatal(errs)
	}
	return total, es.calls
}

// lenient leaves out the rule whose own cost grows with the square of the document.
func lenient() *rules.Rules {
	set := rules.NewDefaultRules()
	set.RemoveRule("OverlappingFieldsCanBeMerged")
	return set
}

func TestComplexity(t *testing.T) {
	tests := []struct {
		query string
		want  int
	}{
		{`{free}`, 1}, // a cost below that of its children does not count
		{`{text}`, 1},
		{`{a:text b:text}`, 2},
		{`{page{leaf}}`, 1 + 10},
		{`{page(first:3){leaf items{leaf}}}`, 1 + 3*3},
		{`query($n:Int){page(first:$n){leaf}}`, 1 + 50},
		{`{page(first:2147483647){items{items{items{leaf}}}}}`, 1 + 2147483647*4},
		{`{node{leaf}}`, 101},
		{`{node{... on Page{leaf}}}`, 2},
		{`{...F ...F} fragment F on Query{page(first:2){leaf}}`, 6},
		{`{page{__typename}}`, 1},
		{`{__schema{types{name}}}`, 0},
		{`{text(id:"x") @skip(if:true)}`, 1},
	}
	for _, tt := range tests {
		got, _ := cost(t, tt.query, map[string]any{"n": json.Number("50")})
		if got != tt.want {
			t.Errorf("%s costs %d, want %d", tt.query, got, tt.want)
		}
	}
}

// A document of fragments that each spread the next one twice selects 2^40 fields.
// Counting them asks once for each field that is written.
func TestComplexityOfNestedFragmentsIsCountedOnce(t *testing.T) {
	const depth = 40
	var doc strings.Builder
	doc.WriteString(`{page(first:1){...F0}}`)
	for i := range depth {
		fmt.Fprintf(&doc, " fragment F%d on Page{a:self{...on Page{...F%d}} b:self{...on Page{...F%d}}}", i, i+1, i+1)
	}
	fmt.Fprintf(&doc, " fragment F%d on Page{leaf}", depth)
	total, calls := cost(t, doc.String(), nil)
	if total < 1<<depth {
		t.Errorf("costs %d, want more than 2^%d", total, depth)
	}
	if calls > 2*depth+2 {
		t.Errorf("the schema was asked %d times for %d fields", calls, 2*depth+2)
	}
}

func TestEachRepresentationCosts(t *testing.T) {
	many := slices.Repeat([]any{map[string]any{"__typename": "Page"}}, 50_000)
	const named = `query($r:[_Any!]!){_entities(representations:$r)`
	tests := []struct {
		query           string
		representations any
		want            int
	}{
		{named + `{...on Page{leaf}}}`, many, 2 * 50_000},
		{named + `{__typename}}`, many, 50_000},
		{named + `{...on Page{leaf} ...on Dear{leaf}}}`, many[:3], 3 * (1 + 1 + 100)},
		{named + `{...F}} fragment F on Page{leaf self{leaf}}`, many[:2], 2 * (1 + 1 + 101)},
		{named + `{...on Page{leaf}}}`, many[0], 2},
		{named + `{...on Page{leaf}}}`, many[:0], 2},
		{named + `{...on Page{leaf}} page(first:3){leaf}}`, many[:10], 10*2 + 1 + 3},
		{`{_entities(representations:[{a:1},{a:2},{a:3}]){...on Page{leaf}}}`, nil, 3 * 2},
		{`query($a:_Any!){_entities(representations:[$a,$a]){...on Page{leaf}}}`, nil, 2 * 2},
		{named + `{...on Page{...on Page{leaf}} ...on Page{a:leaf b:leaf}} again:_entities(representations:$r){__typename}}`, many[:5], 5*4 + 5},
	}
	for _, tt := range tests {
		variables := map[string]any{"r": tt.representations, "a": map[string]any{}}
		if got, _ := cost(t, tt.query, variables); got != tt.want {
			t.Errorf("%s costs %d, want %d", tt.query, got, tt.want)
		}
	}
}

func TestRepresentationsOfNestedFragmentsDoNotOverflow(t *testing.T) {
	const depth = 60
	var doc strings.Builder
	doc.WriteString(`query($r:[_Any!]!){_entities(representations:$r){...F0}}`)
	for i := range depth {
		fmt.Fprintf(&doc, " fragment F%d on Page{a:self{...on Page{...F%d}} b:self{...on Page{...F%d}}}", i, i+1, i+1)
	}
	fmt.Fprintf(&doc, " fragment F%d on Page{leaf}", depth)
	if total, _ := cost(t, doc.String(), map[string]any{"r": slices.Repeat([]any{1}, 8)}); total != math.MaxInt {
		t.Errorf("costs %d", total)
	}
}

func TestComplexityDoesNotOverflow(t *testing.T) {
	const depth = 70
	var doc strings.Builder
	doc.WriteString(`{page(first:1){...F0}}`)
	for i := range depth {
		fmt.Fprintf(&doc, " fragment F%d on Page{a:self{...on Page{...F%d}} b:self{...on Page{...F%d}}}", i, i+1, i+1)
	}
	fmt.Fprintf(&doc, " fragment F%d on Page{leaf}", depth)
	if total, _ := cost(t, doc.String(), nil); total <= 0 {
		t.Errorf("costs %d", total)
	}
}

func TestComplexityLimit(t *testing.T) {
	for limit, refused := range map[int]bool{10: true, 11: false} {
		e := executor.New(newSchema())
		e.Use(extension.FixedComplexityLimit(limit))
		op, errs := e.CreateOperationContext(context.Background(), &graphql.RawParams{Query: `{page{leaf}}`})
		if (errs != nil) != refused {
			t.Errorf("limit %d: %v", limit, errs)
		}
		stats := extension.GetComplexityStats(graphql.WithOperationContext(context.Background(), op))
		if stats == nil || stats.Complexity != 11 || stats.ComplexityLimit != limit {
			t.Errorf("limit %d: the stats are %v", limit, stats)
		}
		if refused && (errs[0].Message != "operation has complexity 11, which exceeds the limit of 10" || errs[0].Extensions["code"] != "COMPLEXITY_LIMIT_EXCEEDED") {
			t.Errorf("got %v", errs)
		}
	}
	if (&extension.ComplexityLimit{}).Validate(newSchema()) == nil {
		t.Error("a limit without a function is accepted")
	}
}

func TestIntrospectionIsOffUntilUsed(t *testing.T) {
	for _, use := range []bool{false, true} {
		e := executor.New(newSchema())
		e.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) })
		if use {
			e.Use(extension.Introspection{})
		}
		op, errs := e.CreateOperationContext(context.Background(), &graphql.RawParams{Query: `{__schema{queryType{name}}}`})
		if errs != nil || op.DisableIntrospection == use {
			t.Errorf("used: %v, disabled: %v, %v", use, op.DisableIntrospection, errs)
		}
	}
}

func TestPersistedQueries(t *testing.T) {
	const query = `{text}`
	digest := sha256.Sum256([]byte(query))
	hash := hex.EncodeToString(digest[:])
	persisted := func(version, hash any) map[string]any {
		return map[string]any{"persistedQuery": map[string]any{"version": version, "sha256Hash": hash}}
	}
	one := json.Number("1")
	e := executor.New(newSchema())
	e.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](2)})

	steps := []struct {
		name, query string
		extensions  map[string]any
		want        string // of the error
	}{
		{"unknown", "", persisted(one, hash), "PersistedQueryNotFound"},
		{"of another text", query, persisted(one, "swordfish"), "the hash of the persisted query is not that of its text"},
		{"still unknown", "", persisted(one, hash), "PersistedQueryNotFound"},
		{"sent", query, persisted(one, hash), ""},
		{"known", "", persisted(one, hash), ""},
		{"known, by a program's number", "", persisted(1, hash), ""},
		{"without", query, nil, ""},
		{"of another version", "", persisted(json.Number("2"), hash), "this version of persisted queries is not supported"},
		{"without a hash", "", persisted(one, 5), "the persistedQuery extension is malformed"},
		{"of another form", "", map[string]any{"persistedQuery": "swordfish"}, "the persistedQuery extension is malformed"},
	}
	for _, step := range steps {
		_, errs := e.CreateOperationContext(context.Background(), &graphql.RawParams{Query: step.query, Extensions: step.extensions})
		got := ""
		if errs != nil {
			got = errs[0].Message
		}
		if got != step.want {
			t.Errorf("%s: %q, want %q", step.name, got, step.want)
		}
	}
	if (extension.AutomaticPersistedQuery{}).Validate(newSchema()) == nil {
		t.Error("persisted queries without a cache are accepted")
	}
}

func TestTheOldestIsForgotten(t *testing.T) {
	ctx := context.Background()
	cache := lru.New[int](2)
	for i, key := range []string{"a", "b"} {
		cache.Add(ctx, key, i)
	}
	cache.Get(ctx, "a")
	cache.Add(ctx, "c", 3)
	_, hasB := cache.Get(ctx, "b")
	_, hasA := cache.Get(ctx, "a")
	if hasB || !hasA {
		t.Error("the one used last was forgotten")
	}
}
