package engine

import (
	"github.com/99designs/gqlgen/graphql"
)

// outcome is what became of a value that was to be written.
type outcome uint8

const (
	written outcome = iota
	absent          // null, and nobody has said why
	failed          // null, and an error says why
)

// writing turns resolved rows into JSON, depth first and in the order of the
// selections. A null that its type does not admit is taken back, with everything
// written of the object or list around it. Specification: handling field errors.
type writing struct {
	run     *run
	indexes []int // where we are in the lists of the field being written
	objects int   // written so far
	stopped bool  // the operation was cancelled
}

func (w *writing) object(dst []byte, rw *rows, row int) ([]byte, outcome) {
	if w.objects++; w.objects%256 == 0 && w.run.ctx.Err() != nil {
		w.stopped = true
	}
	start, result := len(dst), written
	dst = append(dst, '{')
	outer := w.indexes
	w.indexes = nil
	for i := range rw.sel.fields {
		if w.stopped {
			result = failed
			break
		}
		f := &rw.sel.fields[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, f.key...)
		var got outcome
		dst, got = w.field(dst, rw, i, row)
		switch {
		case got == written:
		case f.nonNull:
			result = failed // the rest is still written, for its errors
		default:
			dst = append(dst, null...)
		}
	}
	w.indexes = outer
	if result != written {
		return dst[:start], result
	}
	return append(dst, '}'), written
}

// field appends the value of a field. Where there is none, dst is unchanged, and
// an error was added if the type wanted one.
func (w *writing) field(dst []byte, rw *rows, i, row int) ([]byte, outcome) {
	f := &rw.sel.fields[i]
	if f.table == nil {
		return AppendString(dst, rw.sel.object.name), written
	}
	var got outcome
	col := &rw.columns[i]
	switch {
	case f.argsErr != nil:
		w.fail(rw, i, row, f.argsErr)
		return dst, failed
	case f.late() && f.table.AppendLeaf != nil && w.run.middleware == nil:
		dst, got = w.direct(dst, rw, i, row)
	case f.late():
		value, err := w.late(rw, i, row)
		dst, got = w.answer(dst, rw, i, row, value, err)
	case col.cells == nil || col.err(row) != nil:
		dst, got = w.answer(dst, rw, i, row, col.values[row], col.err(row))
	default:
		dst, got = w.cell(dst, rw, i, row, f.table.Value, &col.cells[row])
	}
	if got == absent && f.nonNull {
		// Where the resolver has added an error itself, that says why.
		if !graphql.HasFieldError(w.run.ctx, rw.fieldContext(i, row)) {
			w.fail(rw, i, row, errNull())
		}
		got = failed
	}
	return dst, got
}

// direct appends a leaf without looking at it.
func (w *writing) direct(dst []byte, rw *rows, i, row int) ([]byte, outcome) {
	start := len(dst)
	dst, ok, err := w.run.appendLeaf(dst, rw.sel.fields[i].table, rw.values[row])
	switch {
	case err != nil:
		w.fail(rw, i, row, err)
		return dst[:start], failed
	case !ok:
		return dst[:start], absent
	}
	return dst, written
}

func (r *run) appendLeaf(dst []byte, table *Field, parent any) (out []byte, ok bool, err error) {
	out = dst
	defer r.recovered(r.ctx, &err)
	out, ok = table.AppendLeaf(dst, parent)
	return out, ok, nil
}

// answer appends a leaf, or a list of leaves, that was fetched.
func (w *writing) answer(dst []byte, rw *rows, i, row int, value any, err error) ([]byte, outcome) {
	if err != nil {
		w.fail(rw, i, row, err)
		return dst, failed
	}
	if value == nil {
		return dst, absent
	}
	return w.value(dst, rw, i, row, rw.sel.fields[i].table.Value, value)
}

func (w *writing) value(dst []byte, rw *rows, i, row int, v *Value, value any) ([]byte, outcome) {
	start := len(dst)
	out, elems, ok, err := w.run.appendValue(dst, v, value)
	switch {
	case err != nil:
		w.fail(rw, i, row, err)
		return dst[:start], failed
	case !ok:
		return dst[:start], absent
	case v.Elem == nil:
		return out, written
	}
	return w.list(dst, rw, i, row, v, len(elems), func(dst []byte, k int) ([]byte, outcome) {
		if elems[k] == nil {
			return dst, absent
		}
		return w.value(dst, rw, i, row, v.Elem, elems[k])
	})
}

// appendValue appends a leaf or answers the elements of a list.
func (r *run) appendValue(dst []byte, v *Value, value any) (out []byte, elems []any, ok bool, err error) {
	defer r.recovered(r.ctx, &err)
	if v.Elem == nil {
		if v.Append == nil {
			return dst, nil, false, errNotALeaf
		}
		out, ok, err = v.Append(r.ctx, dst, value)
		return out, nil, ok, err
	}
	elems, ok = v.Elems(value)
	if !ok && !isNilList(value) {
		return dst, nil, false, errNotAList
	}
	return dst, elems, ok || v.NonNull, nil
}

// cell appends a completed list or object.
func (w *writing) cell(dst []byte, rw *rows, i, row int, v *Value, c *cell) ([]byte, outcome) {
	switch {
	case c.rows != nil:
		return w.object(dst, c.rows, c.row)
	case c.list == nil:
		if err := rw.columns[i].broken[c]; err != nil {
			w.fail(rw, i, row, err)
			return dst, failed
		}
		return dst, absent
	}
	return w.list(dst, rw, i, row, v, len(c.list), func(dst []byte, k int) ([]byte, outcome) {
		return w.cell(dst, rw, i, row, v.Elem, &c.list[k])
	})
}

func (w *writing) list(dst []byte, rw *rows, i, row int, v *Value, n int, elem func(dst []byte, k int) ([]byte, outcome)) ([]byte, outcome) {
	start, result := len(dst), written
	dst = append(dst, '[')
	w.indexes = append(w.indexes, 0)
	for k := range n {
		if w.stopped {
			result = failed
			break
		}
		w.indexes[len(w.indexes)-1] = k
		if k > 0 {
			dst = append(dst, ',')
		}
		var got outcome
		dst, got = elem(dst, k)
		switch {
		case got == written:
		case v.Elem.NonNull:
			if got == absent {
				w.fail(rw, i, row, errNull())
			}
			result = failed
		default:
			dst = append(dst, null...)
		}
	}
	w.indexes = w.indexes[:len(w.indexes)-1]
	if result != written {
		return dst[:start], result
	}
	return append(dst, ']'), written
}

// fail adds an error at the place that is being written.
func (w *writing) fail(rw *rows, i, row int, err error) {
	at := &frame{Context: w.run.ctx, field: *rw.fieldContext(i, row)}
	for _, index := range w.indexes {
		parent := at.field
		at.field = graphql.FieldContext{Parent: &parent, Index: &index}
	}
	graphql.AddError(at, err)
}
