package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// The systems beside the service.
const (
	ours         = "lfpse"
	postGraphile = "postgraphile"
	limitJSON    = "limit-json"
	limitCached  = "limit-cached"
	limitOwn     = "limit-own"
	bare         = "bare"
	copying      = "copy"
)

func (o options) compares(system string) bool {
	if len(o.systems) == 0 {
		return true
	}
	for _, s := range o.systems {
		if s == system {
			return true
		}
	}
	return false
}

// workload is something that people do again and again.
type workload struct {
	name, does string
	beside     []string // the yardsticks
	// questions are what is asked with, of reads.
	questions func(ctx context.Context, l *lab) ([]question, error)
	// scripts are what the service is asked, of writes.
	scripts func(ctx context.Context, l *lab) (scripts, error)
	// bare are what the yardstick is asked beside scripts, in turn.
	bare    func(ctx context.Context, l *lab) ([][]byte, error)
	targets []target
	// statements are the most that a request may cost, who is asking apart; 0 for any.
	statements float64
	// most is what the service may hold beyond what it holds idle, in bytes; 0 for any.
	most int64
}

// target is what the service must reach of a yardstick in the same run.
type target struct {
	of    string
	ratio float64
	// slower has the ratio be of medians of time, which the service's may exceed by less.
	slower bool
}

// question is one set of variables: by name for GraphQL, in order for SQL.
type question struct {
	reader    string
	variables map[string]any
	args      []any
}

func workloads() []workload {
	return []workload{
		{
			name: "W1", does: "opens a trust's dashboard", questions: dashboards, statements: 4,
			beside:  []string{postGraphile, limitJSON, limitCached},
			targets: []target{{of: postGraphile, ratio: 3}, {of: limitJSON, ratio: 0.8}},
		},
		{
			name: "W2", does: "explores a region", questions: explorations, statements: 4,
			beside:  []string{postGraphile, limitJSON, limitOwn},
			targets: []target{{of: postGraphile, ratio: 20}, {of: limitOwn, ratio: 0.4}},
		},
		{
			name: "W3", does: "draws a chart", questions: charts, statements: 1,
			beside:  []string{postGraphile, limitJSON, limitOwn},
			targets: []target{{of: postGraphile, ratio: 20}, {of: limitOwn, ratio: 0.25}},
		},
		{
			name: "W4", does: "opens one record", questions: records, statements: 6,
			beside:  []string{postGraphile, limitJSON},
			targets: []target{{of: postGraphile, ratio: 3}, {of: limitJSON, ratio: 0.6}},
		},
		{
			name: "W5", does: "falls into the N+1 trap", questions: everywhere, statements: 3,
			beside:  []string{postGraphile, limitJSON, limitCached},
			targets: []target{{of: postGraphile, ratio: 4}, {of: limitJSON, ratio: 1}},
		},
		{
			name: "W6", does: "takes the data away", scripts: takers, bare: copies, most: 64 << 20,
			beside:  []string{copying},
			targets: []target{{of: copying, ratio: 0.5}},
		},
		{
			name: "W7", does: "searches words", questions: searches,
			beside:  []string{bare},
			targets: []target{{of: bare, ratio: 3, slower: true}},
		},
		{
			name: "W8", does: "works", scripts: work, bare: bareWork,
			beside:  []string{bare},
			targets: []target{{of: bare, ratio: 0.5}},
		},
	}
}

func dashboards(_ context.Context, l *lab) ([]question, error) {
	var all []question
	for _, r := range l.people.trusts {
		all = append(all, question{r.Email, map[string]any{"organisation": r.Area}, []any{r.Area}})
	}
	return all, nil
}

