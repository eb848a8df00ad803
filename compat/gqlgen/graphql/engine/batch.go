package engine

import (
	"context"
	"maps"
)

// gathering surrounds every parent of a batch with the field's middleware and
// still makes one call of the batch.
//
// The calls of the middleware are nested: the next resolver of the first parent
// begins the middleware of the second, and so on; when none is left, the
// resolver is called for the parents whose middleware has called next, and all
// return with their part. A parent whose middleware returns without calling next
// is left out, and the parent after it is begun by whoever began this one. One
// stack thus holds all the calls that wait, where otherwise each would need a
// goroutine.
type gathering struct {
	run    *run
	rows   *rows
	field  int
	frames []frame

	begun  int   // parents whose middleware was called
	joined []int // parents whose middleware has called next, in order
	done   bool  // the batch was called

	values []any
	errs   []error
}

// batchAround answers a field of all rows with one call, through the middleware.
func (r *run) batchAround(rw *rows, i int) {
	n := len(rw.values)
	g := &gathering{
		run: r, rows: rw, field: i,
		frames: make([]frame, n), joined: make([]int, 0, n),
		values: make([]any, n), errs: make([]error, n),
	}
	common := rw.describe(i)
	for row := range n {
		at := &g.frames[row]
		at.Context, at.field = r.ctx, common
		at.field.Parent = rw.context(row)
		at.field.Args = maps.Clone(common.Args)
		rw.columns[i].contexts[row] = &at.field
	}
	g.advance()
}

// advance begins the parents that are left, then calls the batch, once.
func (g *gathering) advance() {
	for g.begun < len(g.frames) {
		row := g.begun
		g.begun++
		g.begin(row)
	}
	if !g.done {
		g.done = true
		g.call()
	}
}

// begin calls the middleware of one parent and keeps what it answers.
func (g *gathering) begin(row int) {
	at := &g.frames[row]
	joined := false
	value, err := g.run.around(at, func(context.Context) (any, error) {
		if !joined && !g.done {
			joined = true
			g.joined = append(g.joined, row)
			g.advance()
		}
		return g.values[row], g.errs[row]
	})
	at.field.Result = value
	col := &g.rows.columns[g.field]
	col.values[row] = value
	if err != nil {
		col.errs[row] = err
	}
}

// call resolves the parents that have joined.
func (g *gathering) call() {
	if len(g.joined) == 0 || g.run.ctx.Err() != nil {
		return
	}
	parents := make([]any, len(g.joined))
	for k, row := range g.joined {
		parents[k] = g.rows.values[row]
	}
	at := &frame{Context: g.run.ctx, field: *g.rows.batchContext(g.field)}
	values, errs, err := g.run.callBatch(at, &g.rows.sel.fields[g.field], parents)
	for k, row := range g.joined {
		switch {
		case err != nil:
			g.errs[row] = err
		case errs != nil && errs[k] != nil:
			g.errs[row] = errs[k]
		default:
			g.values[row] = values[k]
		}
	}
}
