package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

// animals has a type for each kind that a fragment can be conditioned on.
var animals = service{
	sdl: `
		type Query { dog: Dog pet: Pet animal: Animal being: Being all: [Animal!] a: A b: Int name: String }
		type A { subfield1: Int subfield2: Int a: A }
		interface Being { name: String }
		interface Animal implements Being { name: String legs: Int }
		type Dog implements Being & Animal { name: String legs: Int barks: Boolean friend: Animal }
		type Cat implements Being & Animal { name: String legs: Int meows: Boolean friend: Animal }
		type Stone { name: String }
		union Pet = Dog | Cat
	`,
	root: object{
		"dog": dog, "pet": cat, "animal": cat, "being": dog, "all": []any{dog, cat, dog}, "b": 2, "name": "root",
		"a": object{"subfield1": 1, "subfield2": 2, "a": object{"subfield1": 11, "subfield2": 12}},
	},
}

var (
	cat = object{"__typename": "Cat", "name": "Tom", "legs": 4, "meows": true}
	dog = object{"__typename": "Dog", "name": "Rex", "legs": 3, "barks": false, "friend": cat}
)

// 6.3.2 CollectFields: the order of the answer is that in which response names are
// met first, depth first through fragments.
func TestSpecCollectFieldsOrder(t *testing.T) {
	check(t, animals, []example{
		{"the specification's example", query(`{ a { subfield1 } ...ExampleFragment } fragment ExampleFragment on Query { a { subfield2 } b }`),
			data(`{"a":{"subfield1":1,"subfield2":2},"b":2}`)},
		{"as written", query(`{ name b }`), data(`{"name":"root","b":2}`)},
		{"as written, the other way about", query(`{ b name }`), data(`{"b":2,"name":"root"}`)},
		{"aliases are response names of their own", query(`{ z: b b y: b }`), data(`{"z":2,"b":2,"y":2}`)},
		{"an alias that is another field's name", query(`{ name: b b: name }`), data(`{"name":2,"b":"root"}`)},
		{"a name met again keeps its first place", query(`{ b name b }`), data(`{"b":2,"name":"root"}`)},
		{"fragments where they stand", query(`{ ... { name } b ...F } fragment F on Query { c: b name }`), data(`{"name":"root","b":2,"c":2}`)},
		{"depth first", query(`{ ...F z: b } fragment F on Query { y: b ...G x: b } fragment G on Query { w: b }`), data(`{"y":2,"w":2,"x":2,"z":2}`)},
		{"names inside fragments join those outside", query(`{ b ...F name } fragment F on Query { name b }`), data(`{"b":2,"name":"root"}`)},
	})
}

// 6.3.2 CollectFields: a fragment is visited once in a selection set, unless what
// comes before it has skipped it.
func TestSpecCollectFieldsVisitedFragments(t *testing.T) {
	check(t, animals, []example{
		{"spread twice", query(`{ ...F b ...F } fragment F on Query { name }`), data(`{"name":"root","b":2}`)},
		{"skipped, then spread", query(`{ ...F @skip(if: true) b ...F } fragment F on Query { name }`), data(`{"b":2,"name":"root"}`)},
		{"spread, then skipped", query(`{ ...F b ...F @skip(if: true) } fragment F on Query { name }`), data(`{"name":"root","b":2}`)},
		{"through another fragment", query(`{ ...G ...F } fragment G on Query { b ...F } fragment F on Query { name }`), data(`{"b":2,"name":"root"}`)},
		{"once per selection set, not per document",
			query(`{ a { ...F a { ...F } } } fragment F on A { subfield1 }`), data(`{"a":{"subfield1":1,"a":{"subfield1":11}}}`)},
		{"forty, each of which spreads the next twice", query(doubling(40)), data(`{"b":2}`)},
	})
}

// doubling is a document that would have 2 to the power of n selections, were a fragment
// visited more than once.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString(`{ ...F0 }`)
	for i := range n {
		fmt.Fprintf(&b, ` fragment F%d on Query { ...F%d ...F%d }`, i, i+1, i+1)
	}
	fmt.Fprintf(&b, ` fragment F%d on Query { b }`, n)
	return b.String()
}

