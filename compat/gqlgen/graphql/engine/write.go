package engine

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

var null = []byte("null")

// outcome is what became of a value that was to be written.
type outcome uint8

const (
	written outcome = iota
	absent          // null, and nobody has said why
	failed          // null, and an error says why
)

// writing turns resolved rows into JSON, depth first and in the order of the
// selections. Objects below which nothing has to be resolved are read on the way and
// never become rows. A null that its type does not admit is taken back, with everything
// written of the object or list around it. Specification: HandleFieldError.
type writing struct {
	run     *run
	elems   []any // of the lists around what is being written
	objects int   // written so far
	stopped bool  // the operation was cancelled
}

// spot is what is being written: an object and one of its fields, or an element of
// a list.
type spot struct {
	up     *spot      // around this one
	down   *spot      // what was last inside of it, to be used again
	sel    *selection // nil for an element
	field  int
	object any
	broken bool  // a field that must have a value has none
	rows   *rows // nil for an object that is no row
	row    int
	index  int // of an element
}

// inside is the spot inside of s. There is one at a time.
func (s *spot) inside() *spot {
	if s.down == nil {
		s.down = &spot{up: s}
	}
	return s.down
}

// row appends an object that is a row.
func (w *writing) row(dst []byte, at *spot, rw *rows, row int) ([]byte, outcome) {
	at.rows, at.row, at.sel, at.object = rw, row, rw.sel, rw.values[row]
	return w.object(dst, at)
}

// member appends an object that is none.
func (w *writing) member(dst []byte, at *spot, sel *selection, object any) ([]byte, outcome) {
	at.rows, at.sel, at.object = nil, sel, object
	return w.object(dst, at)
}

// object appends an object. Where one of its fields must have a value and has
// none, dst is unchanged.
func (w *writing) object(dst []byte, at *spot) ([]byte, outcome) {
	if w.objects++; w.objects%256 == 0 && w.run.ctx.Err() != nil {
		w.stopped = true
	}
	out := append(dst, '{')
	at.field, at.broken = 0, false
	for at.field < len(at.sel.fields) && !w.stopped {
		out = w.fields(out, at)
	}
	if at.broken || w.stopped {
		return out[:len(dst)], failed
	}
	return append(out, '}'), written
}

// fields appends the fields of an object that are left. A panic becomes the error of
// its field, and the one after it is next: one recovery does for all.
func (w *writing) fields(dst []byte, at *spot) (out []byte) {
	out = dst
	defer func() {
		if p := recover(); p != nil {
			got := w.fail(at, w.run.fault(w.place(at), p))
			out = w.next(out, at, got)
		}
	}()
	for at.field < len(at.sel.fields) && !w.stopped {
		f := &at.sel.fields[at.field]
		out = f.appendKey(out, at.field)
		if f.direct {
			if value, ok := f.table.AppendLeaf(out, at.object); ok && (f.legal == nil || f.legal(value[len(out):])) {
				out = value
				at.field++
				continue
			} // else it is written like any other, to learn why
		}
		value, got := w.field(out, f, at)
		out = w.next(value, at, got)
	}
	return out
}

// next ends a field, with null where it has no value.
func (w *writing) next(dst []byte, at *spot, got outcome) []byte {
	if got != written {
		dst, got = w.admit(dst, at, got, at.sel.fields[at.field].table.Value)
	}
	at.broken = at.broken || got != written // the rest is still written, for its errors
	at.field++
	return dst
}

// appendKey appends the response name of field i, quoted, with what goes around it.
func (f *field) appendKey(dst []byte, i int) []byte {
	if i == 0 {
		return append(dst, f.key[len(","):]...)
	}
	return append(dst, f.key...)
}

// admit appends null where there is no value, or fails where v does not admit that.
// Where the resolver has added an error itself, that says why.
func (w *writing) admit(dst []byte, at *spot, got outcome, v *Value) ([]byte, outcome) {
	if !v.NonNull {
		return append(dst, null...), written
	}
	if got == absent {
		if place := w.place(at); !graphql.HasFieldError(place, &place.field) {
			graphql.AddError(place, errNull())
		}
	}
	return dst, failed
}

