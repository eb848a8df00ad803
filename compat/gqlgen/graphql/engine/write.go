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
	spots   []spot // the objects around the field that is being written, and its own
	indexes []int  // where in their lists all these are
	objects int    // written so far
	stopped bool   // the operation was cancelled
}

// spot is an object that is being written, and the field of it.
type spot struct {
	sel    *selection
	object any
	field  int
	rows   *rows // nil for an object that is no row
	row    int
	lists  int // of the writing's indexes, those before the field's own
}

// row appends an object that is a row.
func (w *writing) row(dst []byte, rw *rows, row int) ([]byte, outcome) {
	return w.object(dst, spot{sel: rw.sel, object: rw.values[row], rows: rw, row: row})
}

// object appends an object. Where one of its fields must have a value and has
// none, dst is unchanged.
func (w *writing) object(dst []byte, at spot) ([]byte, outcome) {
	if w.objects++; w.objects%256 == 0 && w.run.ctx.Err() != nil {
		w.stopped = true
	}
	at.lists = len(w.indexes)
	w.spots = append(w.spots, at)
	depth := len(w.spots) - 1
	start, whole := len(dst), true
	dst = append(dst, '{')
	for i := 0; i < len(at.sel.fields) && !w.stopped; {
		f := &at.sel.fields[i]
		if f.direct {
			var ok bool
			dst, i, ok = w.leaves(dst, depth, i)
			whole = whole && ok
			continue
		}
		dst = f.appendKey(dst, i)
		w.spots[depth].field = i
		out, got := w.field(dst, f, &w.spots[depth])
		if got != written {
			out, got = w.admit(out, got, f.table.Value)
		}
		dst, whole = out, whole && got == written // the rest is still written, for its errors
		i++
	}
	w.spots = w.spots[:depth]
	if !whole || w.stopped {
		return dst[:start], failed
	}
	return append(dst, '}'), written
}

// leaves appends the fields from i on that their object writes itself, up to one that it
// does not, and returns the position of that. A panic becomes the error of its field,
// and the field after it is next: one recovery does for all.
func (w *writing) leaves(dst []byte, depth, i int) (out []byte, next int, whole bool) {
	out, next, whole = dst, i, true
	defer func() {
		if p := recover(); p != nil {
			out, whole = w.admitLeaf(out, depth, next, w.run.fault(w.run.ctx, p), whole)
			next++
		}
	}()
	at := &w.spots[depth]
	for ; next < len(at.sel.fields) && at.sel.fields[next].direct; next++ {
		f := &at.sel.fields[next]
		out = f.appendKey(out, next)
		value, ok := f.table.AppendLeaf(out, at.object)
		switch {
		case !ok:
			out, whole = w.admitLeaf(out, depth, next, nil, whole)
		case f.legal != nil && !f.legal(value[len(out):]):
			out, whole = w.admitLeaf(out, depth, next, errNotLegal, whole)
		default:
			out = value
		}
	}
	return out, next, whole
}

// admitLeaf appends null for a leaf that has no value or, with err, cannot have one.
func (w *writing) admitLeaf(dst []byte, depth, i int, err error, whole bool) ([]byte, bool) {
	w.spots[depth].field = i
	got := absent
	if err != nil {
		dst, got = w.fail(dst, err)
	}
	dst, got = w.admit(dst, got, w.spots[depth].sel.fields[i].table.Value)
	return dst, whole && got == written
}

// appendKey appends the response name of field i, quoted, with what goes around it.
func (f *field) appendKey(dst []byte, i int) []byte {
	if i == 0 {
		return append(dst, f.key[len(","):]...)
	}
	return append(dst, f.key...)
}

// admit appends null where there is no value, or fails where v does not admit that.
func (w *writing) admit(dst []byte, got outcome, v *Value) ([]byte, outcome) {
	switch {
	case !v.NonNull:
		return append(dst, null...), written
	case got == absent:
		return w.missed(dst)
	}
	return dst, failed
}

// missed fails where there must be a value and is none. Where the resolver has added
// an error itself, that says why.
func (w *writing) missed(dst []byte) ([]byte, outcome) {
	if at := w.place(); !graphql.HasFieldError(at, &at.field) {
		graphql.AddError(at, errNull())
	}
	return dst, failed
}

// field appends the value of a field. Where there is none, dst is unchanged.
func (w *writing) field(dst []byte, f *field, at *spot) ([]byte, outcome) {
	switch {
	case f.argsErr != nil:
		return w.fail(dst, f.argsErr)
	case f.inline:
		value, err := w.run.member(f, at.object)
		return w.answer(dst, f, f.table.Value, value, err)
	case f.late:
		value, err := w.run.ask(at.rows.frame(at.field, at.row))
		return w.answer(dst, f, f.table.Value, value, err)
	}
	col, row := &at.rows.columns[at.field], at.row
	if f.leaf || f.below != nil || col.errs[row] != nil {
		return w.answer(dst, f, f.table.Value, col.values[row], col.errs[row])
	}
	return w.cell(dst, f.table.Value, &col.cells[row])
}