func explorations(_ context.Context, l *lab) ([]question, error) {
	var all []question
	latest := time.Now().UTC().Truncate(24 * time.Hour)
	for months := 1; months <= 12; months++ {
		for _, harms := range [][]string{{"LOW"}, {"MODERATE", "SEVERE"}, {"LOW", "MODERATE"}} {
			for _, r := range l.people.regions {
				since, before := latest.AddDate(0, -months-3, 0).Format(time.RFC3339), latest.AddDate(0, -months, 0).Format(time.RFC3339)
				all = append(all, question{
					r.Email,
					map[string]any{"region": r.Area, "kind": "INCIDENT", "harms": harms, "since": since, "before": before},
					[]any{r.Area, "INCIDENT", harms, since, before},
				})
			}
		}
	}
	return all, nil
}

func charts(_ context.Context, l *lab) ([]question, error) {
	var all []question
	today := time.Now().UTC()
	since := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(-2, 0, 0).Format(time.RFC3339)
	for _, r := range l.people.icbs {
		all = append(all, question{r.Email, map[string]any{"icb": r.Area, "since": since}, []any{r.Area, since}})
	}
	return all, nil
}

// records are events of the readers' own trusts.
func records(ctx context.Context, l *lab) ([]question, error) {
	var all []question
	for _, r := range l.people.trusts {
		var references []string
		err := l.pool.QueryRow(ctx, `SELECT array_agg(reference) FROM (
			SELECT reference FROM event WHERE organisation = $1 AND status <> 'DRAFT' ORDER BY id LIMIT 40) AS e`, r.Area).Scan(&references)
		if err != nil {
			return nil, fmt.Errorf("drawing events: %w", err)
		}
		for _, reference := range references {
			all = append(all, question{r.Email, map[string]any{"reference": reference}, []any{reference}})
		}
	}
	// Neighbours in the list are of different trusts.
	mixed := make([]question, 0, len(all))
	for i := range 40 {
		for n := i; n < len(all); n += 40 {
			mixed = append(mixed, all[n])
		}
	}
	return mixed, nil
}

// everywhere is one question: it asks for everything.
func everywhere(_ context.Context, l *lab) ([]question, error) {
	return []question{{l.people.lead.Email, map[string]any{"first": 3}, []any{3}}}, nil
}

func searches(_ context.Context, l *lab) ([]question, error) {
	var all []question
	for _, words := range []string{"heparin", "fall bathroom", `"pressure ulcer"`, "insulin dose", "wrong patient", "discharge delay", "oxygen", "blood sample"} {
		for _, r := range l.people.regions {
			all = append(all, question{r.Email, map[string]any{"words": words, "region": r.Area}, []any{words, r.Area}})
		}
	}
	return all, nil
}

// requests makes a workload's requests for a system, and says where they go.
func (l *lab) requests(ctx context.Context, w *workload, system string) (address string, make scripts, err error) {
	if w.scripts != nil && system == ours {
		make, err = w.scripts(ctx, l)
		return l.service.address, make, err
	}
	if w.questions == nil {
		all, err := w.bare(ctx, l)
		if system == copying {
			return l.yard.address, func(n, of int) script { return &file{cycle{all, n * len(all) / of}} }, err
		}
		return l.yard.address, func(int, int) script { return &cycle{requests: all} }, err
	}
	questions, err := w.questions(ctx, l)
	if err != nil {
		return "", nil, err
	}
	var all [][]byte
	for _, q := range questions {
		request, err := l.request(ctx, w, system, q)
		if err != nil {
			return "", nil, err
		}
		all = append(all, request)
	}
	return l.addressOf(system), cycles(all), nil
}

func (l *lab) addressOf(system string) string {
	switch system {
	case ours:
		return l.service.address
	case postGraphile:
		return l.graph.address
	}
	return l.yard.address
}

func (l *lab) request(ctx context.Context, w *workload, system string, q question) ([]byte, error) {
	if system != ours && system != postGraphile {
		body, err := json.Marshal(q.args)
		return post("/"+system+"/"+w.name, "", body), err
	}
	body, err := json.Marshal(map[string]any{"query": text("documents/" + system + "/" + w.name + ".graphql"), "variables": q.variables})
	if err != nil || system == postGraphile {
		return post("/graphql", "", body), err
	}
	token, err := l.people.token(ctx, q.reader)
	return post("/graphql", token, body), err
}
