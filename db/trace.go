package db

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Counter collects the statements that are sent to the server under a context.
// It is safe for use by several goroutines.
type Counter struct {
	outer *Counter

	mu   sync.Mutex
	sent []string
	at   int // the number of a statement, from 1 on, before which do is called
	do   func()
}

// At has do called as soon as a number of statements, counted from 1, has come, before
// the last of them is sent; in a batch, before all of the batch is.
func (c *Counter) At(n int, do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.do = n, do
}

// CountStatements returns a context under which statements are counted,
// through bun or past it. BEGIN and COMMIT count, as does each statement of a
// batch and a COPY, which is one however many rows it carries; what the
// driver itself sends to see that a connection lives, or to have a statement
// prepared that it then sends, does not. Where the
// context counts already, both counters do.
func CountStatements(ctx context.Context) (context.Context, *Counter) {
	c := &Counter{outer: counterOf(ctx)}
	return context.WithValue(ctx, counterKey{}, c), c
}

// Count returns the number of statements so far.
func (c *Counter) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent)
}

// Shapes returns the statements so far in the order they were sent, as Shape
// shows them: for the message of a test that counted other than it expected.
func (c *Counter) Shapes() []string {
	shapes := c.Statements()
	for i, sent := range shapes {
		shapes[i] = Shape(sent)
	}
	return shapes
}

// Statements returns them as they were sent, with whatever values are in their texts.
func (c *Counter) Statements() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sent)
}

func (c *Counter) add(statement string) {
	for ; c != nil; c = c.outer {
		c.mu.Lock()
		c.sent = append(c.sent, statement)
		if len(c.sent) == c.at {
			c.do()
		}
		c.mu.Unlock()
	}
}

type counterKey struct{}

func counterOf(ctx context.Context) *Counter {
	c, _ := ctx.Value(counterKey{}).(*Counter)
	return c
}

// tracer is told of every statement by pgx, below bun and everything else.
//
// bun's own hooks will not do: they do not see COPY or what goes to the pool
// directly, and what they call the template of a built query is the query with
// its values.
type tracer struct {
	log  *slog.Logger
	slow time.Duration // 0: nothing is logged
}

type startKey struct{}

// start is what is remembered of a statement that runs.
type start struct {
	at  time.Time
	sql string
}

func (t *tracer) begin(ctx context.Context, statements ...string) context.Context {
	if c := counterOf(ctx); c != nil {
		for _, s := range statements {
			c.add(s)
		}
	}
	if t.slow == 0 || len(statements) == 0 {
		return ctx
	}
	return context.WithValue(ctx, startKey{}, start{at: time.Now(), sql: statements[0]})
}

func (t *tracer) end(ctx context.Context, err error) {
	s, ok := ctx.Value(startKey{}).(start)
	if !ok || s.sql == "" {
		return
	}
	if took := time.Since(s.at); took >= t.slow {
		t.log.WarnContext(ctx, "slow statement", "statement", Shape(s.sql), "took", took, "failed", err != nil)
	}
}

func (t *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	return t.begin(ctx, d.SQL)
}

func (t *tracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryEndData) {
	t.end(ctx, d.Err)
}

func (t *tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	statements := make([]string, len(d.Batch.QueuedQueries))
	for i, q := range d.Batch.QueuedQueries {
		statements[i] = q.SQL
	}
	return t.begin(ctx, statements...)
}

func (t *tracer) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (t *tracer) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchEndData) {
	t.end(ctx, d.Err)
}

func (t *tracer) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceCopyFromStartData) context.Context {
	return t.begin(ctx, "COPY "+d.TableName.Sanitize()+" FROM STDIN")
}

func (t *tracer) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, d pgx.TraceCopyFromEndData) {
	t.end(ctx, d.Err)
}
