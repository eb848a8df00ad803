package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"syscall"
	"time"

	"github.com/99designs/gqlgen/conformance/bench/data"
	"github.com/99designs/gqlgen/graphql"
)

// question is one request and for how long to answer it again and again.
type question struct {
	Query        string
	Variables    map[string]any
	Milliseconds int
}

// answerDirectly reads questions and writes what each answer costs, from the request to
// its JSON, in µs of processor time.
func answerDirectly(d *data.Data, in io.Reader, out io.Writer) error {
	exec := graphQL(d)
	questions := json.NewDecoder(in)
	for {
		var q question
		if err := questions.Decode(&q); err != nil {
			return err // io.EOF at the end
		}
		n, before := 0, used()
		for end := time.Now().Add(time.Duration(q.Milliseconds) * time.Millisecond); time.Now().Before(end); n++ {
			op, errs := exec.CreateOperationContext(context.Background(), &graphql.RawParams{Query: q.Query, Variables: q.Variables})
			if errs != nil {
				return errs
			}
			responses, ctx := exec.DispatchOperation(context.Background(), op)
			resp := responses(ctx)
			if _, err := resp.MarshalJSON(); err != nil {
				return err
			}
			resp.Release() // as a transport does
		}
		fmt.Fprintln(out, float64((used()-before).Microseconds())/float64(n))
	}
}

// used is the processor time of this process so far.
func used() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // which fails for others only
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
