package engine

import "slices"

// rows are the objects of one level that share a selection, whatever lists they
// stand in. Each field of the selection is a column of answers, one per row.
type rows struct {
	run     *run
	sel     *selection
	values  []any
	origins []origin
	places  []joined
	columns []column

	elements []element // the contexts of rows in lists, made when needed
}

// origin says where a row came from: the answer of one field of one row of an
// earlier level, or an element of it. The zero origin is the root's.
type origin struct {
	rows  *rows
	field int
	row   int
	index int // in the innermost list; -1 outside lists
	outer *outerIndex
}

// within returns the origin of the elements of a list that is itself at o; the
// index is left to be set.
func (o origin) within() origin {
	if o.index >= 0 {
		o.outer = &outerIndex{index: o.index, up: o.outer}
	}
	return o
}

// column holds the answers of one field, row by row.
type column struct {
	values []any
	errs   []error
	cells  []any   // what became of values that are objects or lists of them
	frames []frame // made when needed
}

// seat is the place of one answer: a field of a row.
type seat struct {
	rows  *rows
	field int
	row   int
}

func (s seat) column() *column { return &s.rows.columns[s.field] }

func (s seat) parent() any { return s.rows.values[s.row] }

func newRows(r *run, sel *selection, room int) *rows {
	return &rows{
		run: r, sel: sel,
		values: make([]any, 0, room), origins: make([]origin, 0, room), places: make([]joined, 0, room),
		columns: make([]column, len(sel.fields)),
	}
}

// newRoot is the one row of a root type.
func newRoot(r *run, sel *selection) *rows {
	root := newRows(r, sel, 1)
	root.add(nil, origin{})
	return root
}

// add adds an object, and answers its place.
func (rw *rows) add(value any, from origin) *joined {
	rw.values = append(rw.values, value)
	rw.origins = append(rw.origins, from)
	rw.places = append(rw.places, joined{rw, len(rw.places)})
	return &rw.places[len(rw.places)-1]
}

// seats adds the seats of a column to list.
func (rw *rows) seats(list []seat, i int) []seat {
	list = slices.Grow(list, len(rw.values))
	for row := range rw.values {
		list = append(list, seat{rw, i, row})
	}
	return list
}

// open makes room for the answers of a field.
func (rw *rows) open(i int) {
	rw.columns[i].values = make([]any, len(rw.values))
	rw.columns[i].errs = make([]error, len(rw.values))
}
