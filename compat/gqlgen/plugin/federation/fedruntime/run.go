package fedruntime

import (
	"context"
	"errors"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// The most groups, or single representations, that are resolved at a time in one call.
const concurrency = 16

// tasks splits the groups whose key finds one entity at a time.
func tasks(groups []*group) []*group {
	var out []*group
	for _, g := range groups {
		if g.key.Many != nil {
			out = append(out, g)
			continue
		}
		for i := range g.index {
			out = append(out, &group{typeName: g.typeName, key: g.key, index: g.index[i : i+1], values: g.values[i : i+1]})
		}
	}
	return out
}

// runAll runs every task and waits for all that were started. It stops starting tasks once ctx is done.
func runAll(ctx context.Context, list []*group, run func(*group)) error {
	if len(list) == 1 {
		run(list[0])
		return ctx.Err()
	}
	var wait sync.WaitGroup
	defer wait.Wait()
	slots := make(chan struct{}, concurrency)
	for _, g := range list {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case slots <- struct{}{}:
		}
		wait.Go(func() {
			defer func() { <-slots }()
			run(g)
		})
	}
	return nil
}

// partialErrors sees errors by position in err, padded to n.
func partialErrors(err error, n int) ([]error, bool) {
	var batch graphql.BatchErrors
	if err == nil || !errors.As(err, &batch) {
		return nil, false
	}
	list := make([]error, n)
	copy(list, batch.Errors())
	return list, true
}