// answer appends a value that was fetched and that holds no rows.
func (w *writing) answer(dst []byte, f *field, v *Value, value any, err error) ([]byte, outcome) {
	switch {
	case err != nil:
		return w.fail(dst, err)
	case value == nil:
		return dst, absent
	case v.Elem == nil && f.leaf:
		return w.leaf(dst, f, v, value)
	case isNil(value):
		return dst, absent
	case v.Elem == nil:
		return w.object(dst, spot{sel: f.below, object: value})
	}
	elems, ok, err := w.elems(v, value)
	switch {
	case err != nil:
		return w.fail(dst, err)
	case !ok && !v.NonNull:
		return dst, absent
	}
	return w.list(dst, v.Elem, len(elems), func(dst []byte, k int) ([]byte, outcome) {
		return w.answer(dst, f, v.Elem, elems[k], nil)
	})
}

// elems lists the elements of a list. A panic becomes the error.
func (w *writing) elems(v *Value, list any) (elems []any, ok bool, err error) {
	defer w.run.recovered(w.run.ctx, &err)
	elems, ok = v.Elems(list)
	if !ok && !isNilList(list) {
		return nil, false, errNotAList
	}
	return elems, ok, nil
}

// leaf appends a value.
func (w *writing) leaf(dst []byte, f *field, v *Value, value any) ([]byte, outcome) {
	out, ok, err := w.append(dst, v, value)
	switch {
	case err != nil:
		return w.fail(dst, err)
	case !ok:
		return dst, absent
	case f.legal != nil && !f.legal(out[len(dst):]):
		return w.fail(dst, errNotLegal)
	}
	return out, written
}

// append calls the type's function. A panic becomes the error.
func (w *writing) append(dst []byte, v *Value, value any) (out []byte, ok bool, err error) {
	defer w.run.recovered(w.run.ctx, &err)
	return v.Append(w.run.ctx, dst, value)
}

// cell appends a completed object or list.
func (w *writing) cell(dst []byte, v *Value, c *cell) ([]byte, outcome) {
	if c.rows != nil {
		return w.row(dst, c.rows, c.row)
	}
	switch other := c.other.(type) {
	case []cell:
		return w.list(dst, v.Elem, len(other), func(dst []byte, k int) ([]byte, outcome) {
			return w.cell(dst, v.Elem, &other[k])
		})
	case error:
		return w.fail(dst, other)
	default:
		return dst, absent
	}
}

// list appends n elements. Where one must have a value and has none, dst is
// unchanged.
func (w *writing) list(dst []byte, v *Value, n int, elem func(dst []byte, k int) ([]byte, outcome)) ([]byte, outcome) {
	start, whole := len(dst), true
	dst = append(dst, '[')
	w.indexes = append(w.indexes, 0)
	depth := len(w.indexes) - 1
	for k := range n {
		if w.stopped {
			whole = false
			break
		}
		if k > 0 {
			dst = append(dst, ',')
		}
		if k >= 64 && k&(k-1) == 0 {
			// Room for as many again, where append would make a quarter.
			dst = slices.Grow(dst, min(k, n-k)*((len(dst)-start)/k+1))
		}
		w.indexes[depth] = k
		out, got := elem(dst, k)
		if got != written {
			out, got = w.admit(out, got, v)
		}
		dst, whole = out, whole && got == written
	}
	w.indexes = w.indexes[:depth]
	if !whole {
		return dst[:start], failed
	}
	return append(dst, ']'), written
}

// fail adds an error at the place that is being written.
func (w *writing) fail(dst []byte, err error) ([]byte, outcome) {
	graphql.AddError(w.place(), err)
	return dst, failed
}

// place is a context for the place that is being written: from the innermost row
// down, through the objects that are none.
func (w *writing) place() *frame {
	i := len(w.spots) - 1
	for w.spots[i].rows == nil {
		i--
	}
	at := &frame{Context: w.run.ctx, field: w.spots[i].rows.frame(w.spots[i].field, w.spots[i].row).field}
	for ; i < len(w.spots); i++ {
		s := &w.spots[i]
		if s.rows == nil {
			at.below(describe(s.sel.object, &s.sel.fields[s.field]))
		}
		end := len(w.indexes)
		if i+1 < len(w.spots) {
			end = w.spots[i+1].lists
		}
		for _, index := range w.indexes[s.lists:end] {
			at.below(graphql.FieldContext{Index: &index})
		}
	}
	return at
}

// below makes the frame that of a field below its own.
func (f *frame) below(field graphql.FieldContext) {
	parent := f.field
	field.Parent = &parent
	f.field = field
}
