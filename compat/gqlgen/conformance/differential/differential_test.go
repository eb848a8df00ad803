//go:build conformance

package differential

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The default asks 12 schemas 100 operations each. To look further:
//
//	CONFORMANCE_SEED=7 CONFORMANCE_SCHEMAS=500 go test -tags conformance -run Generated .
//
// A failure names the seed of its schema and the number of its operation.
const (
	defaultSeed = 20240607
	schemas     = 12
	operations  = 100
)

func fromEnvironment(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text, ok := os.LookupEnv(name)
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

func TestGeneratedOperations(t *testing.T) {
	seed := fromEnvironment(t, "CONFORMANCE_SEED", defaultSeed)
	peer := startPeer(t)
	var executed, refused, failed int
	for i := range fromEnvironment(t, "CONFORMANCE_SCHEMAS", schemas) {
		g := generate(t, seed+i)
		peer.ask(t, map[string]any{"ask": "schema", "seed": g.answers.seed, "sdl": g.sdl}, nil)
		for n := range fromEnvironment(t, "CONFORMANCE_OPERATIONS", operations) {
			req := writeOperation(rand.New(rand.NewPCG(uint64(seed+i), uint64(n+1))), g.schema, g.inputs)
			want := peer.execute(t, req)
			for _, e := range g.executors {
				got := answer(t, e, req)
				if difference := compare(got, want, e.parallel); difference != "" {
					t.Errorf("schema %d, operation %d, executor %s: %s\n%s\nvariables %s, operation %q\nours   %s\ntheirs %s",
						seed+i, n, e.name, difference, req.Query, req.Variables, req.OperationName, got, want)
					break
				}
			}
			switch parts, _ := read(want); {
			case parts.Data == nil:
				refused++
			case parts.Errors != nil:
				failed++
				fallthrough
			default:
				executed++
			}
		}
	}
	t.Logf("%d operations executed, %d of them with errors; %d refused", executed, failed, refused)
	if executed < 2*refused || failed < executed/10 {
		t.Error("the operations that were generated say little")
	}
}

// generated is a schema and its executors.
type generated struct {
	sdl       string
	inputs    []inputType
	schema    *ast.Schema
	answers   *answers
	executors []variant
}

// variant is one way to set up an executor; none of them may show.
type variant struct {
	name     string
	parallel bool // see compare
	*executor.Executor
}

func generate(t *testing.T, seed int) *generated {
	t.Helper()
	w := &schemaWriter{rng: rand.New(rand.NewPCG(uint64(seed), 0))}
	sdl := w.write()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: sdl})
	if err != nil {
		t.Fatalf("schema %d: %v\n%s", seed, err, sdl)
	}
	g := &generated{sdl: sdl, inputs: w.values.types, schema: schema, answers: newAnswers(strconv.Itoa(seed), schema)}

	fields := executor.New(engine.New(g.answers.tables()))
	fields.SetQueryCache(lru.New[*ast.QueryDocument](100))
	fields.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) })
	roots := executor.New(engine.New(g.answers.tables()))
	roots.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) })
	g.executors = []variant{
		{"plain", false, executor.New(engine.New(g.answers.tables()))},
		{"with a document cache and middleware around fields", false, fields},
		{"with middleware around root fields", true, roots},
	}
	for _, e := range g.executors {
		e.Use(extension.Introspection{})
		e.SetRecoverFunc(func(_ context.Context, p any) error { return p.(error) })
	}
	return g
}

// answer is ours.
func answer(t *testing.T, e variant, req request) []byte {
	t.Helper()
	params := &graphql.RawParams{Query: req.Query, OperationName: req.OperationName}
	dec := json.NewDecoder(bytes.NewReader([]byte(req.Variables)))
	dec.UseNumber()
	if err := dec.Decode(&params.Variables); err != nil {
		t.Fatalf("%v: %s", err, req.Variables)
	}
	ctx := context.WithValue(context.Background(), counterKey{}, new(atomic.Int64))
	body, err := respond(ctx, e, params).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func respond(ctx context.Context, e variant, params *graphql.RawParams) *graphql.Response {
	op, errs := e.CreateOperationContext(ctx, params)
	if errs != nil {
		return e.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	responses, ctx := e.DispatchOperation(ctx, op)
	return responses(ctx)
}

// peer is graphql-js in a process of its own.
type peer struct {
	in  io.Writer
	out *bufio.Reader
}

func startPeer(t *testing.T) *peer {
	t.Helper()
	if _, err := os.Stat("../node_modules/graphql"); err != nil {
		t.Fatalf("run npm ci in the folder above: %v", err)
	}
	cmd := exec.Command("node", "peer.mjs")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting node: %v", err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("node: %v", err)
		}
	})
	return &peer{in: in, out: bufio.NewReaderSize(out, 1<<16)}
}

// ask sends one message and reads its answer into to.
func (p *peer) ask(t *testing.T, message, to any) {
	t.Helper()
	line, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(p.in, "%s\n", line); err != nil {
		t.Fatalf("asking node: %v", err)
	}
	reply, err := p.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("reading from node: %v", err)
	}
	var failure struct{ Failure string }
	if err := json.Unmarshal(reply, &failure); err != nil || failure.Failure != "" {
		t.Fatalf("node failed: %v %s\n%s", err, failure.Failure, line)
	}
	if to == nil {
		return
	}
	if err := json.Unmarshal(reply, to); err != nil {
		t.Fatal(err)
	}
}

func (p *peer) execute(t *testing.T, req request) []byte {
	t.Helper()
	var reply struct{ Body string }
	message := map[string]any{"ask": "execute", "query": req.Query, "variables": json.RawMessage(req.Variables)}
	if req.OperationName != "" {
		message["operationName"] = req.OperationName
	}
	p.ask(t, message, &reply)
	return []byte(reply.Body)
}
