package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// judged is at how many connections targets are judged, where that was
// measured.
const judged = 16

// mostMemory is what the service may hold at any load.
const mostMemory = 150 << 20

// median answers the middle of a sample's values, the lower of two.
func median[T cmp.Ordered](samples []sample, of func(sample) T) T {
	values := make([]T, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

func (r *result) perSecond() float64 {
	return median(r.samples, func(s sample) float64 { return s.perSecond })
}

func (r *result) p50() time.Duration {
	return median(r.samples, func(s sample) time.Duration { return s.p50 })
}

func (r *result) peak() (most int64) {
	for _, s := range r.samples {
		most = max(most, s.peak)
	}
	return most
}

// print writes tables: what was measured, then whether each target is met.
func (r *results) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "%d events, medians of %d runs of %g s; cores: processors kept busy; ms each: their time for one request\n", r.o.events, r.o.rounds, r.o.seconds)
	fmt.Fprintln(table, "workload\tsystem\tconnections\tper second\tp50 ms\tp99 ms\tcores, system\tcores, database\tms each, system\tms each, database\tpeak MB\tkB each\t")
	for _, k := range r.order {
		of := r.of[k]
		fmt.Fprintf(table, "%s\t%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t%.1f\t\n", k.workload, k.system, k.connections, of.perSecond(),
			milliseconds(of.p50()), milliseconds(median(of.samples, func(s sample) time.Duration { return s.p99 })),
			median(of.samples, func(s sample) float64 { return s.system }),
			median(of.samples, func(s sample) float64 { return s.database }),
			median(of.samples, func(s sample) float64 { return s.each(s.system) }),
			median(of.samples, func(s sample) float64 { return s.each(s.database) }),
			of.peak()>>20, float64(median(of.samples, func(s sample) int64 { return s.bytesEach }))/1024)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, line := range r.verdicts() {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// verdicts say of each target whether it is met.
func (r *results) verdicts() []string {
	var lines []string
	for _, w := range workloads() {
		if why, ok := r.unserved[w.name]; ok {
			lines = append(lines, fmt.Sprintf("%s was not run to its end: %s", w.name, why))
		}
		for _, t := range w.targets {
			if line, ok := r.verdict(w.name, t); ok {
				lines = append(lines, line)
			}
		}
		if own := r.of[key{w.name, ours, r.o.connections[0]}]; own != nil && w.most > 0 {
			lines = append(lines, fmt.Sprintf("%s held %d MB beyond the %d MB of an idle service, with %d at once; at most %d: %s",
				w.name, (own.peak()-r.idle)>>20, r.idle>>20, r.o.connections[0], w.most>>20, met(own.peak()-r.idle <= w.most)))
		}
		if n, ok := r.statements[w.name]; ok && w.statements > 0 {
			lines = append(lines, fmt.Sprintf("%s costs %.1f statements, and %.1f that say who is asking; at most %g: %s",
				w.name, n-r.asking, r.asking, w.statements, met(n-r.asking < w.statements+0.5)))
		}
	}
	var most int64
	for _, k := range r.order {
		if k.system == ours {
			most = max(most, r.of[k].peak())
		}
	}
	return append(lines, fmt.Sprintf("the service held at most %d MB, at most %d: %s", most>>20, mostMemory>>20, met(most <= mostMemory)))
}

func (r *results) verdict(name string, t target) (string, bool) {
	at := r.o.connections[len(r.o.connections)-1]
	if slices.Contains(r.o.connections, judged) {
		at = judged
	}
	own, other := r.of[key{name, ours, at}], r.of[key{name, t.of, at}]
	if own == nil || other == nil {
		return "", false
	}
	if t.slower {
		ratio := float64(own.p50()) / float64(other.p50())
		return fmt.Sprintf("%s takes %.2f x %s's time, at most %g: %s", name, ratio, t.of, t.ratio, met(ratio < t.ratio)), true
	}
	ratio := own.perSecond() / other.perSecond()
	return fmt.Sprintf("%s is %.2f x %s, at least %g: %s", name, ratio, t.of, t.ratio, met(ratio >= t.ratio)), true
}

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "MISSED"
}
