package engine

import (
	"reflect"
	"slices"
)

// complete turns the answers of one field into cells, and lets the objects among
// them join the wave that will resolve them. Leaves, and objects that are read while they are
// written, are completed then.
// Specification: CompleteValue and ResolveAbstractType.
func (r *run) complete(rw *rows, i int, into *wave) {
	f, col := &rw.sel.fields[i], &rw.columns[i]
	if f.leaf || f.below != nil {
		return
	}
	col.cells = make([]cell, len(rw.values))
	c := completion{run: r, field: f, into: into, room: len(rw.values)}
	for row, value := range col.values {
		if col.errs[row] != nil || isNil(value) {
			continue
		}
		from := origin{rows: rw, field: i, row: row, index: -1}
		col.errs[row] = c.guarded(&col.cells[row], value, from)
	}
}

// completion is the completion of one column.
type completion struct {
	run   *run
	field *field
	into  *wave
	room  int // how many objects to expect

	object *object // the type met last, and those of it
	rows   *rows
}

// guarded completes a value. A panic becomes the error.
func (c *completion) guarded(to *cell, value any, from origin) (err error) {
	defer func() {
		if p := recover(); p != nil {
			*to, err = cell{}, c.run.fault(from.rows.frame(from.field, from.row), p)
		}
	}()
	return c.value(to, c.field.table.Value, value, from)
}

func (c *completion) value(to *cell, v *Value, value any, from origin) error {
	if v.Elem == nil {
		return c.join(to, value, from)
	}
	elems, ok := v.Elems(value, nil)
	if !ok && !isNilList(value) {
		return errNotAList
	}
	if !ok && !v.NonNull {
		return nil
	}
	cells := make([]cell, len(elems))
	c.room = max(c.room, len(elems))
	from = from.within()
	for i, elem := range elems {
		if isNil(elem) {
			continue
		}
		from.index = i
		if err := c.value(&cells[i], v.Elem, elem, from); err != nil {
			cells[i] = cell{other: err}
		}
	}
	to.other = cells
	return nil
}

// join gives an object a row.
func (c *completion) join(to *cell, value any, from origin) error {
	o := c.field.concrete
	if o == nil {
		o = c.run.schema.objects[c.run.schema.tables.ObjectOf(value)]
		if o == nil || !slices.Contains(o.satisfies, c.field.table.Value.innermost().Type) {
			return errUnknownType
		}
	}
	if o != c.object {
		c.object = o
		c.rows = c.into.rows(c.run, c.run.plan.selection(c.field.Selections, o), c.room)
	}
	to.rows, to.row = c.rows, len(c.rows.values)
	c.rows.add(value, from)
	return nil
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
