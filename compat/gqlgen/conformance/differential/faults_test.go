//go:build conformance

package differential

import "github.com/vektah/gqlparser/v2/ast"

// faults are mistakes that a document can have. Both sides must refuse it.
var faults = []string{
	"unknown field", "leaf with selections", "object without selections", "unknown fragment",
	"undefined variable", "unused variable", "unused fragment", "operations of one name", "fragments of one name",
	"fragment in a circle", "fragment on a scalar", "impossible spread", "conflicting alias", "unknown directive",
	"misplaced directive", "directive twice", "argument twice", "unknown argument", "no such operation",
	"variable twice", "variable of an output type", "variable in the wrong place", "syntax", "second anonymous operation",
	"skip without if", "unknown type", "type definition", "no operation", "spread of an unknown type", "nullable variable",
	"empty selection",
}

// once says whether the fault is this one; it is made once.
func (w *operationWriter) once(fault string) bool {
	if w.fault != fault {
		return false
	}
	w.fault = ""
	return true
}

// wrongSelection is a selection that must not stand in a set on def.
func (w *operationWriter) wrongSelection(def *ast.Definition) []string {
	switch {
	case w.once("unknown field"):
		return []string{"missing"}
	case w.once("leaf with selections"):
		return []string{"__typename { a }"}
	case def == w.schema.Query && w.once("object without selections"):
		return []string{"__schema"}
	case w.once("unknown fragment"):
		return []string{"...Missing"}
	case def == w.schema.Query && w.once("undefined variable"):
		return []string{"__type(name: $missing) { name }"}
	case w.once("impossible spread"):
		return []string{"... on " + outsider + " { __typename }"}
	case def == w.schema.Query && w.once("conflicting alias"):
		return []string{"c: __typename", "c: __schema { __typename }"}
	case w.once("unknown directive"):
		return []string{"__typename @missing"}
	case w.once("misplaced directive"):
		return []string{"... @once { __typename }"}
	case w.once("directive twice"):
		return []string{"__typename @once @once"}
	case w.once("skip without if"):
		return []string{"__typename @skip"}
	case w.once("spread of an unknown type"):
		return []string{"... on Missing { __typename }"}
	case w.once("fragment on a scalar"):
		return []string{"... on Int { __typename }"}
	case def == w.schema.Query && w.once("argument twice"):
		return []string{`__type(name: "A", name: "A") { name }`}
	case w.once("empty selection"):
		return []string{"... { }"}
	}
	return nil
}

func (w *operationWriter) wrongArgument() []string {
	if w.once("unknown argument") {
		return []string{"missing: 1"}
	}
	return nil
}

// extraVariables declares variables that must not be declared so.
func (w *operationWriter) extraVariables() []string {
	switch {
	case w.once("unused variable"):
		return []string{"$unused: Int"}
	case w.once("variable of an output type"):
		return []string{"$output: T0"}
	case w.once("unknown type"):
		return []string{"$unknown: Missing"}
	case w.once("variable twice"):
		return []string{"$twice: Int", "$twice: Int"}
	}
	return nil
}

// misplaced is more definitions, which the document must not have.
func (w *operationWriter) misplaced(req *request) []string {
	switch {
	case w.once("unused fragment"):
		return []string{"fragment Unused on Query { __typename }"}
	case w.once("operations of one name"):
		return []string{"query Twice { __typename }", "query Twice { __typename }"}
	case w.once("fragments of one name"):
		return []string{"fragment Twice on Query { __typename }", "fragment Twice on Query { __typename }", "query Spreads { ...Twice }"}
	case w.once("fragment in a circle"):
		return []string{"fragment A on Query { ...B }", "fragment B on Query { ...A }", "query Circle { ...A }"}
	case w.once("second anonymous operation"):
		return []string{"{ __typename }", "{ __typename }"}
	case w.once("no such operation"):
		req.OperationName = "Missing"
	case w.once("syntax"):
		return []string{w.one("{", "}", "query {", "{ a(: 1) }", "{ a(b: ) }", "query ($v Int) { a }", "{ a(b: \"open) }", "{ a(b: 01) }", "fragment on on Query { a }", "{ ...on }", "?")}
	case w.once("type definition"):
		return []string{"type Extra { a: Int }"}
	case w.once("variable in the wrong place"):
		return []string{"query Place($v: Int!) { __type(name: $v) { name } }"}
	case w.once("nullable variable"):
		return []string{"query Nullable($v: String) { __type(name: $v) { name } }"}
	}
	return nil
}
