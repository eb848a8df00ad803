package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lfpse/db"
)

// chart asks for a control chart and answers its points as "day=count", those with
// signals followed by them, and its mean and limits to two places.
func (s *service) chart(reader, arguments string) (points []string, limits string) {
	s.t.Helper()
	answer := s.ask(reader, `{ controlChart`+arguments+` { mean lowerLimit upperLimit points { from count signals } } }`, nil)
	found := dig[map[string]any](s.t, answer, "data", "controlChart")
	for _, p := range found["points"].([]any) {
		point := p.(map[string]any)
		one := fmt.Sprintf("%v=%v", point["from"], point["count"])
		for _, signal := range point["signals"].([]any) {
			one += fmt.Sprintf(" %v", signal)
		}
		points = append(points, one)
	}
	return points, fmt.Sprintf("%.2f, %.2f to %.2f", found["mean"], found["lowerLimit"], found["upperLimit"])
}

// recordedThen has an event recorded at an instant.
func (s *service) recordedThen(recorder string, input map[string]any, at string) (id string) {
	s.t.Helper()
	id, reference := s.record(recorder, input)
	if _, err := s.db.ExecContext(s.t.Context(), `UPDATE event SET recorded_at = ? WHERE reference = ?`, at, reference); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// A point is one interval by England's clock, with or without events, and counts those alone that
// the reader sees.
func TestControlChart(t *testing.T) {
	t.Parallel()
	s := newService(t)
	fall := map[string]any{"kind": "INCIDENT", "description": "A fall.", "occurredOn": "2026-03-29", "occurredAtOrganisations": []string{"RR8"}}
	for _, at := range []string{
		"2026-03-31 22:59:59+00", // the last second of March
		"2026-03-31 23:00:00+00", // the first of April, on a Wednesday
		"2026-04-05 22:59:59+00", // the last of the week
		"2026-04-05 23:00:00+00", // the first of the next
	} {
		s.recordedThen(reporter, fall, at)
	}
	risk := map[string]any{"kind": "RISK", "description": "Loose tiles.", "risk": map[string]any{"imminent": "NO"}}
	s.recordedThen(reporter, risk, "2026-06-15 12:00:00+00")
	vague := map[string]any{"kind": "INCIDENT", "description": "A delay.", "occurredOn": "2026-04"}
	s.recordedThen(elsewhere, vague, "2026-06-30 22:59:59+00")
	s.record(reporter, risk) // in the month that is not over
	s.draft(reporter, fall)

	const (
		months = `from: "2026-02-01", to: "2026-07-31"`
		weeks  = `interval: WEEK, from: "2026-03-16", to: "2026-04-26"`
		days   = `interval: DAY, from: "2026-03-29", to: "2026-04-06"`
	)
	asked := map[string]struct{ reader, arguments, points, limits string }{
		"months, empty ones too": {
			lead, "(" + months + ")", "2026-02-01=0 2026-03-01=1 2026-04-01=3 2026-05-01=0 2026-06-01=2 2026-07-01=0", "1.00, 0.00 to 6.32",
		},
		"weeks from Monday on": {
			lead, "(" + weeks + ")", "2026-03-16=0 2026-03-23=0 2026-03-30=3 2026-04-06=1 2026-04-13=0 2026-04-20=0", "0.67, 0.00 to 3.86",
		},
		"days by England's clock": {
			lead, "(" + days + ")",
			"2026-03-29=0 2026-03-30=0 2026-03-31=1 2026-04-01=1 2026-04-02=0 2026-04-03=0 2026-04-04=0 2026-04-05=1 2026-04-06=1", "0.44, 0.00 to 1.44",
		},
		"when it occurred, where the day is known": {
			lead, `(interval: DAY, from: "2026-03-27", to: "2026-04-01", by: OCCURRED_ON)`,
			"2026-03-27=0 2026-03-28=0 2026-03-29=4 2026-03-30=0 2026-03-31=0 2026-04-01=0", "0.67, 0.00 to 4.92",
		},
		"when it occurred, where the month is known": {
			lead, `(` + months + `, by: OCCURRED_ON)`, "2026-02-01=0 2026-03-01=4 2026-04-01=1 2026-05-01=0 2026-06-01=0 2026-07-01=0", "0.83, 0.00 to 5.09",
		},
		"of a filter": {
			lead, "(" + months + ", filter: {kind: [RISK]})", "2026-02-01=0 2026-03-01=0 2026-04-01=0 2026-05-01=0 2026-06-01=1 2026-07-01=0", "0.17, 0.00 to 1.23",
		},
		"of an area": {
			lead, "(" + months + `, filter: {organisation: ["RR8"]})`, "2026-02-01=0 2026-03-01=1 2026-04-01=3 2026-05-01=0 2026-06-01=1 2026-07-01=0", "0.83, 0.00 to 5.09",
		},
		"as far as the filter has the time": {
			lead, `(interval: DAY, filter: {recordedFrom: "2026-03-31T23:00:00Z", recordedTo: "2026-04-07T08:00:00Z"})`,
			"2026-04-01=1 2026-04-02=0 2026-04-03=0 2026-04-04=0 2026-04-05=1 2026-04-06=1", "0.50, 0.00 to 1.56",
		},
		"only what the reader sees: their own": {
			reporter, "(" + months + ")", "2026-02-01=0 2026-03-01=1 2026-04-01=3 2026-05-01=0 2026-06-01=1 2026-07-01=0", "0.83, 0.00 to 5.09",
		},
		"only what the reader sees: what happened there": {
			adminElsewhere, "(" + months + ")", "2026-02-01=0 2026-03-01=1 2026-04-01=3 2026-05-01=0 2026-06-01=1 2026-07-01=0", "0.83, 0.00 to 5.09",
		},
		"only what the reader sees: none of others": {
			colleague, "(" + months + ")", "2026-02-01=0 2026-03-01=0 2026-04-01=0 2026-05-01=0 2026-06-01=0 2026-07-01=0", "0.00, 0.00 to 0.00",
		},
		"nothing without a token": {
			nobody, "(" + months + ")", "2026-02-01=0 2026-03-01=0 2026-04-01=0 2026-05-01=0 2026-06-01=0 2026-07-01=0", "0.00, 0.00 to 0.00",
		},
	}
	check := func(t *testing.T) {
		for name, of := range asked {
			points, limits := s.chart(of.reader, of.arguments)
			if got := strings.Join(points, " "); got != of.points || limits != of.limits {
				t.Errorf("%s:\n%s; %s, not\n%s; %s", name, got, limits, of.points, of.limits)
			}
		}
	}
	t.Run("among all events", check)
	s.settle()
	t.Run("by what is kept of areas", check)

	all, _ := s.chart(lead, `(from: "2026-02-01", to: "2999-12-31")`)
	if got, want := strings.Join(all[:6], " "), asked["months, empty ones too"].points; got != want || strings.Contains(strings.Join(all[6:], " "), "=1") {
		t.Errorf("up to now there are %v", all)
	}
	if points, _ := s.chart(lead, ""); len(points) != 24 {
		t.Errorf("the last two years are %v", points)
	}
}

// One statement counts all points of a chart, whatever their number. Where an area is not in order, another
// has failed before it.
func TestControlChartCostsOneStatement(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.recordedThen(reporter, aFall(), "2026-04-01 12:00:00+00")
	for _, most := range []int{2, 1} {
		if most == 1 {
			s.settle()
		}
		for _, arguments := range []string{
			`(from: "2026-01-01", to: "2026-06-30")`,
			`(interval: DAY, from: "2025-08-01", to: "2026-10-31")`,
			`(interval: WEEK, from: "2026-01-01", filter: {icb: ["QUE"], kind: [INCIDENT]})`,
		} {
			document := `{ controlChart` + arguments + ` { points { from count } } }`
			s.raw(lead, document, nil)
			ctx, counter := db.CountStatements(t.Context())
			s.counted = ctx
			answer := s.raw(lead, document, nil)
			s.counted = nil
			statements := slices.DeleteFunc(counter.Shapes(), func(shape string) bool { return !strings.Contains(shape, "AS area") })
			if len(statements) > most || strings.Count(answer, `"count":1`) != 1 {
				t.Errorf("%s: %d statements about events, not %d; answered %s", arguments, len(statements), most, answer)
			}
		}
	}
}

// Charts cost as much as they have points: a dashboard of some is answered, and one of 85 is not.
func TestControlChartsCostWhatTheirPointsDo(t *testing.T) {
	t.Parallel()
	s := newService(t)
	charts := func(n int) string {
		var document strings.Builder
		for i := range n {
			fmt.Fprintf(&document, " c%d: controlChart { mean points { from count movingRange signals } }", i)
		}
		return s.raw(lead, "{"+document.String()+" }", nil)
	}
	if body := charts(12); strings.Contains(body, `"errors"`) {
		t.Errorf("twelve charts are answered %.300s", body)
	}
	if body := charts(85); !strings.Contains(body, "TOO_COMPLEX") || strings.Contains(body, `"data"`) {
		t.Errorf("85 charts are answered %.300s", body)
	}
}
