package engine

// Specification: ResolveFieldValue, of one row or of many.

// read answers a field of every row here and now.
func (r *run) read(rw *rows, i int) {
	rw.open(i)
	for row := range rw.values {
		r.one(seat{rw, i, row})
	}
}

// prepare makes everything that answering a column on several goroutines will
// read or write.
func (r *run) prepare(rw *rows, i int) {
	rw.open(i)
	if r.middleware == nil && rw.sel.fields[i].table.Batch != nil {
		return
	}
	for row := range rw.values {
		rw.frame(i, row)
	}
}

// call answers columns that wait for input or output, at the same time.
func (r *run) call(columns []seat) {
	var singles, batched []seat
	for _, s := range columns {
		if s.rows.sel.fields[s.field].table.Batch != nil {
			batched = append(batched, s)
		} else {
			singles = s.rows.seats(singles, s.field)
		}
	}
	batches := alike(batched)
	calls := len(batches) + len(singles)
	_ = Parallel(r.ctx, calls, func(i int) { // who calls looks at the context
		if i < len(batches) {
			r.batch(batches[i])
		} else {
			r.one(singles[i-len(batches)])
		}
	})
}

// one answers a field of one row.
func (r *run) one(s seat) {
	at, col := s.rows.frame(s.field, s.row), s.column()
	col.values[s.row], col.errs[s.row] = r.ask(at)
	at.field.Result = col.values[s.row]
}

// ask makes the call of a frame, through the middleware. A panic becomes the error.
func (r *run) ask(at *frame) (value any, err error) {
	defer r.recovered(at, &err)
	if r.middleware == nil {
		return at.next(at)
	}
	if at.bound == nil {
		at.bound = at.next
	}
	return r.middleware(at, at.bound)
}
