package engine

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/coerce"
	"github.com/vektah/gqlparser/v2/ast"
)

// selection is what an operation asks of one object type at one place of its
// document. Objects met at the same place share it, and so one batch.
type selection struct {
	object *object
	fields []field
}

// field is one field of a selection, arguments coerced.
type field struct {
	graphql.CollectedField
	table *Field // nil for __typename
	// key is the response name as it is written: quoted, with its colon.
	key     []byte
	args    map[string]any
	argsErr error
	// leaf says that the value is written as it is, lists of leaves included.
	leaf    bool
	nonNull bool
}

// read says that the field is a leaf whose value is fetched only when it is
// written, straight from its object.
func (f *field) late() bool {
	return f.table == nil || f.leaf && f.table.Read != nil
}

// place identifies a selection: the syntax it comes from, and the type. Joined
// selection sets are slices of their own, so that the address suffices.
type place struct {
	first  *ast.Selection
	count  int
	object *object
}

// plan returns the selection of set on an object type.
func (r *run) plan(set ast.SelectionSet, o *object) *selection {
	at := place{object: o, count: len(set)}
	if len(set) > 0 {
		at.first = &set[0]
	}
	if sel := r.plans[at]; sel != nil {
		return sel
	}
	collected := graphql.CollectFields(r.op, set, o.satisfies)
	sel := &selection{object: o, fields: make([]field, len(collected))}
	for i, c := range collected {
		sel.fields[i] = r.field(o, c)
	}
	r.plans[at] = sel
	return sel
}

func (r *run) field(o *object, c graphql.CollectedField) field {
	f := field{CollectedField: c, table: o.fields[c.Name]}
	f.key = append(AppendString(nil, c.Alias), ':')
	if c.Name == "__typename" {
		f.nonNull, f.leaf, f.table = true, true, nil
		return f
	}
	if f.table == nil {
		// The tables and the schema disagree: say so, rather than answer null.
		f.table, f.leaf = &Field{Value: &Value{}}, true
		f.argsErr = errNoField
		return f
	}
	f.leaf = isLeaf(f.table.Value)
	f.nonNull = f.table.Value.NonNull
	if r.op.DisableIntrospection && (c.Name == "__schema" || c.Name == "__type") {
		f.argsErr = errIntrospection()
		return f
	}
	f.args, f.argsErr = r.args(&f)
	return f
}

func isLeaf(v *Value) bool {
	for v.Elem != nil {
		v = v.Elem
	}
	return v.Append != nil
}

func (r *run) args(f *field) (args map[string]any, err error) {
	if f.Definition == nil || len(f.Definition.Arguments) == 0 {
		return nil, nil
	}
	raw, invalid := coerce.Arguments(r.schema.tables.Schema, f.Definition.Arguments, f.Arguments, r.op.Variables)
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
