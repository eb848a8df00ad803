package engine

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/fieldkey"
)

// frame is a context that carries a field's context within itself, and the call
// that answers the field.
type frame struct {
	context.Context
	field  graphql.FieldContext
	call   call
	parent any
	bound  graphql.Resolver // next, once something surrounds it
}

// Value finds the field's context; everything else is the operation's.
func (f *frame) Value(key any) any {
	if key == (fieldkey.Key{}) {
		return &f.field
	}
	return f.Context.Value(key)
}

// next is what middleware surrounds.
func (f *frame) next(ctx context.Context) (any, error) {
	return f.call(ctx, f.parent, f.field.Args)
}

// element is the context of a list element and its index, kept together.
type element struct {
	context graphql.FieldContext
	index   int
}

// outerIndex is the position in a list around the innermost one.
type outerIndex struct {
	index int
	up    *outerIndex
}

func (o *outerIndex) context(parent *graphql.FieldContext) *graphql.FieldContext {
	if o == nil {
		return parent
	}
	return &graphql.FieldContext{Parent: o.up.context(parent), Index: &o.index}
}

// frame is the frame of one field of one row. Leaves that are read one after the
// other share one, so that a row costs no context, no closure and no allocation
// but that of its value; it is valid until the next row is asked for.
func (rw *rows) frame(i, row int) *frame {
	f, col := rw.sel.fields[i], &rw.columns[i]
	count, at := len(rw.values), row
	if f.late {
		count, at = 1, 0
	}
	if col.frames == nil {
		col.frames = make([]frame, count)
	}
	made := &col.frames[at]
	if made.Context == nil || f.late {
		made.Context, made.parent, made.call = rw.run.ctx, rw.values[row], f.table.call()
		made.field = rw.run.describe(rw.sel.object, f)
		made.field.Parent = rw.context(row)
		if rw.run.middleware != nil {
			made.field.Args = maps.Clone(made.field.Args) // middleware may change them
		}
		if values := rw.columns[i].values; values != nil {
			made.field.Result = values[row]
		}
	}
	return made
}

// call is what answers the field of one row.
func (f *Field) call() call {
	if f.Read != nil {
		return f.Read
	}
	return f.Resolve
}

// describe is what the contexts of one field have in common.
func (r *run) describe(o *object, f *field) graphql.FieldContext {
	args, _ := r.args(f)
	return graphql.FieldContext{
		Object: o.name, Field: f.CollectedField, Args: args,
		IsMethod: f.table.IsMethod, IsResolver: f.table.Read == nil,
	}
}

// context is the context of the object in a row: that of the field that answered
// it, or of the list element it is.
func (rw *rows) context(row int) *graphql.FieldContext {
	o := &rw.origins[row]
	if o.rows != nil && o.index < 0 {
		return &o.rows.frame(o.field, o.row).field
	}
	if rw.elements == nil {
		rw.elements = make([]element, len(rw.values))
	}
	e := &rw.elements[row]
	switch {
	case o.rows == nil:
		e.context.Object = rw.sel.object.name
	case e.context.Parent == nil:
		e.index = o.index
		e.context = graphql.FieldContext{
			Parent: o.outer.context(&o.rows.frame(o.field, o.row).field),
			Index:  &e.index, Result: rw.values[row],
		}
	}
	return &e.context
}

// batchContext is the context of a field for all rows at once: its path has no
// list positions.
func (rw *rows) batchContext(i int) *graphql.FieldContext {
	fc := rw.run.describe(rw.sel.object, rw.sel.fields[i])
	if o := rw.origins[0]; o.rows != nil {
		fc.Parent = o.rows.batchContext(o.field)
	}
	return &fc
}
