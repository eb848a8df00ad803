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
// selections. Objects below which nothing has to be resolved are read on the way and
// never become rows. A null that its type does not admit is taken back, with everything
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
	careful bool  // something is amiss, and is to be found
	objects int   // opened so far
	stopped bool  // the operation was cancelled
}

// spot is an object or a list that is open, and how far it is written.
type spot struct {
	start  int // of what leads it, in the output
	done   int // of its fields or elements
	count  int
	broken bool // one that must have a value has none

	sel    *selection // nil for a list
	object any
	rows   *rows // nil for an object that is no row
	row    int

	field *field // of a list, and what its elements are
	value *Value
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
		case s.sel == nil:
			w.value(s, s.field, s.value, s.elems[s.done])
		default:
			w.fields(s)
		}
	}
}

// fields writes the fields of an object, up to one that has to be opened.
func (w *writing) fields(s *spot) {
	for s.done < s.count {
		f := &s.sel.fields[s.done]
		if !f.direct {
			w.other(s, f) // which may open something
			return
		}
		before := len(w.out) + len(f.key)
		out, ok := f.table.AppendLeaf(append(w.out, f.key...), s.object)
		w.leaf(s, f, out, before, ok, nil)
	}
}

// other writes a field that has to be looked at.
func (w *writing) other(s *spot, f *field) {
	args, err := w.run.args(f)
	var value any
	switch {
	case err != nil:
	case f.inline:
		value, err = f.table.Read(w.run.ctx, s.object, args)
	case f.late:
		value, err = w.run.ask(s.rows.frame(s.done, s.row))
	default:
		col := &s.rows.columns[s.done]
		if value, err = col.values[s.row], col.errs[s.row]; col.cells != nil {
			value = col.cells[s.row]
		}
	}
	if err != nil {
		w.fail(err)
		return
	}
	if f.below != nil && !w.careful {
		out, ok := w.inlined(s.lead(w.out), f, value)
		if ok {
			w.keep(out)
			s.done++
			return
		}
		w.careful = true
	}
	w.value(s, f, f.table.Value, value)
}

// value writes a value of s, or opens what it is.
func (w *writing) value(s *spot, f *field, v *Value, value any) {
	switch value := value.(type) {
	case nil:
		w.end(absent)
		return
	case lost:
		w.fail(value.err)
		return
	case *joined:
		w.openRow(value.rows, value.row)
		return
	}
	switch {
	case v.Elem != nil:
		w.openList(f, v, value)
	case f.leaf:
		out := s.lead(w.out)
		before := len(out)
		out, ok, err := v.Append(w.run.ctx, out, value)
		w.leaf(s, f, out, before, ok, err)
	case isNil(value):
		w.end(absent)
	default:
		w.openObject(f.below, value, nil, 0)
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
	if cap(out) == cap(w.out) {
		w.out = w.out[:len(out)]
	} else {
		w.out = out
	}
}

// openRow opens an object that is a row.
func (w *writing) openRow(rw *rows, row int) {
	w.openObject(rw.sel, rw.values[row], rw, row)
}

// cancelled looks now and then whether the operation was.
func (w *writing) cancelled() bool {
	if w.objects++; w.objects%256 == 0 {
		w.stopped = w.run.ctx.Err() != nil
	}
	return w.stopped
}

func (w *writing) openObject(sel *selection, object any, rw *rows, row int) {
	w.cancelled()
	s := w.open(len(sel.fields))
	s.sel, s.object, s.rows, s.row = sel, object, rw, row
}

// openList opens a list: one of objects that are rows, or one that is still a Go slice.
func (w *writing) openList(f *field, v *Value, value any) {
	elems, isCompleted := value.(completed)
	taken := len(w.elems)
	if !isCompleted {
		all, ok := v.Elems(value, w.elems)
		switch {
		case !ok && !isNilList(value):
			w.fail(errNotAList)
			return
		case !ok && (!v.NonNull || isNil(value)):
			w.end(absent)
			return
		}
		w.elems, elems = all, all[taken:]
	}
	s := w.open(len(elems))
	s.rows, s.sel = nil, nil
	s.field, s.value, s.elems, s.taken = f, v.Elem, elems, taken
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
	if s.sel == nil {
		w.elems = w.elems[:s.taken]
	}
	if s.broken {
		w.out = w.out[:s.start]
		w.end(failed)
		return
	}
	brackets := "[]"
	if s.sel != nil {
		brackets = "{}"
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
	case s.sel != nil:
		return append(dst, s.sel.fields[s.done].key...)
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
		if s.sel != nil {
			v = s.sel.fields[s.done].table.Value
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
	if i < 0 {
		return nil
	}
	s := &w.spots[i]
	switch {
	case s.rows != nil:
		return &s.rows.frame(s.done, s.row).field
	case s.sel == nil:
		index := s.done
		return &graphql.FieldContext{Parent: w.context(i - 1), Index: &index}
	}
	field := w.run.describe(s.sel.object, &s.sel.fields[s.done])
	field.Parent = w.context(i - 1)
	return &field
}
