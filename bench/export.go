package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// exportColumns are what is taken away, by everybody the same.
var exportColumns = []string{
	"reference", "kind", "status", "source", "revision", "occurredOn", "occurredAt", "recordedAt", "updatedAt", "organisation.odsCode",
	"organisation.name", "occurredAtOrganisations.odsCode", "serviceArea", "specialty.code", "description", "physicalHarm", "psychologicalHarm",
	"levelOfConcern", "involvedAgents", "safetyChallenges",
}

const exportDocument = `mutation($input: CreateEventExportInput!) { createEventExport(input: $input) { export { url } userErrors { path message } } }`

// taker is one connection that takes the events of ICBs away, one after the other: it
// asks for a link, which is a part of the time, and fetches the file.
type taker struct {
	ctx    context.Context
	people *people
	at     int
}

// takers makes a taker for each connection, for people who have signed in.
func takers(ctx context.Context, l *lab) (scripts, error) {
	for _, r := range l.people.icbs {
		if _, err := l.people.token(ctx, r.Email); err != nil {
			return nil, err
		}
	}
	return func(n, of int) script {
		return &taker{ctx: ctx, people: l.people, at: n * len(l.people.icbs) / of}
	}, nil
}

func (t *taker) next() ([]byte, error) {
	r := t.people.icbs[t.at%len(t.people.icbs)]
	t.at++
	token, err := t.people.token(t.ctx, r.Email)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]any{"query": exportDocument, "variables": map[string]any{
		"input": map[string]any{"columns": exportColumns, "filter": map[string]any{"icb": []string{r.Area}}},
	}})
	if err != nil {
		return nil, err
	}
	answer, err := once(t.ctx, t.people.address, post("/graphql", token, body))
	if err != nil {
		return nil, fmt.Errorf("asking for a link: %w", err)
	}
	var read struct {
		Data struct {
			CreateEventExport struct{ Export *struct{ URL string } }
		}
	}
	if err := json.Unmarshal(answer, &read); err != nil || read.Data.CreateEventExport.Export == nil {
		return nil, fmt.Errorf("there is no link in %.500s", answer)
	}
	link, err := url.Parse(read.Data.CreateEventExport.Export.URL)
	if err != nil {
		return nil, errors.New("a link is none")
	}
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: bench\r\n\r\n", link.Path), nil
}

func (t *taker) heard(body []byte) error { return whole(body) }

// whole sees that there are rows below the header.
func whole(body []byte) error {
	if bytes.Count(body, []byte("\n")) < 2 {
		return fmt.Errorf("a file holds no events: %.500s", body)
	}
	return nil
}

// file is a cycle whose answers are files.
type file struct{ cycle }

func (*file) heard(body []byte) error { return whole(body) }

// copies are the requests for the same of PostgreSQL's COPY alone.
func copies(_ context.Context, l *lab) ([][]byte, error) {
	var all [][]byte
	for _, r := range l.people.icbs {
		body, err := json.Marshal([]string{r.Area})
		if err != nil {
			return nil, err
		}
		all = append(all, post("/copy/W6", "", body))
	}
	return all, nil
}

// copy sends what COPY writes as it writes it.
func (y *yard) copy(w http.ResponseWriter, r *http.Request) {
	var args []string
	if err := json.NewDecoder(r.Body).Decode(&args); err != nil || len(args) != 1 {
		http.Error(w, "the body is a list of one ICB", http.StatusBadRequest)
		return
	}
	conn, err := y.pool.Acquire(r.Context())
	if err == nil {
		defer conn.Release()
		// COPY takes no parameters.
		sql := strings.ReplaceAll(statement("copy/W6"), ":icb", "'"+strings.ReplaceAll(args[0], "'", "''")+"'")
		w.Header().Set("Content-Type", "text/csv")
		_, err = conn.Conn().PgConn().CopyTo(r.Context(), w, sql)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