// field appends the value of a field. Where there is none, dst is unchanged.
func (w *writing) field(dst []byte, f *field, at *spot) ([]byte, outcome) {
	if f.direct {
		out, ok := f.table.AppendLeaf(dst, at.object)
		return w.check(dst, out, f, at, ok, nil)
	}
	args, err := w.run.args(f)
	if err != nil {
		return dst, w.fail(at, err)
	}
	var value any
	switch {
	case f.inline:
		value, err = f.table.Read(w.run.ctx, at.object, args)
	case f.late:
		value, err = w.run.ask(at.rows.frame(at.field, at.row))
	default:
		col := &at.rows.columns[at.field]
		if value, err = col.values[at.row], col.errs[at.row]; err == nil && !f.leaf && f.below == nil {
			return w.cell(dst, at, f.table.Value, &col.cells[at.row])
		}
	}
	return w.answer(dst, f, at, f.table.Value, value, err)
}

// answer appends a value that was fetched and that holds no rows.
func (w *writing) answer(dst []byte, f *field, at *spot, v *Value, value any, err error) ([]byte, outcome) {
	switch {
	case err != nil:
		return dst, w.fail(at, err)
	case value == nil:
		return dst, absent
	case v.Elem == nil && f.leaf:
		out, ok, err := w.leaf(dst, v, value)
		return w.check(dst, out, f, at, ok, err)
	case isNil(value):
		return dst, absent
	case v.Elem == nil:
		return w.member(dst, at.inside(), f.below, value)
	}
	before := len(w.elems)
	elems, ok := v.Elems(value, w.elems)
	switch {
	case !ok && !isNilList(value):
		return dst, w.fail(at, errNotAList)
	case !ok && !v.NonNull:
		return dst, absent
	}
	w.elems = elems
	here := at.inside()
	out, got := w.list(dst, here, v.Elem, len(elems)-before, func(dst []byte) ([]byte, outcome) {
		return w.answer(dst, f, here, v.Elem, elems[before+here.index], nil)
	})
	w.elems = w.elems[:before]
	return out, got
}

// leaf calls the function of a value's type. A panic becomes the error.
func (w *writing) leaf(dst []byte, v *Value, value any) (out []byte, ok bool, err error) {
	defer w.run.recovered(w.run.ctx, &err)
	return v.Append(w.run.ctx, dst, value)
}

// check answers out, which is dst and the value of a leaf, where that was written
// and is one of the field's type.
func (w *writing) check(dst, out []byte, f *field, at *spot, ok bool, err error) ([]byte, outcome) {
	switch {
	case err != nil:
		return dst, w.fail(at, err)
	case !ok:
		return dst, absent
	case f.legal != nil && !f.legal(out[len(dst):]):
		return dst, w.fail(at, errNotLegal)
	}
	return out, written
}

// cell appends a completed object or list.
func (w *writing) cell(dst []byte, at *spot, v *Value, c *cell) ([]byte, outcome) {
	if c.rows != nil {
		return w.row(dst, at.inside(), c.rows, c.row)
	}
	switch other := c.other.(type) {
	case []cell:
		here := at.inside()
		return w.list(dst, here, v.Elem, len(other), func(dst []byte) ([]byte, outcome) {
			return w.cell(dst, here, v.Elem, &other[here.index])
		})
	case error:
		return dst, w.fail(at, other)
	default:
		return dst, absent
	}
}

// list appends n elements. Where one must have a value and has none, dst is
// unchanged.
func (w *writing) list(dst []byte, at *spot, v *Value, n int, elem func(dst []byte) ([]byte, outcome)) ([]byte, outcome) {
	at.rows, at.sel, at.broken = nil, nil, false
	out := append(dst, '[')
	for k := 0; k < n && !w.stopped; k++ {
		if k > 0 {
			out = append(out, ',')
		}
		if k >= 64 && k&(k-1) == 0 {
			// Room for as many again, where append would make a quarter.
			out = slices.Grow(out, min(k, n-k)*((len(out)-len(dst))/k+1))
		}
		at.index = k
		value, got := elem(out)
		if got != written {
			value, got = w.admit(value, at, got, v)
		}
		out, at.broken = value, at.broken || got != written
	}
	if at.broken || w.stopped {
		return out[:len(dst)], failed
	}
	return append(out, ']'), written
}

// fail adds an error at the place that is being written.
func (w *writing) fail(at *spot, err error) outcome {
	graphql.AddError(w.place(at), err)
	return failed
}

// place is a context for what is being written.
func (w *writing) place(at *spot) *frame {
	return &frame{Context: w.run.ctx, field: *w.context(at)}
}

func (w *writing) context(at *spot) *graphql.FieldContext {
	switch {
	case at.rows != nil:
		return &at.rows.frame(at.field, at.row).field
	case at.sel == nil:
		index := at.index
		return &graphql.FieldContext{Parent: w.context(at.up), Index: &index}
	}
	field := w.run.describe(at.sel.object, &at.sel.fields[at.field])
	field.Parent = w.context(at.up)
	return &field
}
