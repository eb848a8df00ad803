package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/sync/semaphore"

	"lfpse/internal/fault"
)

const (
	// smallCost is what an operation may cost to be answered at once. The page of a dashboard does, many times over.
	smallCost = 5_000
	// costAtOnce is what larger ones may cost together. More at a time would be answered no sooner, and each
	// holds megabytes while it is.
	costAtOnce = 40_000
)

// Turns has large answers made a few at a time. It is an extension of the server, and the handler around it: an
// operation takes its turn before it is executed, and its answer has been made once it is written.
type Turns struct{ costs *semaphore.Weighted }

var (
	_ graphql.HandlerExtension        = Turns{}
	_ graphql.OperationContextMutator = Turns{}
)

// NewTurns makes turns for answers that cost so much together.
func NewTurns(atOnce int64) Turns { return Turns{semaphore.NewWeighted(atOnce)} }

// ExtensionName names the extension.
func (Turns) ExtensionName() string { return "Turns" }

// Validate has nothing to check of the schema.
func (Turns) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext waits for the turn of a large operation; it changes nothing.
func (t Turns) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	turn, _ := ctx.Value(turnKey{}).(*turn)
	stats := extension.GetComplexityStats(graphql.WithOperationContext(ctx, op))
	if turn == nil || stats == nil || stats.Complexity <= smallCost {
		return nil
	}
	return turn.take(ctx, int64(min(stats.Complexity, costAtOnce)))
}

// Around gives requests a turn to take.
func (t Turns) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turn := &turn{ResponseWriter: w, of: t.costs}
		defer turn.end()
		next.ServeHTTP(turn, r.WithContext(context.WithValue(r.Context(), turnKey{}, turn)))
	})
}

type turnKey struct{}

// turn is a request's, until it begins to be answered: who takes the answer slowly keeps nobody waiting.
type turn struct {
	http.ResponseWriter
	of   *semaphore.Weighted
	held int64
}

func (t *turn) take(ctx context.Context, cost int64) *gqlerror.Error {
	if err := t.of.Acquire(ctx, cost); err != nil {
		return &gqlerror.Error{Err: fault.New(fault.RateLimited, "Others ask for much as well; ask again in a moment, or for less.")}
	}
	t.held = cost
	return nil
}

func (t *turn) end() {
	t.of.Release(t.held)
	t.held = 0
}

// WriteHeader begins the answer.
func (t *turn) WriteHeader(status int) {
	t.end()
	t.ResponseWriter.WriteHeader(status)
}

// Write writes some of it.
func (t *turn) Write(b []byte) (int, error) {
	t.end()
	return t.ResponseWriter.Write(b)
}

// Unwrap answers the writer beneath.
func (t *turn) Unwrap() http.ResponseWriter { return t.ResponseWriter }
