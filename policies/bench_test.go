package policies

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/rego"

	"lfpse/internal/authz"
)

// region is one area with a great many organisations.
type region struct{ codes []string }

func newRegion(n int) region {
	r := region{}
	for i := range n {
		r.codes = append(r.codes, fmt.Sprintf("X%05d", i))
	}
	return r
}

func (r region) Within(authz.Area, time.Time) []string { return r.codes }
func (region) ICBs(authz.Area, time.Time) []string     { return nil }
func (region) NextChange(time.Time) time.Time          { return time.Time{} }
func (region) Version() int64                          { return 1 }
func (region) Reach(context.Context, int64) error      { return nil }

// BenchmarkDecision shows what a decision costs, in units of asking the rules
// about one row, which is what it saves for each row of each query:
//
//	row        rules asked about one event
//	new        a reader's first request: every condition of the noun worked out and translated
//	kept       every request after it
func BenchmarkDecision(b *testing.B) {
	for _, organisations := range []int{2, 7000} {
		b.Run(fmt.Sprintf("organisations=%d", organisations), func(b *testing.B) {
			a, err := New(b.Context(), Options{Geography: newRegion(organisations)})
			if err != nil {
				b.Fatal(err)
			}
			p := anAccount(grant(authz.Admin, authz.AreaRegion, "R"))
			row := benchmarkRow(b, a, p)
			b.Run("new", func(b *testing.B) {
				for b.Loop() {
					p.GrantVersion++
					if _, err := a.Scope(b.Context(), p, authz.Events); err != nil {
						b.Fatal(err)
					}
				}
				reportRatio(b, row)
			})
			b.Run("kept", func(b *testing.B) {
				for b.Loop() {
					if _, err := a.Scope(b.Context(), p, authz.Events); err != nil {
						b.Fatal(err)
					}
				}
				reportRatio(b, row)
			})
		})
	}
}

// benchmarkRow measures asking the rules whether one event is visible, and
// answers the time it takes.
func benchmarkRow(b *testing.B, a *Authorizer, p authz.Principal) (each time.Duration) {
	query, err := a.policy.rego("data.event.visible").PrepareForEval(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	r, err := a.read(p, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	input := about(b, r.input, authz.Events, map[string]any{
		"recorded_by": clientID.String(), "client_id": nil, "status": "SUBMITTED",
		"organisation": "ELSEWHERE", "occurred_at_organisations": []string{"ELSEWHERE"},
	})
	b.Run("row", func(b *testing.B) {
		for b.Loop() {
			if _, err := query.Eval(b.Context(), rego.EvalParsedInput(input)); err != nil {
				b.Fatal(err)
			}
		}
		each = b.Elapsed() / time.Duration(b.N)
	})
	return each
}

func reportRatio(b *testing.B, row time.Duration) {
	if row == 0 { // left out by -bench
		return
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(row), "rows")
}

// BenchmarkManyReaders shows that kept decisions are found as quickly while
// others are worked out.
func BenchmarkManyReaders(b *testing.B) {
	w := newWorld(b)
	readers := []authz.Principal{anAccount(), {}, aClient()}
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if _, err := w.Scope(b.Context(), readers[i%len(readers)], authz.Events); err != nil {
				b.Fatal(err)
			}
		}
	})
}
