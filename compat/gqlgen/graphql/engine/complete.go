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
	f, col := rw.sel.fields[i], &rw.columns[i]
	if f.leaf || f.below != nil && !r.careful {
		return
	}
	col.cells = make([]any, len(rw.values))
	c := completion{run: r, field: f, into: into, room: len(rw.values)}
	for row, value := range col.values {
		if col.errs[row] == nil {
			from := origin{rows: rw, field: i, row: row, index: -1}
			col.cells[row], col.errs[row] = c.guarded(value, from)
		}
	}
}

// What becomes of answers: an object's place among the rows that it joined, a list of
// what became of its elements, or why an element has no value.
type (
	joined struct {
		rows *rows
		row  int
	}
	completed []any
	lost      struct{ err error }
)

// completion is the completion of one column.
type completion struct {
	run   *run
	field *field
	into  *wave
	room  int // how many objects to expect

	object *object // the type met last, and those of it
	rows   *rows
}

// carefully completes one answer that was to be read while it is written, to find out what is
// amiss there and where: objects become rows after all.
func (r *run) carefully(rw *rows, i, row int, value any) (cell any, err error) {
	r.careful = true
	c := completion{run: r, field: rw.sel.fields[i], into: newWave()}
	cell, err = c.guarded(value, origin{rows: rw, field: i, row: row, index: -1})
	r.resolve(c.into)
	return cell, err
}

// guarded completes a value. A panic becomes the error.
func (c *completion) guarded(value any, from origin) (cell any, err error) {
	defer func() {
		if p := recover(); p != nil {
			cell, err = nil, c.run.fault(from.rows.frame(from.field, from.row), p)
		}
	}()
	return c.value(c.field.table.Value, value, from)
}

func (c *completion) value(v *Value, value any, from origin) (any, error) {
	if isNil(value) {
		return nil, nil
	}
	if v.Elem == nil {
		return c.join(value, from)
	}
	elems, ok, err := v.open(value, nil)
	if !ok || err != nil {
		return nil, err
	}
	c.room = max(c.room, len(elems))
	from = from.within()
	for i, elem := range elems {
		from.index = i
		cell, err := c.value(v.Elem, elem, from)
		if err != nil {
			cell = lost{err}
		}
		elems[i] = cell
	}
	return completed(elems), nil
}

// join gives an object a row.
func (c *completion) join(value any, from origin) (any, error) {
	o := c.field.concrete
	if o == nil {
		o = c.run.schema.objects[c.run.schema.tables.ObjectOf(value)]
		if o == nil || !slices.Contains(o.satisfies, c.field.table.Value.innermost().Type) {
			return nil, errUnknownType
		}
	}
	if o != c.object {
		c.object = o
		c.rows = c.into.rows(c.run, c.run.plan.selection(c.field.Selections, o), c.room)
	}
	return c.rows.add(value, from), nil
}

// open appends the elements of a list; ok is false where it is null. A nil slice is null
// only where the type admits that.
func (v *Value) open(list any, to []any) (elems []any, ok bool, err error) {
	elems, ok = v.Elems(list, to)
	if rv := reflect.ValueOf(list); !ok && !isNil(list) {
		if rv.Kind() != reflect.Slice || !rv.IsNil() {
			return elems, false, errNotAList
		}
		ok = v.NonNull
	}
	return elems, ok, nil
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
