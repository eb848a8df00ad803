package engine

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// plan is what an operation asks, worked out once for all requests that ask the same.
// The values of arguments are not part of it: they are the request's.
type plan struct {
	schema *Schema
	question
	// op is what is looked at when fields are collected: the document, and the
	// variables on which conditions may depend.
	op *graphql.OperationContext

	mu         sync.Mutex
	selections map[place]*selection
	fields     int // in all of them
}

// question tells operations apart whose plans differ. An operation is the same where
// its document comes out of a cache of documents.
type question struct {
	operation *ast.OperationDefinition
	// conditions says of each Boolean variable whether it is true. Specification:
	// @skip and @include take no other variables.
	conditions string
	watched    bool // middleware sees every field
	reticent   bool // introspection is disabled
}

const (
	// manyPlans is how many plans are remembered.
	manyPlans = 500
	// largePlan is beyond how many fields a plan is not: fragments can make a short
	// document ask for very many.
	largePlan = 1000
	// inlined is how many selections are planned before an object is met, to see
	// whether all below is read while it is written.
	inlined = 256
)

// plan is the plan of an operation.
func (s *Schema) plan(op *graphql.OperationContext) *plan {
	q := question{operation: op.Operation, watched: op.ResolverMiddleware != nil, reticent: op.DisableIntrospection}
	var variables map[string]any
	for _, def := range op.Operation.VariableDefinitions {
		if def.Type.NamedType != "Boolean" {
			continue
		}
		if variables == nil {
			variables = make(map[string]any)
		}
		variables[def.Variable] = op.Variables[def.Variable]
		if op.Variables[def.Variable] == true {
			q.conditions += "1"
		} else {
			q.conditions += "0"
		}
	}
	if p, ok := s.plans.Get(q); ok {
		return p
	}
	p := &plan{
		schema: s, question: q, selections: make(map[place]*selection),
		op: &graphql.OperationContext{Doc: op.Doc, Variables: variables},
	}
	s.plans.Add(q, p)
	return p
}

// selection is what an operation asks of one object type at one place of its
// document. Objects met at the same place share it.
type selection struct {
	object *object
	fields []*field
	// inline says that every field is read while it is written.
	inline bool
}

// field is one field of a selection.
type field struct {
	graphql.CollectedField
	table *Field
	// key is the response name as it is written: quoted, between the bracket or the comma
	// before it and a colon.
	key []byte
	// arguments are those that its object type declares: where the field was selected
	// through an interface, that may know fewer, and other defaults.
	arguments ast.ArgumentDefinitionList
	// err is why the field has no value, whatever the request.
	err error
	// leaf says that the value is written as it is, lists of leaves included.
	leaf bool
	// late says that the value is fetched only when it is written.
	late bool
	// direct says that it is written without being looked at.
	direct bool
	// member says that it is a struct's member, whose reading nobody watches.
	member bool
	// inline says that the field is read while it is written, and all below it.
	inline bool
	// object and objects say that all below is inline, and that the object, or those of
	// the list, can be had from the struct with nothing boxed or checked.
	object, objects bool
	// below is what is asked of the objects of the field where all of it is
	// written while it is read, so that they need not become rows. Nil otherwise.
	below *selection
	// legal says whether what was written is a value of a leaf's type. Nil
	// where anything is.
	legal func(json []byte) bool
	// concrete is the object type of the field; nil where the value tells.
	concrete *object
}

// place identifies a selection: the syntax it comes from, and the type. Joined
// selection sets are slices of their own, so that the address suffices.
type place struct {
	first  *ast.Selection
	count  int
	object *object
}

// selection returns what set selects on an object type.
// Specification: CollectFields and MergeSelectionSets.
func (p *plan) selection(set ast.SelectionSet, o *object) *selection {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.selectionOf(set, o)
}

func (p *plan) selectionOf(set ast.SelectionSet, o *object) *selection {
	at := place{object: o, count: len(set)}
	if len(set) > 0 {
		at.first = &set[0]
	}
	if sel := p.selections[at]; sel != nil {
		return sel
	}
	collected := graphql.CollectFields(p.op, set, o.satisfies)
	sel := &selection{object: o, fields: make([]*field, len(collected)), inline: true}
	p.selections[at] = sel
	if p.fields += len(collected); p.fields > largePlan {
		p.schema.plans.Remove(p.question)
	}
	for i, c := range collected {
		f := p.field(o, c)
		f.key[0] = "{,"[min(i, 1)]
		sel.inline = sel.inline && (f.inline || f.err != nil)
		sel.fields[i] = f
	}
	return sel
}

func (p *plan) field(o *object, c graphql.CollectedField) *field {
	f := &field{CollectedField: c, table: o.fields[c.Name]}
	f.key = append(AppendString([]byte{','}, c.Alias), ':')
	if f.table == nil {
		// The tables and the schema disagree: say so, rather than answer null.
		f.table, f.err = &Field{Value: &Value{}}, errNoField
		return f
	}
	if def := p.schema.tables.Schema.Types[o.name].Fields.ForName(c.Name); def != nil {
		f.arguments = def.Arguments
	}
	value := f.table.Value.innermost()
	f.leaf = value.Append != nil
	f.late = f.leaf && f.table.Read != nil
	bare := len(f.arguments) == 0
	f.direct = f.late && bare && f.table.AppendLeaf != nil && (!p.watched || c.Name == "__typename")
	f.legal = p.schema.legal[value.Type]
	if p.reticent && (c.Name == "__schema" || c.Name == "__type") {
		f.err = errIntrospection()
		return f
	}
	if !f.leaf {
		f.concrete = p.schema.objects[value.Type]
	}
	if f.concrete != nil && len(p.selections) < inlined {
		if below := p.selectionOf(f.Selections, f.concrete); below.inline {
			f.below = below
		}
	}
	f.member = f.table.Read != nil && !f.table.IsMethod && !p.watched
	f.object = f.member && bare && f.below != nil && f.table.Member != nil && f.table.Value.Elem == nil
	f.objects = f.member && bare && f.below != nil && f.table.AppendElems != nil
	f.inline = f.direct || f.member && (f.leaf || f.below != nil)
	return f
}
