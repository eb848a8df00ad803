package engine

import (
	"context"
	"errors"
	"maps"

	"github.com/99designs/gqlgen/graphql"
)

// wave is what can be resolved without waiting for one another: the rows of one
// level, and those that reading them without input or output leads to.
type wave struct {
	queue []*rows
	// open finds the rows of a selection that are still waiting in queue.
	open map[*selection]*rows
}

func newWave() *wave { return &wave{open: make(map[*selection]*rows)} }

// join adds an object to the rows of its selection.
func (w *wave) join(sel *selection, value any, from origin, hint int) (*rows, int) {
	rw := w.open[sel]
	if rw == nil {
		rw = &rows{sel: sel, values: make([]any, 0, hint), origins: make([]origin, 0, hint)}
		w.open[sel] = rw
		w.queue = append(w.queue, rw)
	}
	rw.values = append(rw.values, value)
	rw.origins = append(rw.origins, from)
	return rw, len(rw.values) - 1
}

// task is one call of a resolver: for one row, or (row -1) for all of them.
type task struct {
	rows  *rows
	field int
	row   int
}

// resolve answers every field at and below the rows of root that is not a leaf
// to be read while writing.
func (r *run) resolve(root *rows) {
	current := newWave()
	current.queue = append(current.queue, root)
	for len(current.queue) > 0 && r.ctx.Err() == nil {
		current = r.level(current)
	}
}

// level resolves a wave and returns the next one.
func (r *run) level(current *wave) *wave {
	var tasks []task
	var pending []task
	for n := 0; n < len(current.queue); n++ { // reading may lengthen the queue
		rw := current.queue[n]
		delete(current.open, rw.sel)
		if rw.columns == nil {
			rw.columns = make([]column, len(rw.sel.fields))
		}
		for i := range rw.sel.fields {
			f := &rw.sel.fields[i]
			switch {
			case f.late() || rw.columns[i].values != nil:
			case f.argsErr != nil:
				r.failColumn(rw, i, f.argsErr)
			case f.table.Read != nil:
				r.readColumn(rw, i)
				r.complete(rw, i, current)
			default:
				tasks = r.enlist(tasks, rw, i)
				pending = append(pending, task{rows: rw, field: i})
			}
		}
	}
	parallel(r.limit, len(tasks), func(i int) { r.perform(tasks[i]) })
	next := newWave()
	for _, p := range pending {
		r.complete(p.rows, p.field, next)
	}
	return next
}

// enlist adds the calls a field needs, and prepares what they will write to.
func (r *run) enlist(tasks []task, rw *rows, i int) []task {
	rw.columns[i].values = make([]any, len(rw.values))
	rw.columns[i].errs = make([]error, len(rw.values))
	rw.columns[i].contexts = make([]*graphql.FieldContext, len(rw.values))
	if rw.sel.fields[i].table.Batch != nil {
		if r.middleware != nil {
			rw.contexts()
		}
		return append(tasks, task{rows: rw, field: i, row: -1})
	}
	rw.contexts()
	for row := range rw.values {
		tasks = append(tasks, task{rows: rw, field: i, row: row})
	}
	return tasks
}

// contexts makes the contexts of all rows, so that resolvers on several
// goroutines only read them.
func (rw *rows) contexts() {
	for row := range rw.values {
		rw.context(row)
	}
}

func (r *run) perform(t task) {
	switch {
	case r.ctx.Err() != nil: // nothing new is begun after cancellation
	case t.row < 0 && r.middleware != nil:
		r.batchAround(t.rows, t.field)
	case t.row < 0:
		r.batch(t.rows, t.field)
	default:
		r.one(t.rows, t.field, t.row)
	}
}

// one answers a field of one row.
func (r *run) one(rw *rows, i, row int) {
	col, f := &rw.columns[i], &rw.sel.fields[i]
	at := &frame{Context: r.ctx, field: rw.describe(i)}
	at.field.Parent = rw.context(row)
	if r.middleware != nil {
		at.field.Args = maps.Clone(f.args) // middleware may change them
	}
	col.contexts[row] = &at.field
	call := f.table.Resolve
	if call == nil {
		call = f.table.Read
	}
	value, err := r.around(at, func(ctx context.Context) (any, error) {
		return call(ctx, rw.values[row], at.field.Args)
	})
	at.field.Result = value
	col.values[row] = value
	if err != nil {
		col.errs[row] = err
	}
}

// around calls next through the middleware. A panic becomes the error.
func (r *run) around(at *frame, next graphql.Resolver) (value any, err error) {
	defer r.recovered(at, &err)
	if r.middleware == nil {
		return next(at)
	}
	return r.middleware(at, next)
}

// batch answers a field of all rows with one call.
func (r *run) batch(rw *rows, i int) {
	col := &rw.columns[i]
	at := &frame{Context: r.ctx, field: *rw.batchContext(i)}
	values, errs, err := r.callBatch(at, &rw.sel.fields[i], rw.values)
	if err != nil {
		for row := range col.errs {
			col.errs[row] = err
		}
		return
	}
	copy(col.values, values)
	copy(col.errs, errs)
}

// callBatch calls a batch resolver and checks that its answer has a place for
// every parent: a shorter or longer one would give one's record to another.
func (r *run) callBatch(at *frame, f *field, parents []any) (values []any, errs []error, err error) {
	defer r.recovered(at, &err)
	values, err = f.table.Batch(at, parents, f.args)
	var each graphql.BatchErrors
	if errors.As(err, &each) {
		if errs = each.Errors(); len(errs) != len(parents) {
			return nil, nil, errBatchErrors
		}
		err = nil
	}
	if err != nil {
		return nil, nil, err
	}
	if len(values) != len(parents) {
		return nil, nil, errBatchLength
	}
	return values, errs, nil
}

// readColumn answers a field of every row here and now.
func (r *run) readColumn(rw *rows, i int) {
	col, f := &rw.columns[i], &rw.sel.fields[i]
	col.values = make([]any, len(rw.values))
	if r.middleware != nil {
		col.errs = make([]error, len(rw.values))
		col.contexts = make([]*graphql.FieldContext, len(rw.values))
		for row := range rw.values {
			r.one(rw, i, row)
		}
		return
	}
	at := &frame{Context: r.ctx, field: rw.describe(i)}
	for row, parent := range rw.values {
		value, err := r.readOne(at, f, parent)
		if err != nil {
			col.fail(row, err)
		}
		col.values[row] = value
	}
}

func (r *run) readOne(at *frame, f *field, parent any) (value any, err error) {
	defer r.recovered(at, &err)
	return f.table.Read(at, parent, f.args)
}

func (r *run) failColumn(rw *rows, i int, err error) {
	rw.columns[i].values = make([]any, len(rw.values))
	for row := range rw.values {
		rw.columns[i].fail(row, err)
	}
}