// 6.3.2 CollectFields: @skip and @include, alone and together, on fields, spreads and
// inline fragments, with literals and variables.
func TestSpecCollectFieldsSkipAndInclude(t *testing.T) {
	const both, none = `{"data":{"b":2,"name":"root"}}`, `{"data":{"b":2}}`
	for _, tt := range []struct{ directives, want string }{
		{``, both},
		{`@skip(if: true)`, none},
		{`@skip(if: false)`, both},
		{`@include(if: true)`, both},
		{`@include(if: false)`, none},
		{`@skip(if: true) @include(if: true)`, none},
		{`@skip(if: true) @include(if: false)`, none},
		{`@skip(if: false) @include(if: true)`, both},
		{`@skip(if: false) @include(if: false)`, none},
		{`@include(if: true) @skip(if: true)`, none},
		{`@include(if: true) @skip(if: false)`, both},
		{`@include(if: false) @skip(if: false)`, none},
		{`@skip(if: $yes)`, none},
		{`@skip(if: $no)`, both},
		{`@include(if: $yes)`, both},
		{`@include(if: $no)`, none},
		{`@skip(if: $no) @include(if: $yes)`, both},
		{`@skip(if: $yes) @include(if: $yes)`, none},
	} {
		for _, form := range []string{
			`b name DIRECTIVES`, `b ... DIRECTIVES { name }`, `b ... on Query DIRECTIVES { name }`, `b ...F DIRECTIVES`,
		} {
			document := `query($yes: Boolean! = true, $no: Boolean!) { x: __typename @include(if: $no) @skip(if: $yes) ` +
				strings.Replace(form, "DIRECTIVES", tt.directives, 1) + ` }`
			if strings.Contains(form, "F") {
				document += ` fragment F on Query { name }`
			}
			t.Run(form+" "+tt.directives, func(t *testing.T) {
				if got := animals.answer(t, with(document, `{"no": false}`)); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		}
	}
	check(t, animals, []example{
		{"a selection set may come to nothing", query(`{ a { subfield1 @skip(if: true) } b }`), data(`{"a":{},"b":2}`)},
		{"the whole operation may", query(`{ b @skip(if: true) }`), data(`{}`)},
		{"one of two of the same name is enough", query(`{ b @skip(if: true) name b }`), data(`{"name":"root","b":2}`)},
		{"@defer defers nothing", query(`{ ... @defer { name } ...F @defer(label: "later") } fragment F on Query { b }`), data(`{"name":"root","b":2}`)},
		{"what is skipped asks for nothing below", query(`{ a { subfield1 } a @skip(if: true) { subfield2 } }`), data(`{"a":{"subfield1":1}}`)},
		{"a variable with a default that is null now", with(`query($v: Boolean = true) { b x: name @skip(if: $v) y: name @include(if: $v) }`, `{"v": null}`),
			data(`{"b":2,"x":"root"}`)},
	})
}

// 6.3.2 DoesFragmentTypeApply: an object type applies to itself, to the interfaces it
// implements and to the unions it is a member of.
func TestSpecDoesFragmentTypeApply(t *testing.T) {
	const conditions = `{ FIELD { t: __typename
		... on Dog { dog: name } ... on Cat { cat: name } ... on Animal { animal: name } ... on Being { being: name } ... on Pet { ... on Being { pet: name } } } }`
	isDog := `{"t":"Dog","dog":"Rex","animal":"Rex","being":"Rex","pet":"Rex"}`
	isCat := `{"t":"Cat","cat":"Tom","animal":"Tom","being":"Tom","pet":"Tom"}`
	for field, want := range map[string]string{
		"pet": isCat, "animal": isCat, "being": isDog, "all": `[` + isDog + `,` + isCat + `,` + isDog + `]`,
	} {
		t.Run(field, func(t *testing.T) {
			if got := animals.answer(t, query(strings.Replace(conditions, "FIELD", field, 1))); got != data(`{"`+field+`":`+want+`}`) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	check(t, animals, []example{
		{"of an object type", query(`{ dog { ... on Animal { legs } ... on Pet { ... on Dog { barks } } ... on Being { name } } }`),
			data(`{"dog":{"legs":3,"barks":false,"name":"Rex"}}`)},
		{"a named fragment", query(`{ all { ...D ...C } } fragment D on Dog { barks } fragment C on Cat { meows }`),
			data(`{"all":[{"barks":false},{"meows":true},{"barks":false}]}`)},
		{"without a condition", query(`{ pet { ... { t: __typename } } }`), data(`{"pet":{"t":"Cat"}}`)},
		{"one that cannot apply is invalid", query(`{ dog { ... on Stone { name } } }`),
			requestError(invalid(13, `Fragment cannot be spread here as objects of type "Dog" can never be of type "Stone".`))},
		{"each type its own order", query(`{ all { ... on Cat { n: name l: legs } ... on Dog { l: legs n: name } } }`),
			data(`{"all":[{"l":3,"n":"Rex"},{"n":"Tom","l":4},{"l":3,"n":"Rex"}]}`)},
	})
}

// 6.4.3 MergeSelectionSets: selections of one response name are resolved once, and
// what they ask below is merged.
func TestSpecMergeSelectionSets(t *testing.T) {
	check(t, animals, []example{
		{"two fields", query(`{ a { subfield1 } a { subfield2 } }`), data(`{"a":{"subfield1":1,"subfield2":2}}`)},
		{"of the same subfield", query(`{ a { subfield1 } a { subfield1 } }`), data(`{"a":{"subfield1":1}}`)},
		{"at depth", query(`{ a { a { subfield1 } } a { b: subfield2 a { subfield2 } } }`),
			data(`{"a":{"a":{"subfield1":11,"subfield2":12},"b":2}}`)},
		{"under one alias", query(`{ x: a { subfield1 } x: a { subfield2 } }`), data(`{"x":{"subfield1":1,"subfield2":2}}`)},
		{"through fragments of different types", query(`{ all { ... on Dog { friend { name } } ... on Animal { ... on Dog { friend { legs } } } } }`),
			data(`{"all":[{"friend":{"name":"Tom","legs":4}},{},{"friend":{"name":"Tom","legs":4}}]}`)},
		{"with an interface and its object", query(`{ animal { name ... on Cat { name meows } } }`), data(`{"animal":{"name":"Tom","meows":true}}`)},
		{"what cannot be merged is invalid", query(`{ x: b x: name }`),
			requestError(invalid(8, `Fields "x" conflict because "b" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.`))},
	})
	for _, way := range ways {
		var calls atomic.Int64
		s := animals
		s.way = way
		s.fields = map[string]resolver{"Query.a": func(context.Context, any, map[string]any) (any, error) {
			calls.Add(1)
			return object{"subfield1": 1, "subfield2": 2}, nil
		}}
		s.answer(t, query(`{ a { subfield1 } ...F a { subfield1 } } fragment F on Query { a { subfield2 } }`))
		if calls.Load() != 1 {
			t.Errorf("a field of one response name was resolved %d times", calls.Load())
		}
	}
}
