package main

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// sample is one run of a system.
type sample struct {
	perSecond        float64
	p50, p99         time.Duration
	system, database float64 // processors kept busy
	peak             int64   // bytes
	bytesEach        int64
}

// each answers the milliseconds of processors that a request took, where so many
// were kept busy: what else the machine does changes that least.
func (s sample) each(busy float64) float64 {
	if s.perSecond == 0 {
		return 0
	}
	return 1000 * busy / s.perSecond
}

// result is what was measured of a system at a workload.
type result struct {
	workload    *workload
	system      string
	connections int
	samples     []sample
}

type key struct {
	workload, system string
	connections      int
}

// results are all, in the order in which they were asked for.
type results struct {
	o          options
	order      []key
	of         map[key]*result
	statements map[string]float64 // of the service, by workload
	asking     float64            // statements that say who is asking
	idle       int64              // bytes that the service holds before it is asked anything
	unserved   map[string]string  // workloads that were not run to their end, and why
}

// measure runs every workload that is wanted.
func (l *lab) measure(ctx context.Context) (*results, error) {
	r := &results{o: l.o, idle: l.idle, of: map[key]*result{}, statements: map[string]float64{}, unserved: map[string]string{}}
	var err error
	if r.asking, err = l.statementsOfAsking(ctx); err != nil {
		return nil, err
	}
	for _, w := range workloads() {
		if !l.o.wants(w.name) {
			continue
		}
		err := l.measureWorkload(ctx, &w, r)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // the others are worth having all the same
			r.unserved[w.name] = err.Error()
			l.log.ErrorContext(ctx, w.name+" failed", "error", err, "service", l.service.says(), "postgraphile", l.graph.says())
		}
	}
	return r, nil
}

func (l *lab) measureWorkload(ctx context.Context, w *workload, r *results) error {
	why, err := l.unserved(ctx, w)
	if err != nil {
		return err
	}
	if why != "" {
		r.unserved[w.name] = why
		return nil
	}
	if w.questions != nil {
		if r.statements[w.name], err = l.statementsOf(ctx, w); err != nil {
			return err
		}
	}
	for _, connections := range l.o.connections {
		for round := range l.o.rounds {
			for _, system := range append([]string{ours}, w.beside...) {
				if system != ours && !l.o.compares(system) {
					continue
				}
				s, err := l.run(ctx, w, system, connections)
				if err != nil {
					return fmt.Errorf("%s: %w", system, err)
				}
				r.add(key{w.name, system, connections}, w, s)
				l.log.InfoContext(ctx, w.name, "system", system, "connections", connections, "round", round+1,
					"per_second", fmt.Sprintf("%.0f", s.perSecond), "p50", s.p50.Round(10*time.Microsecond))
			}
		}
	}
	return nil
}

func (r *results) add(k key, w *workload, s sample) {
	of := r.of[k]
	if of == nil {
		of = &result{workload: w, system: k.system, connections: k.connections}
		r.of[k] = of
		r.order = append(r.order, k)
	}
	of.samples = append(of.samples, s)
}

// warming is the part of a run's time for which a system is driven before: what
// others have put out of memory comes back, and what is compiled in use is.
const warming = 5

// run is one run of one system.
func (l *lab) run(ctx context.Context, w *workload, system string, connections int) (sample, error) {
	address, make, err := l.requests(ctx, w, system)
	if err != nil {
		return sample{}, err
	}
	if _, err := drive(ctx, address, make, connections, l.o.runTime()/warming); err != nil {
		return sample{}, err
	}
	pid := l.programOf(system).cmd.Process.Pid
	if err := forgetPeak(pid); err != nil {
		return sample{}, err
	}
	before, err := l.times(pid)
	if err != nil {
		return sample{}, err
	}
	seen, err := drive(ctx, address, make, connections, l.o.runTime())
	if err != nil {
		return sample{}, err
	}
	after, err := l.times(pid)
	if err != nil {
		return sample{}, err
	}
	most, err := peak(pid)
	if err != nil {
		return sample{}, err
	}
	return sample{
		perSecond: seen.perSecond(), p50: seen.percentile(50), p99: seen.percentile(99),
		system:   (after.system - before.system).Seconds() / seen.took.Seconds(),
		database: (after.database - before.database).Seconds() / seen.took.Seconds(),
		peak:     most, bytesEach: seen.bytes / int64(max(1, seen.answered)),
	}, nil
}

func (l *lab) programOf(system string) *program {
	switch system {
	case ours:
		return l.service
	case postGraphile:
		return l.graph
	}
	return l.yard
}

// times are how long processors have worked.
type times struct{ system, database time.Duration }

func (l *lab) times(pid int) (t times, err error) {
	if t.system, err = treeTime(pid); err != nil {
		return t, err
	}
	t.database, err = treeTime(l.master)
	return t, err
}

// unserved says why a workload can't be run: the service does not have what it
// asks for.
func (l *lab) unserved(ctx context.Context, w *workload) (string, error) {
	if w.questions == nil {
		return "", nil
	}
	questions, err := w.questions(ctx, l)
	if err != nil || len(questions) == 0 {
		return "there is nothing to ask", err
	}
	request, err := l.request(ctx, w, ours, questions[0])
	if err != nil {
		return "", err
	}
	body, err := once(ctx, l.service.address, request)
	if bytes.Contains(body, []byte("Cannot query field")) {
		return "the service does not know all that it asks for", nil
	}
	if err == nil {
		err = unfailed(body)
	}
	return "", err
}

// counted is how many requests the statements are counted of.
const counted = 50

// statementsOf answers how many statements a request costs, who is asking
// included.
func (l *lab) statementsOf(ctx context.Context, w *workload) (float64, error) {
	_, make, err := l.requests(ctx, w, ours)
	if err != nil {
		return 0, err
	}
	return l.count(ctx, make(0, 1))
}

func (l *lab) statementsOfAsking(ctx context.Context) (float64, error) {
	token, err := l.people.token(ctx, l.people.lead.Email)
	if err != nil {
		return 0, err
	}
	return l.count(ctx, &cycle{requests: [][]byte{post("/graphql", token, []byte(`{"query":"{ __typename }"}`))}})
}

// count answers how many statements each of a script's requests costs. What the
// service does by itself meanwhile is counted in a time as long, and taken off.
func (l *lab) count(ctx context.Context, s script) (float64, error) {
	for range 3 { // whatever is kept is kept by now
		if err := l.sendOnce(ctx, s); err != nil {
			return 0, err
		}
	}
	before, err := l.calls(ctx)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	for range counted {
		if err := l.sendOnce(ctx, s); err != nil {
			return 0, err
		}
	}
	took := time.Since(begun)
	after, err := l.calls(ctx)
	if err != nil {
		return 0, err
	}
	time.Sleep(took)
	idle, err := l.calls(ctx)
	if err != nil {
		return 0, err
	}
	return float64((after-before)-(idle-after)) / counted, nil
}

func (l *lab) sendOnce(ctx context.Context, s script) error {
	request, err := s.next()
	if err != nil {
		return err
	}
	body, err := once(ctx, l.service.address, request)
	if err != nil {
		return err
	}
	return s.heard(body)
}

// calls answers how many statements there have been. What the service's function
// area_index asks while a statement is planned is a part of that statement; the
// server takes it for another.
func (l *lab) calls(ctx context.Context) (n int64, err error) {
	err = l.pool.QueryRow(ctx, `SELECT COALESCE(sum(calls), 0)::bigint FROM pg_stat_statements
		WHERE query NOT LIKE 'SELECT FROM area_settled%'`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting statements: %w", err)
	}
	return n, nil
}
