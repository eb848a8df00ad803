package engine

import (
	"context"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/internal/fieldkey"
)

// rows are the objects of one level that share a selection, whatever lists they
// stand in.
type rows struct {
	sel     *selection
	values  []any
	origins []origin
	columns []column // one per field of sel

	elements []element // the contexts of values that stand in lists, made when needed
}

// origin says where a row came from: an element of the answer of one field of
// one row of an earlier level. The zero origin is the root's.
type origin struct {
	rows  *rows
	field int
	row   int
	index int // in the innermost list; -1 outside lists
	outer *outerIndex
}

// outerIndex is the position in a list around the innermost one.
type outerIndex struct {
	index int
	up    *outerIndex
}

// within returns the origin of element i of a list that is itself at o.
func (o origin) within(i int) origin {
	if o.index >= 0 {
		o.outer = &outerIndex{index: o.index, up: o.outer}
	}
	o.index = i
	return o
}

// column holds the answers of one field, row by row.
type column struct {
	values   []any
	errs     []error // nil while nothing failed
	cells    []cell  // composite types only
	broken   map[*cell]error
	contexts []*graphql.FieldContext // the fields' contexts, made when needed
	late     *lateLeaf
}

// cell is a completed value of a composite type: null, a list or an object.
type cell struct {
	list []cell // not nil for a list
	rows *rows  // not nil for an object, which is its row-th
	row  int
}

func (c *column) fail(row int, err error) {
	if c.errs == nil {
		c.errs = make([]error, len(c.values))
	}
	c.errs[row] = err
}

func (c *column) err(row int) error {
	if c.errs == nil {
		return nil
	}
	return c.errs[row]
}

// element is the context of a list element and its index, kept together.
type element struct {
	context graphql.FieldContext
	index   int
	made    bool
}

// context is the context of the object in a row: that of the field that answered
// it, or of the list element it is.
func (rw *rows) context(row int) *graphql.FieldContext {
	o := &rw.origins[row]
	if o.rows == nil {
		return &graphql.FieldContext{Object: rw.sel.object.name, Result: rw.values[row]}
	}
	parent := o.rows.fieldContext(o.field, o.row)
	if o.index < 0 {
		return parent
	}
	if rw.elements == nil {
		rw.elements = make([]element, len(rw.values))
	}
	e := &rw.elements[row]
	if !e.made {
		e.made, e.index = true, o.index
		e.context = graphql.FieldContext{Parent: o.outer.context(parent), Index: &e.index, Result: rw.values[row]}
	}
	return &e.context
}

func (o *outerIndex) context(parent *graphql.FieldContext) *graphql.FieldContext {
	if o == nil {
		return parent
	}
	return &graphql.FieldContext{Parent: o.up.context(parent), Index: &o.index}
}

// fieldContext is the context of one field of one row.
func (rw *rows) fieldContext(i, row int) *graphql.FieldContext {
	col := &rw.columns[i]
	if col.contexts == nil {
		col.contexts = make([]*graphql.FieldContext, len(rw.values))
	}
	if col.contexts[row] == nil {
		fc := rw.describe(i)
		fc.Parent = rw.context(row)
		if col.values != nil {
			fc.Result = col.values[row]
		}
		col.contexts[row] = &fc
	}
	return col.contexts[row]
}

// describe is what the contexts of one field have in common.
func (rw *rows) describe(i int) graphql.FieldContext {
	f := &rw.sel.fields[i]
	fc := graphql.FieldContext{Object: rw.sel.object.name, Field: f.CollectedField, Args: f.args}
	if f.table != nil {
		fc.IsMethod = f.table.IsMethod
		fc.IsResolver = f.table.Read == nil
	}
	return fc
}

// batchContext is the context of a field for all rows at once: its path has no
// list positions.
func (rw *rows) batchContext(i int) *graphql.FieldContext {
	fc := rw.describe(i)
	fc.IsMethod = false
	if o := rw.origins[0]; o.rows != nil {
		fc.Parent = o.rows.batchContext(o.field)
	}
	return &fc
}

// frame is a context that carries a field's context within itself.
type frame struct {
	context.Context
	field graphql.FieldContext
}

func (f *frame) Value(key any) any {
	if key == (fieldkey.Key{}) {
		return &f.field
	}
	return f.Context.Value(key)
}

// isNilList tells a list that is null, or a nil slice, from a value that is no list.
func isNilList(v any) bool {
	rv := reflect.ValueOf(v)
	return isNil(v) || rv.Kind() == reflect.Slice && rv.IsNil()
}

// isNil says whether v is null, typed nil pointers and the like included.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Func, reflect.Chan:
		return rv.IsNil()
	default: // a nil slice is an empty list as often as none: its Value tells
		return false
	}
}
