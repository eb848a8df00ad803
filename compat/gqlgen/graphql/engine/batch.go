package engine

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// deepest is how many calls of middleware are nested at most: a stack that
// overflows ends the process.
const deepest = 100_000

// alike sorts columns into batches: the seats of all columns of a level that ask
// the same of the same field, whichever places of the document they come from.
func alike(columns []seat) [][]seat {
	type named struct {
		object *object
		field  string
	}
	type question struct {
		named
		text string // empty where no other column is of the field
	}
	of := make(map[named]int, len(columns))
	for _, s := range columns {
		of[named{s.rows.sel.object, s.rows.sel.fields[s.field].Name}]++
	}
	var batches [][]seat
	known := make(map[question]int, len(columns))
	for _, s := range columns {
		field := s.rows.sel.fields[s.field]
		q := question{named: named{s.rows.sel.object, field.Name}}
		if of[q.named] > 1 {
			q.text = field.text()
		}
		at, ok := known[q]
		if !ok {
			at = len(batches)
			known[q] = at
			batches = append(batches, nil)
		}
		batches[at] = s.rows.seats(batches[at], s.field)
	}
	return batches
}

// text is what a field asks, whatever it calls the answer. Variables keep their
// names: all are of one operation.
func (f *field) text() string {
	var b strings.Builder
	asked := &ast.Field{Name: f.Name, Alias: f.Name, Arguments: f.Arguments, SelectionSet: f.Selections}
	formatter.NewFormatter(&b).FormatQueryDocument(&ast.QueryDocument{Operations: ast.OperationList{
		{Operation: ast.Query, SelectionSet: ast.SelectionSet{asked}},
	}})
	return b.String()
}

// batch answers seats with one call.
func (r *run) batch(seats []seat) {
	if r.middleware == nil {
		r.answer(seats)
		return
	}
	for some := range slices.Chunk(seats, deepest) {
		g := &gathering{run: r, waiting: some}
		g.advance()
	}
}

// answer calls a batch resolver for the parents in seats.
func (r *run) answer(seats []seat) {
	if len(seats) == 0 || r.ctx.Err() != nil {
		return
	}
	parents := make([]any, len(seats))
	for i, s := range seats {
		parents[i] = s.parent()
	}
	values, errs, err := r.callBatch(seats[0], parents)
	for i, s := range seats {
		switch col := s.column(); {
		case err != nil:
			col.errs[s.row] = err
		case errs != nil && errs[i] != nil:
			col.errs[s.row] = errs[i]
		default:
			col.values[s.row] = values[i]
		}
	}
}

// callBatch calls the batch resolver of a field once.
func (r *run) callBatch(first seat, parents []any) (values []any, errs []error, err error) {
	f := first.rows.sel.fields[first.field]
	at := &frame{Context: r.ctx, field: *first.rows.batchContext(first.field)}
	defer r.recovered(at, &err)
	values, err = f.table.Batch(at, parents, at.field.Args)
	errs, err = CheckBatch(len(parents), len(values), err)
	return values, errs, err
}

// CheckBatch checks what a batch resolver answered: a result and, where its error
// is a graphql.BatchErrors, an error for each of n parents. A shorter or longer
// answer would give one's record to another: the error of all is then err. errs is nil,
// or has one entry per parent.
func CheckBatch(n, results int, failed error) (errs []error, err error) {
	var each graphql.BatchErrors
	if errors.As(failed, &each) {
		if errs = each.Errors(); len(errs) != n {
			return nil, errBatchErrors
		}
		failed = nil
	}
	if failed == nil && results != n {
		return nil, errBatchLength
	}
	return errs, failed
}

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
	run     *run
	waiting []seat // those whose middleware is still to be called
	joined  []seat // those whose middleware has called next, in order
	done    bool   // the batch was called
}

// advance begins the parents that are left, then calls the batch, once.
func (g *gathering) advance() {
	for len(g.waiting) > 0 && g.run.ctx.Err() == nil {
		s := g.waiting[0]
		g.waiting = g.waiting[1:]
		g.begin(s)
	}
	if !g.done {
		g.done = true
		g.run.answer(g.joined)
	}
}

// begin calls the middleware of one parent and keeps what it answers.
func (g *gathering) begin(s seat) {
	at, col := s.rows.frame(s.field, s.row), s.column()
	joined := false
	at.bound = func(context.Context) (any, error) {
		if !joined && !g.done {
			joined = true
			g.joined = append(g.joined, s)
			g.advance()
		}
		return col.values[s.row], col.errs[s.row]
	}
	col.values[s.row], col.errs[s.row] = g.run.ask(at)
	at.field.Result = col.values[s.row]
}
