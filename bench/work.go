package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lfpse/internal/gid"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The parts of W8, of ten requests.
const (
	recordings = 8
	parts      = 10
)

const recordDocument = `mutation($input: RecordEventInput!) { recordEvent(input: $input) { event { id reference revision } userErrors { path message } } }`

const updateDocument = `mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id revision } userErrors { path message } } }`

const completeDocument = `mutation($input: CompleteReviewInput!) { completeReview(input: $input) { review { status } userErrors { path message } } }`

// narrative is what is recorded: redaction has something to do.
const narrative = `Mrs Edith Pemberton, NHS number 943 476 5919, slipped in bay 2 on her way to the bathroom at about 10 o'clock. ` +
	`She was found by the healthcare assistant and reviewed by Dr Patel. Observations were stable, no injury was found, her daughter ` +
	`was telephoned on 01632 960 983. The floor was wet and there was no sign. Bed rails were discussed with the ward manager, Sister Okafor.`

// worker is one connection's work: it records, changes what it recorded, and
// completes reviews of its trust.
type worker struct {
	token   string
	trust   string
	reviews func() (string, error)
	done    int
	last    written // what it recorded last
}

type written struct {
	ID       string
	Revision int
}

// work makes workers of the trusts' readers.
func work(ctx context.Context, l *lab) (scripts, error) {
	waiting := make([]func() (string, error), len(l.people.trusts))
	tokens := make([]string, len(l.people.trusts))
	for i, r := range l.people.trusts {
		rows, err := l.pool.Query(ctx, "SELECT id FROM review WHERE organisation = $1 AND completed_at IS NULL", r.Area)
		if err != nil {
			return nil, fmt.Errorf("listing open reviews: %w", err)
		}
		open, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return nil, fmt.Errorf("listing open reviews: %w", err)
		}
		waiting[i] = inTurn(open)
		if tokens[i], err = l.people.token(ctx, r.Email); err != nil {
			return nil, err
		}
	}
	return func(n, _ int) script {
		at := n % len(l.people.trusts)
		return &worker{token: tokens[at], trust: l.people.trusts[at].Area, reviews: waiting[at]}
	}, nil
}

// inTurn hands out reviews to several workers, each once.
func inTurn(open []uuid.UUID) func() (string, error) {
	var at counter
	return func() (string, error) {
		i := at.next()
		if i >= len(open) {
			return "", errors.New("no open review is left: more events have more")
		}
		return gid.Format(gid.Review, open[i]), nil
	}
}

func (w *worker) next() ([]byte, error) {
	part := w.done % parts
	w.done++
	switch {
	case part < recordings:
		return w.mutation(recordDocument, map[string]any{"event": map[string]any{
			"kind": "INCIDENT", "organisation": w.trust, "occurredAtOrganisations": []string{w.trust}, "occurredOn": "2026-10",
			"description": narrative, "patients": []any{map[string]any{"physicalHarm": "LOW"}},
		}})
	case part == recordings:
		return w.mutation(updateDocument, map[string]any{
			"id": w.last.ID, "revision": w.last.Revision, "event": map[string]any{"description": narrative + " A sign was put up."},
		})
	}
	review, err := w.reviews()
	if err != nil {
		return nil, err
	}
	return w.mutation(completeDocument, map[string]any{"reviewId": review, "outcome": "LOCAL_LEARNING"})
}

func (w *worker) mutation(document string, input map[string]any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": map[string]any{"input": input}})
	return post("/graphql", w.token, body), err
}

func (w *worker) heard(body []byte) error {
	var answer struct {
		Data map[string]struct {
			Event      *written
			UserErrors []json.RawMessage
		}
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	for _, payload := range answer.Data {
		if len(payload.UserErrors) > 0 {
			return fmt.Errorf("a change was refused: %s", body)
		}
		if payload.Event != nil {
			w.last = *payload.Event
		}
	}
	if len(answer.Errors) > 0 {
		return fmt.Errorf("a change failed: %s", body)
	}
	return nil
}

// bareWork are the same parts for whoever does no more than the statements.
func bareWork(context.Context, *lab) ([][]byte, error) {
	var all [][]byte
	for part := range parts {
		what := "record"
		switch {
		case part == recordings:
			what = "update"
		case part > recordings:
			what = "complete"
		}
		all = append(all, post("/bare/W8", "", fmt.Appendf(nil, `[%q]`, what)))
	}
	return all, nil
}
