package graphql_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

func parse(t *testing.T, text string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestCollectFields(t *testing.T) {
	tests := []struct {
		query     string
		satisfies []string
		want      []string // alias, and how much is asked below
	}{
		{`{b:name a:name}`, nil, []string{"b 0", "a 0"}},
		{`{next{name} name next{other{name}}}`, nil, []string{"next 2", "name 0"}},
		{`{...on Query{a:name} ...on Named{b:name}}`, []string{"Query"}, []string{"a 0"}},
		{`{...on Query{a:name} ...on Named{b:name}}`, []string{"Query", "Named"}, []string{"a 0", "b 0"}},
		{`{...on Query{a:name} ...on Named{b:name}}`, nil, []string{"a 0", "b 0"}},
		{`{...{a:name}}`, []string{"Query"}, []string{"a 0"}},
		{`{...F ...F} fragment F on Query{next{name}}`, nil, []string{"next 1"}},
		{`{...F @skip(if:true)} fragment F on Query{name}`, nil, nil},
		{`{...F @include(if:$no)} fragment F on Query{name}`, nil, nil},
		{`{...F @skip(if:true) ...F} fragment F on Query{name}`, nil, []string{"name 0"}},
		{`{a:name @include(if:$yes) b:name @include(if:$no) c:name @skip(if:$yes) d:name @skip(if:$no)}`, nil, []string{"a 0", "d 0"}},
		{`{a:name @include(if:true) @skip(if:true) ...@include(if:false){b:name}}`, nil, nil},
		{`{a:name @include(if:$absent)}`, nil, nil},
	}
	for _, tt := range tests {
		doc := parse(t, tt.query)
		op := &graphql.OperationContext{Doc: doc, Variables: map[string]any{"yes": true, "no": false}}
		var got []string
		for _, f := range graphql.CollectFields(op, doc.Operations[0].SelectionSet, tt.satisfies) {
			got = append(got, fmt.Sprint(f.Alias, " ", len(f.Selections)))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s as %v: got %q, want %q", tt.query, tt.satisfies, got, tt.want)
		}
	}
}

// Documents are kept and shared: joining selections must not write into them.
func TestCollectFieldsLeavesTheDocumentAlone(t *testing.T) {
	doc := parse(t, `{next{a b} next{c:a}}`)
	first := doc.Operations[0].SelectionSet[0].(*ast.Field)
	first.SelectionSet = slices.Grow(first.SelectionSet, 8) // room to write into
	op := &graphql.OperationContext{Doc: doc}
	for range 2 {
		graphql.CollectFields(op, doc.Operations[0].SelectionSet, []string{"Query"})
	}
	if n := len(first.SelectionSet); n != 2 || first.SelectionSet[:3][2] != nil {
		t.Error("the document was changed")
	}
}
