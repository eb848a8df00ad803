package engine

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"
)

// lateLeaf reads one leaf field of one row after the other, while they are
// written. It lives as long as its column, so that a row costs no context, no
// closure and no allocation but that of the value itself.
type lateLeaf struct {
	frame
	run    *run
	table  *Field
	args   map[string]any
	parent any
	next   graphql.Resolver // read, bound once
}

func (l *lateLeaf) read(ctx context.Context) (any, error) {
	return l.table.Read(ctx, l.parent, l.field.Args)
}

// late reads a leaf of one row, through the middleware.
func (w *writing) late(rw *rows, i, row int) (any, error) {
	l := rw.columns[i].late
	if l == nil {
		l = &lateLeaf{run: w.run, table: rw.sel.fields[i].table, args: rw.sel.fields[i].args}
		l.frame = frame{Context: w.run.ctx, field: rw.describe(i)}
		l.next = l.read
		rw.columns[i].late = l
	}
	l.parent = rw.values[row]
	l.field.Parent = rw.context(row)
	l.field.Result = nil
	if w.run.middleware != nil && len(l.args) > 0 {
		l.field.Args = maps.Clone(l.args) // middleware may change them
	}
	return w.run.around(&l.frame, l.next)
}
