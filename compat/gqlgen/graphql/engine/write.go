package engine

import "github.com/99designs/gqlgen/graphql"

var null = []byte("null")

// outcome is what became of a value that was to be written.
type outcome uint8

const (
	written outcome = iota
	absent          // null, and nobody has said why
	failed          // null, and an error says why
)

// writing turns resolved rows into JSON, depth first and in the order of the
// selections. Objects below which nothing has to be resolved are read on the way (see
// inlined) and are no rows, as long as nothing is amiss. A null that its type does not admit is taken back, with everything
// written of the object or list around it. Specification: HandleFieldError.
//
// What is open is kept as spots, not on the stack: a panic, wherever it comes from,
// loses what was being written there, and the writing goes on behind it.
type writing struct {
	run     *run
	out     []byte // ends with the last value that is whole, or what leads the one that is open
	spots   []spot // what is open, the innermost last
	result  outcome
	elems   []any // of the lists that are open
	objects int   // opened so far
	stopped bool  // the operation was cancelled
}

// spot is an object or a list that is open, and how far it is written.
type spot struct {
	start  int // of what leads it, in the output
	done   int // of its fields or elements
	count  int
	broken bool // one that must have a value has none

	rows *rows // of an object; nil for a list
	row  int

	field *field // of a list
	value *Value // what its elements are
	elems []any
	taken int // of writing.elems, by the lists around
}

// all writes everything below the one row of root.
func (w *writing) all(root *rows) outcome {
	w.openRow(root, 0)
	for len(w.spots) > 0 && !w.stopped {
		w.advance()
	}
	if w.stopped {
		return failed
	}
	return w.result
}

// advance writes until all is written, or something panics. That becomes the error of
// what was being written.
func (w *writing) advance() {
	defer func() {
		if p := recover(); p != nil {
			w.fail(w.run.fault(w.place(), p))
		}
	}()
	for len(w.spots) > 0 && !w.stopped {
		switch s := w.last(); {
		case s.done == s.count:
			w.close(s)
		case s.rows == nil:
			w.value(s, s.field, s.value, s.elems[s.done])
		default:
			w.fields(s)
		}
	}
}

// fields writes the fields of an object, up to one that has to be opened.
func (w *writing) fields(s *spot) {
	object := s.rows.values[s.row]
	for s.done < s.count {
		f := s.rows.sel.fields[s.done]
		if !f.direct {
			w.other(s, f) // which may open something
			return
		}
		before := len(w.out) + len(f.key)
		out, ok, err := f.table.AppendLeaf(w.run.ctx, append(w.out, f.key...), object)
		w.leaf(s, f, out, before, ok, err)
	}
}

// other writes a field that has to be looked at.
func (w *writing) other(s *spot, f *field) {
	args, err := w.run.args(f)
	col := &s.rows.columns[s.done]
	var value any
	switch {
	case err != nil:
	case f.inline && col.values == nil:
		value, err = f.table.Read(w.run.ctx, s.rows.values[s.row], args)
	case f.late:
		value, err = w.run.ask(s.rows.frame(s.done, s.row))
	default:
		value, err = col.values[s.row], col.errs[s.row]
	}
	switch {
	case err != nil:
	case col.cells != nil:
		value = col.cells[s.row]
	case f.below != nil:
		if out, ok := w.inlined(append(w.out, f.key...), f, value); ok {
			w.keep(out)
			s.done++
			return
		}
		value, err = w.run.carefully(s.rows, s.done, s.row, value)
	}
	if err != nil {
		w.fail(err)
		return
	}
	w.value(s, f, f.table.Value, value)
}

// value writes a value of s, or opens what it is.
func (w *writing) value(s *spot, f *field, v *Value, value any) {
	switch cell := value.(type) {
	case nil:
		w.end(absent)
	case lost:
		w.fail(cell.err)
	case *joined:
		w.openRow(cell.rows, cell.row)
	case completed:
		w.openList(f, v, cell, len(w.elems))
	default:
		if v.Elem != nil {
			w.leaves(f, v, value)
			return
		}
		out := s.lead(w.out)
		before := len(out)
		out, ok, err := v.Append(w.run.ctx, out, value)
		w.leaf(s, f, out, before, ok, err)
	}
}

