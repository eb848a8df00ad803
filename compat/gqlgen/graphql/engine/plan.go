package engine

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/ast"
)

// selection is what an operation asks of one object type at one place of its
// document. Objects met at the same place share it.
type selection struct {
	object *object
	fields []field
	// inline says that every field is read while it is written.
	inline bool
}

// inlined is how many selections are planned before an object is met, to see whether
// all below is read while it is written. Fragments can make a short document ask for
// more selections than any object will come to.
const inlined = 256

// field is one field of a selection, arguments coerced.
type field struct {
	graphql.CollectedField
	table *Field
	// key is the response name as it is written: quoted, between a comma and a colon.
	key     []byte
	args    map[string]any
	argsErr error
	// leaf says that the value is written as it is, lists of leaves included.
	leaf bool
	// late says that the value is fetched only when it is written.
	late bool
	// direct says that it is written without being looked at.
	direct bool
	// member is the context of reading a struct's member, which does not look where
	// it is. Nil for all else, and where middleware wants to see the row.
	member *frame
	// inline says that the field is read while it is written, and all below it.
	inline bool
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

// plan returns the selection of set on an object type.
// Specification: CollectFields, MergeSelectionSets and CoerceArgumentValues.
func (r *run) plan(set ast.SelectionSet, o *object) *selection {
	at := place{object: o, count: len(set)}
	if len(set) > 0 {
		at.first = &set[0]
	}
	if sel := r.plans[at]; sel != nil {
		return sel
	}
	collected := graphql.CollectFields(r.op, set, o.satisfies)
	sel := &selection{object: o, fields: make([]field, len(collected)), inline: true}
	r.plans[at] = sel
	for i, c := range collected {
		f := r.field(o, c)
		sel.inline = sel.inline && (f.inline || f.argsErr != nil)
		sel.fields[i] = f
	}
	return sel
}

func (r *run) field(o *object, c graphql.CollectedField) field {
	f := field{CollectedField: c, table: o.fields[c.Name]}
	f.key = append(AppendString([]byte{','}, c.Alias), ':')
	if f.table == nil {
		// The tables and the schema disagree: say so, rather than answer null.
		f.table, f.argsErr = &Field{Value: &Value{}}, errNoField
		return f
	}
	value := f.table.Value.innermost()
	f.leaf = value.Append != nil
	f.late = f.leaf && f.table.Read != nil
	f.direct = f.late && f.table.AppendLeaf != nil && (r.middleware == nil || c.Name == "__typename")
	f.legal = r.schema.legal[value.Type]
	if !f.leaf {
		f.concrete = r.schema.objects[value.Type]
	}
	if r.op.DisableIntrospection && (c.Name == "__schema" || c.Name == "__type") {
		f.argsErr = errIntrospection()
		return f
	}
	if f.args, f.argsErr = r.args(o, &f); f.argsErr != nil {
		return f
	}
	if f.table.Read != nil && !f.table.IsMethod && r.middleware == nil {
		f.member = &frame{Context: r.ctx, field: describe(o, &f)}
	}
	if f.concrete != nil && len(r.plans) < inlined {
		if below := r.plan(f.Selections, f.concrete); below.inline {
			f.below = below
		}
	}
	f.inline = f.direct || f.member != nil && (f.leaf || f.below != nil)
	return f
}

// args coerces the arguments of a field as its object type declares them: where the
// field was selected through an interface, that may know fewer, and other defaults.
func (r *run) args(o *object, f *field) (args map[string]any, err error) {
	def := r.schema.tables.Schema.Types[o.name].Fields.ForName(f.Name)
	if def == nil || len(def.Arguments) == 0 {
		return nil, nil
	}
	raw, invalid := coerce.Arguments(r.schema.tables.Schema, def.Arguments, f.Arguments, r.op.Variables)
	if invalid != nil {
		return nil, invalid
	}
	if f.table.Args == nil {
		return raw, nil
	}
	defer r.recovered(r.ctx, &err)
	at := &frame{Context: r.ctx, field: graphql.FieldContext{Field: f.CollectedField}}
	args, err = f.table.Args(at, raw)
	return args, argumentError(f.Name, err)
}
