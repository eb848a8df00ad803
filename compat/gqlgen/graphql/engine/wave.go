package engine

// wave is what can be resolved without waiting for one another: the rows of one
// level, and those that reading them without input or output leads to.
type wave struct {
	queue []*rows
	// open finds the rows of a selection that are still waiting in queue.
	open map[*selection]*rows
}

func newWave(queue ...*rows) *wave {
	return &wave{queue: queue, open: make(map[*selection]*rows)}
}

// rows are those that objects of a selection join.
func (w *wave) rows(r *run, sel *selection, room int) *rows {
	rw := w.open[sel]
	if rw == nil {
		rw = newRows(r, sel, room)
		w.open[sel] = rw
		w.queue = append(w.queue, rw)
	}
	return rw
}

// resolve answers every field at and below the rows of a wave that is not to be read
// while writing. Specification: ExecuteSelectionSet, level by level.
func (r *run) resolve(current *wave) {
	for len(current.queue) > 0 && r.ctx.Err() == nil {
		current = r.level(current)
	}
}

// level resolves a wave and returns the next one.
func (r *run) level(current *wave) *wave {
	var pending []seat                        // the first of each column that waits for input or output
	for n := 0; n < len(current.queue); n++ { // reading may lengthen the queue
		rw := current.queue[n]
		delete(current.open, rw.sel)
		for i, f := range rw.sel.fields {
			_, err := r.args(f)
			switch {
			case f.late || f.inline && !r.careful || err != nil || r.ctx.Err() != nil:
			case f.table.Stream != nil: // its event is the answer
				r.complete(rw, i, current)
			case f.table.Read != nil:
				r.read(rw, i)
				r.complete(rw, i, current)
			default:
				r.prepare(rw, i)
				pending = append(pending, seat{rows: rw, field: i})
			}
		}
	}
	r.call(pending)
	next := newWave()
	for _, s := range pending {
		r.complete(s.rows, s.field, next)
	}
	return next
}
