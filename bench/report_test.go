package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// measured are results of runs in which each system answered so many a second.
func measured(perSecond map[string][]float64) *results {
	r := &results{
		o:  options{connections: []int{1, 16}, rounds: 3, seconds: 1},
		of: map[key]*result{}, statements: map[string]float64{"W1": 5}, asking: 1, unserved: map[string]string{},
	}
	for system, rounds := range perSecond {
		for _, n := range rounds {
			r.add(key{"W1", system, 16}, &workload{}, sample{perSecond: n, p50: time.Millisecond, peak: 100 << 20})
		}
	}
	return r
}

func TestTargetsAreJudgedByMedians(t *testing.T) {
	lines := measured(map[string][]float64{ours: {90, 5000, 100}, postGraphile: {30, 20, 1000}, limitJSON: {200, 1, 200}}).verdicts()
	for _, want := range []string{
		"W1 is 3.33 x postgraphile, at least 3: met",
		"W1 is 0.50 x limit-json, at least 0.8: MISSED",
		"W1 costs 4.0 statements, and 1.0 that say who is asking; at most 4: met",
		"the service held at most 100 MB, at most 150: met",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is not among %q", want, lines)
		}
	}
}

func TestAStatementTooManyAndTooMuchMemoryAreMissed(t *testing.T) {
	r := measured(map[string][]float64{ours: {1}})
	r.statements["W1"] = 6
	r.of[key{"W1", ours, 16}].samples[0].peak = 151 << 20
	missed := strings.Count(strings.Join(r.verdicts(), "\n"), "MISSED")
	if missed != 2 {
		t.Errorf("%d are missed: %q", missed, r.verdicts())
	}
}

func TestAWorkloadThatWasNotRunSaysWhy(t *testing.T) {
	r := measured(nil)
	r.unserved["W3"] = "it is not there"
	if lines := r.verdicts(); !slices.Contains(lines, "W3 was not run to its end: it is not there") {
		t.Errorf("the report says %q", lines)
	}
}

func TestPercentiles(t *testing.T) {
	l := load{}
	if l.percentile(50) != 0 {
		t.Error("no answer took a time")
	}
	for i := range 100 {
		l.times = append(l.times, time.Duration(i))
	}
	for p, want := range map[float64]time.Duration{0: 0, 50: 50, 99: 99, 100: 99} {
		if got := l.percentile(p); got != want {
			t.Errorf("percentile %g is %d, not %d", p, got, want)
		}
	}
}

func TestTheReportTellsProcessorTimeByRequest(t *testing.T) {
	if got := (sample{perSecond: 400}).each(0.8); got != 2 {
		t.Errorf("400 requests a second that keep 0.8 of a processor busy take %g ms each, not 2", got)
	}
	if got := (sample{}).each(0.8); got != 0 {
		t.Errorf("no request takes %g ms", got)
	}
}
