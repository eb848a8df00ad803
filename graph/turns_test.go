package graph_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	limits "github.com/99designs/gqlgen/graphql/handler/extension"

	"lfpse/graph"
	"lfpse/internal/fault"
	"lfpse/resolvers"
)

// asker is a request that takes its turn, is answered when it is told to, and ends when it is told to.
type asker struct {
	turn          error
	taken, ended  bool
	begin, finish chan struct{}
	cancel        context.CancelFunc
}

func asks(t *testing.T, turns graph.Turns, cost int) *asker {
	ctx, cancel := context.WithCancel(t.Context())
	a := &asker{begin: make(chan struct{}), finish: make(chan struct{}), cancel: cancel}
	handler := turns.Around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		op := &graphql.OperationContext{}
		op.Stats.SetExtension("ComplexityLimit", &limits.ComplexityStats{Complexity: cost})
		if err := turns.MutateOperationContext(r.Context(), op); err != nil {
			a.turn = err.Err
		}
		a.taken = true
		<-a.begin
		w.WriteHeader(http.StatusOK)
		<-a.finish
	}))
	go func() {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", nil))
		a.ended = true
	}()
	synctest.Wait()
	return a
}

// A large answer waits for those before it to be made, and not for anybody to take them. A small one waits for nobody.
func TestLargeAnswersAreMadeInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := graph.NewTurns(60_000)
		first := asks(t, turns, 30_000)
		second := asks(t, turns, 30_000)
		third := asks(t, turns, 250_000)
		gone := asks(t, turns, 30_000)
		small := asks(t, turns, 5_000)
		if !first.taken || !second.taken || third.taken || gone.taken || !small.taken {
			t.Fatalf("the first %v, the second %v, the third %v, a fourth %v and a small one %v had their turns", first.taken, second.taken, third.taken, gone.taken, small.taken)
		}
		gone.cancel()
		synctest.Wait()
		if !gone.taken || fault.KindOf(gone.turn) != fault.RateLimited {
			t.Errorf("who went away was answered %v", gone.turn)
		}
		close(first.begin)
		synctest.Wait()
		if third.taken {
			t.Error("the third did not wait for the second")
		}
		close(second.begin)
		synctest.Wait()
		if !third.taken || third.turn != nil || first.ended || second.ended {
			t.Error("the third waited for others to take their answers")
		}
		third.cancel()
		close(third.begin)
		for _, a := range []*asker{first, second, third, gone, small} {
			select {
			case <-a.begin:
			default:
				close(a.begin)
			}
			close(a.finish)
		}
		synctest.Wait()
		if last := asks(t, turns, 60_000); !last.taken || last.turn != nil {
			t.Errorf("a turn was not given back: %v", last.turn)
		} else {
			close(last.begin)
			close(last.finish)
		}
	})
}

// This fails when the server is put together without turns: where there are none, who would wait is told.
func TestTheServerHasItsTurns(t *testing.T) {
	t.Parallel()
	turns := graph.NewTurns(1)
	server := turns.Around(graph.NewGraphQL(graph.Options{
		Resolver: &resolvers.Resolver{Now: time.Now}, Policy: nothingKnown{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}, turns))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(`{"query":"{ icbs { organisations { nodes { events { nodes { id } } } } } }"}`))
	request.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, request)
	if answer := w.Body.String(); !strings.Contains(answer, "RATE_LIMITED") {
		t.Errorf("got %s", answer)
	}
}
