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
// selections. A null that its type does not admit is taken back, with everything
// written of the object or list around it. Specification: HandleFieldError.
type writing struct {
	run     *run
	at      seat  // the field being written
	indexes []int // and where in its lists
	objects int   // written so far
	stopped bool  // the operation was cancelled
}

// object appends an object. Where one of its fields must have a value and has
// none, dst is unchanged.
func (w *writing) object(dst []byte, rw *rows, row int) ([]byte, outcome) {
	if w.objects++; w.objects%256 == 0 && w.run.ctx.Err() != nil {
		w.stopped = true
	}
	outer, indexes := w.at, w.indexes
	start, whole := len(dst), true
	dst = append(dst, '{')
	for i := range rw.sel.fields {
		if w.stopped {
			whole = false
			break
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		f := &rw.sel.fields[i]
		dst = append(dst, f.key...)
		w.at, w.indexes = seat{rw, i, row}, nil
		out, got := w.field(dst, f)
		out, ok := w.admit(out, got, f.table.Value)
		dst, whole = out, whole && ok // the rest is still written, for its errors
	}
	w.at, w.indexes = outer, indexes
	if !whole {
		return dst[:start], failed
	}
	return append(dst, '}'), written
}

// admit appends null where there is no value, and is false where v does not
// admit that.
func (w *writing) admit(dst []byte, got outcome, v *Value) ([]byte, bool) {
	switch {
	case got == written:
		return dst, true
	case !v.NonNull:
		return append(dst, null...), true
	case got == absent:
		w.fail(dst, errNull())
	}
	return dst, false
}

// field appends the value of a field. Where there is none, dst is unchanged.
func (w *writing) field(dst []byte, f *field) ([]byte, outcome) {
	rw, i, row := w.at.rows, w.at.field, w.at.row
	col := &rw.columns[i]
	switch {
	case f.argsErr != nil:
		return w.fail(dst, f.argsErr)
	case f.direct:
		return w.leaf(dst, nil, nil)
	case f.late:
		value, err := w.run.ask(rw.frame(i, row))
		return w.answer(dst, f.table.Value, value, err)
	case f.leaf || col.errs[row] != nil:
		return w.answer(dst, f.table.Value, col.values[row], col.errs[row])
	default:
		return w.cell(dst, f.table.Value, &col.cells[row])
	}
}

// answer appends a leaf, or a list of leaves, that was fetched.
func (w *writing) answer(dst []byte, v *Value, value any, err error) ([]byte, outcome) {
	switch {
	case err != nil:
		return w.fail(dst, err)
	case value == nil:
		return dst, absent
	case v.Elem == nil:
		return w.leaf(dst, v, value)
	}
	elems, ok, err := w.elems(v, value)
	switch {
	case err != nil:
		return w.fail(dst, err)
	case !ok && !v.NonNull:
		return dst, absent
	}
	return w.list(dst, v.Elem, len(elems), func(dst []byte, k int) ([]byte, outcome) {
		return w.answer(dst, v.Elem, elems[k], nil)
	})
}

// elems lists the elements of a list of leaves. A panic becomes the error.
func (w *writing) elems(v *Value, list any) (elems []any, ok bool, err error) {
	defer w.run.recovered(w.run.ctx, &err)
	elems, ok = v.Elems(list)
	return elems, ok, nil
}

// leaf appends a value or, where the field is written directly, what the parent has.
func (w *writing) leaf(dst []byte, v *Value, value any) ([]byte, outcome) {
	f := &w.at.rows.sel.fields[w.at.field]
	out, ok, err := w.appendLeaf(dst, f, v, value)
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

// appendLeaf calls the field's functions. A panic becomes the error.
func (w *writing) appendLeaf(dst []byte, f *field, v *Value, value any) (out []byte, ok bool, err error) {
	defer w.run.recovered(w.run.ctx, &err)
	if f.direct {
		out, ok = f.table.AppendLeaf(dst, w.at.parent())
		return out, ok, nil
	}
	return v.Append(w.run.ctx, dst, value)
}

// cell appends a completed object or list.
func (w *writing) cell(dst []byte, v *Value, c *cell) ([]byte, outcome) {
	if c.rows != nil {
		return w.object(dst, c.rows, c.row)
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
	for k := range n {
		if w.stopped {
			whole = false
			break
		}
		if k > 0 {
			dst = append(dst, ',')
		}
		if k == 64 {
			dst = slices.Grow(dst, (len(dst)-start)/k*(n-k+2)) // the rest is likely to be as long
		}
		w.indexes[len(w.indexes)-1] = k
		out, got := elem(dst, k)
		out, ok := w.admit(out, got, v)
		dst, whole = out, whole && ok
	}
	w.indexes = w.indexes[:len(w.indexes)-1]
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

// place is a context for the place that is being written.
func (w *writing) place() *frame {
	at := &frame{Context: w.run.ctx, field: w.at.rows.frame(w.at.field, w.at.row).field}
	for _, index := range w.indexes {
		parent := at.field
		at.field = graphql.FieldContext{Parent: &parent, Index: &index}
	}
	return at
}
