package policies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestResult is what came of one test of the rules, or of one case of it.
type TestResult struct {
	// Name is the test's, without its prefix, then the case's: for example
	// event_rows/ORGANISATIONAL/occurred_in_area.
	Name string
	// Place is the test's file and line.
	Place  string
	Passed bool
	// Err is why a test could not be run to its end; nil for one that merely
	// failed.
	Err      error
	Duration time.Duration
}

// Test runs the rules' own tests, which lie beside them, and answers what came
// of each, by name. That there are none is an error.
func Test(ctx context.Context) ([]TestResult, error) {
	return runTests(ctx, files)
}

func runTests(ctx context.Context, files fs.FS) ([]TestResult, error) {
	p, err := load(ctx, files)
	if err != nil {
		return nil, err
	}
	modules, err := parse(files)
	if err != nil {
		return nil, err
	}
	var results []TestResult
	err = storage.Txn(ctx, p.store, storage.TransactionParams{}, func(txn storage.Transaction) error {
		running, err := tester.NewRunner().
			SetCompiler(newCompiler()).
			SetStore(p.store).
			SetModules(modules).
			AddCustomBuiltins([]*tester.Builtin{{Decl: overlaps, Func: withOverlaps}}).
			RaiseBuiltinErrors(true).
			SetTimeout(time.Minute).
			RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range running {
			results = append(results, flatten(r)...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("testing the policies: %w", err)
	}
	if len(results) == 0 {
		return nil, errors.New("testing the policies: there are no tests")
	}
	slices.SortFunc(results, func(a, b TestResult) int { return cmp.Compare(a.Name, b.Name) })
	return results, nil
}

// flatten answers the cases of a test, or the test itself where it has none.
func flatten(r *tester.Result) []TestResult {
	whole := TestResult{
		Name:     strings.TrimPrefix(r.Name, tester.TestPrefix),
		Place:    fmt.Sprintf("%s:%d", r.Location.File, r.Location.Row),
		Passed:   r.Pass(),
		Err:      r.Error,
		Duration: r.Duration,
	}
	var cases []TestResult
	for path, sub := range r.SubResults.Iter {
		if len(sub.SubResults) > 0 {
			continue
		}
		c := whole
		c.Name = whole.Name + "/" + strings.Join(path, "/")
		c.Passed = !sub.Fail
		cases = append(cases, c)
	}
	if len(cases) == 0 || whole.Err != nil {
		return []TestResult{whole}
	}
	return cases
}
