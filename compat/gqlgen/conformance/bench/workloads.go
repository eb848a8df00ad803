package main

import (
	_ "embed"
	"encoding/json"
)

// introspection is the query that tools send, as graphql-js writes it.
//
//go:embed introspection.graphql
var introspection string

func workloads() []workload {
	const first1000 = `{"first":1000}`
	return []workload{
		{"1,000 rows of six fields", `query Rows($first: Int!) { rows(first: $first) { id title note count score open } }`, first1000, true},
		{"the same with a hop, in a batch", `query Rows($first: Int!) { rows(first: $first) { id title note count score open owner { name } } }`, first1000, true},
		{"a page of 50, nested", `query Page($first: Int!) { events(first: $first) { id title organisation { name icb { name region { name } } } reviews { status reviewer { name } } } }`, `{"first":50}`, true},
		{"introspection, all of it", introspection, `{}`, false},
	}
}

// body is the request's JSON.
func (w workload) body() string {
	body, err := json.Marshal(map[string]any{"query": w.query, "variables": json.RawMessage(w.variables)})
	if err != nil {
		panic(err) // a constant of this program is no JSON
	}
	return string(body)
}

// values are the request's variables.
func (w workload) values() map[string]any {
	var values map[string]any
	if err := json.Unmarshal([]byte(w.variables), &values); err != nil {
		panic(err) // a constant of this program is no JSON
	}
	return values
}