// leaf keeps what was appended to the output as the value of a leaf, if it is one of the
// field's type.
func (w *writing) leaf(s *spot, f *field, out []byte, before int, ok bool, err error) {
	switch {
	case err != nil:
		w.fail(err)
	case !ok:
		w.end(absent)
	case f.legal != nil && !f.legal(out[before:]):
		w.fail(errNotLegal)
	default:
		w.keep(out)
		s.done++
	}
}

// last is what was opened last.
func (w *writing) last() *spot { return &w.spots[len(w.spots)-1] }

// keep makes out the output. Most often it is the same array, and no pointer has to be
// written, which costs something while garbage is collected.
func (w *writing) keep(out []byte) {
	if len(w.out) > 0 && &out[0] == &w.out[0] {
		w.out = w.out[:len(out)]
	} else {
		w.out = out
	}
}

// openRow opens an object.
func (w *writing) openRow(rw *rows, row int) {
	w.cancelled()
	s := w.open(len(rw.sel.fields))
	s.rows, s.row = rw, row
}

// cancelled looks now and then whether the operation was.
func (w *writing) cancelled() bool {
	if w.objects++; w.objects%256 == 0 {
		w.stopped = w.run.ctx.Err() != nil
	}
	return w.stopped
}

// leaves opens a list of leaves, which is still a Go slice.
func (w *writing) leaves(f *field, v *Value, value any) {
	before := len(w.elems)
	all, ok, err := v.open(value, w.elems)
	switch {
	case err != nil:
		w.fail(err)
	case !ok:
		w.end(absent)
	default:
		w.elems = all
		w.openList(f, v, all[before:], before)
	}
}

func (w *writing) openList(f *field, v *Value, elems []any, taken int) {
	s := w.open(len(elems))
	s.rows, s.field, s.value, s.elems, s.taken = nil, f, v.Elem, elems, taken
}

// open makes a spot inside of the last, which may hold what was there before.
func (w *writing) open(count int) *spot {
	start, n := len(w.out), len(w.spots)
	if n > 0 {
		w.out = w.last().lead(w.out)
	}
	if n < cap(w.spots) {
		w.spots = w.spots[:n+1]
	} else {
		w.spots = append(w.spots, spot{})
	}
	s := w.last()
	s.start, s.done, s.count, s.broken = start, 0, count, false
	return s
}

// close ends an object or a list. Where something in it must have a value and has none,
// it is taken back.
func (w *writing) close(s *spot) {
	w.spots = w.spots[:len(w.spots)-1] // what s points to stays, until something is opened
	brackets := "{}"
	if s.rows == nil {
		brackets = "[]"
		w.elems = w.elems[:s.taken]
	}
	if s.broken {
		w.out = w.out[:s.start]
		w.end(failed)
		return
	}
	if s.count > 0 {
		brackets = brackets[1:] // the first one leads what is inside
	}
	w.out = append(w.out, brackets...)
	w.end(written)
}

// lead appends what goes before the field or the element that is next: the bracket or the comma,
// and the response name.
func (s *spot) lead(dst []byte) []byte {
	switch {
	case s.rows != nil:
		return append(dst, s.rows.sel.fields[s.done].key...)
	case s.done == 0:
		return append(dst, '[')
	default:
		return append(dst, ',')
	}
}

// end ends a field or an element, with null where it has no value and its type admits that.
// Where the resolver has added an error itself, that says why.
func (w *writing) end(got outcome) {
	if len(w.spots) == 0 {
		w.result = got
		return
	}
	s := w.last()
	if got != written {
		v := s.value
		if s.rows != nil {
			v = s.rows.sel.fields[s.done].table.Value
		}
		if !v.NonNull {
			w.out = append(s.lead(w.out), null...)
		} else if s.broken = true; got == absent { // the rest is still written, for its errors
			if place := w.place(); !graphql.HasFieldError(place, &place.field) {
				graphql.AddError(place, errNull())
			}
		}
	}
	s.done++
}

// fail adds an error at the place that is being written, and ends that.
func (w *writing) fail(err error) {
	graphql.AddError(w.place(), err)
	w.end(failed)
}

// place is a context for what is being written.
func (w *writing) place() *frame {
	return &frame{Context: w.run.ctx, field: *w.context(len(w.spots) - 1)}
}

func (w *writing) context(i int) *graphql.FieldContext {
	s := &w.spots[i]
	if s.rows != nil {
		return &s.rows.frame(s.done, s.row).field
	}
	index := s.done
	return &graphql.FieldContext{Parent: w.context(i - 1), Index: &index}
}
