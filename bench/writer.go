package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// writer sends the statements of W8's transactions and does nothing else:
// nobody is asked who they are, nothing is checked, no text is read.
type writer struct {
	pool    *pgxpool.Pool
	like    uuid.UUID // the event that those it writes are like
	mu      sync.Mutex
	reviews []uuid.UUID // that are still open
	last    []uuid.UUID // what it recorded and has not changed since
}

func newWriter(ctx context.Context, pool *pgxpool.Pool) (*writer, error) {
	w := &writer{pool: pool}
	err := pool.QueryRow(ctx, `SELECT e.id FROM event AS e JOIN event_original AS o ON o.event_id = e.id AND o.revision = 1
		WHERE e.kind = 'INCIDENT' AND e.status = 'SUBMITTED' AND e.revision = 1 AND e.recorded_by IS NOT NULL
			AND EXISTS (SELECT FROM event_patient AS p WHERE p.event_id = e.id)
		ORDER BY e.id LIMIT 1`).Scan(&w.like)
	if err != nil {
		return nil, fmt.Errorf("choosing what to write: %w", err)
	}
	rows, err := pool.Query(ctx, "SELECT id FROM review WHERE completed_at IS NULL ORDER BY id LIMIT 100000")
	if err != nil {
		return nil, fmt.Errorf("listing open reviews: %w", err)
	}
	w.reviews, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	return w, err
}

const writtenColumns = `kind, status, source, taxonomy_version, revision, occurred_on, occurred_from, occurred_until, occurred_at,
	organisation, occurred_at_organisations, service_areas, specialty, level_of_concern, involved_agents, safety_challenges,
	physical_harm, psychological_harm, details, texts, redaction_version, reasons, recorded_by, rules_version`

// recording are the statements that record an event: $1 its id, $2 its
// reference, $3 the event that it is like.
var recording = []string{
	`INSERT INTO event (id, reference, recorded_at, updated_at, ` + writtenColumns + `)
		SELECT $1, $2, now(), now(), ` + writtenColumns + ` FROM event WHERE id = $3`,
	`INSERT INTO event_revision (event_id, revision, at, recorded_by, changed, texts, redaction_version)
		SELECT $1, 1, now(), recorded_by, '{}', texts, redaction_version FROM event WHERE id = $3 AND $2::text <> ''`,
	`INSERT INTO event_original (event_id, revision, sealed) SELECT $1, 1, sealed FROM event_original WHERE event_id = $3 AND revision = 1 AND $2::text <> ''`,
	`INSERT INTO event_patient (event_id, sequence, physical_harm) SELECT $1, sequence, physical_harm FROM event_patient
		WHERE event_id = $3 AND $2::text <> ''`,
	`INSERT INTO audit_entry (at, actor_kind, actor_id, action, subject) SELECT now(), 'account', recorded_by, 'event.recorded', $1::uuid::text
		FROM event WHERE id = $3 AND $2::text <> ''`,
}

// updating are the statements that change what was recorded last: $1 its id.
var updating = []string{
	`SELECT status, revision FROM event WHERE id = $1 FOR UPDATE`,
	`UPDATE event_revision SET answers = '{}' WHERE event_id = $1 AND revision = 1`,
	`DELETE FROM event_patient WHERE event_id = $1`,
	`UPDATE event SET revision = revision + 1, updated_at = now(), texts = texts || '{"description": "A sign was put up."}' WHERE id = $1`,
	`INSERT INTO event_revision (event_id, revision, at, recorded_by, changed, texts, redaction_version)
		SELECT id, revision, now(), recorded_by, '{description}', texts, redaction_version FROM event WHERE id = $1`,
	`INSERT INTO event_original (event_id, revision, sealed) SELECT event_id, 2, sealed FROM event_original WHERE event_id = $1`,
	`INSERT INTO event_patient (event_id, sequence, physical_harm) VALUES ($1, 1, 'LOW')`,
	`INSERT INTO audit_entry (at, actor_kind, actor_id, action, subject) SELECT now(), 'account', recorded_by, 'event.updated', id::text
		FROM event WHERE id = $1`,
}

// completing are the statements that complete a review: $1 its id.
var completing = []string{
	`SELECT e.status FROM event AS e JOIN review AS r ON r.event_id = e.id WHERE r.id = $1 FOR UPDATE OF e`,
	`UPDATE event SET status = 'REVIEWED' WHERE id = (SELECT event_id FROM review WHERE id = $1)`,
	`UPDATE review SET completed_at = now(), outcome = 'LOCAL_LEARNING' WHERE id = $1`,
	`INSERT INTO audit_entry (at, actor_kind, actor_id, action, subject) SELECT now(), 'account', made_by, 'review.completed', id::text
		FROM review WHERE id = $1`,
}

// do does one part of the work.
func (w *writer) do(ctx context.Context, args []any) ([]byte, error) {
	var err error
	switch args[0] {
	case "record":
		err = w.record(ctx)
	case "update":
		err = w.with(ctx, &w.last, updating)
	case "complete":
		err = w.with(ctx, &w.reviews, completing)
	default:
		err = errors.New("there is no such part")
	}
	return []byte("{}"), err
}

func (w *writer) record(ctx context.Context) error {
	id := uuid.New()
	if err := w.transact(ctx, recording, id, id.String(), w.like); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = append(w.last, id)
	return nil
}

// with sends statements about one of the ids, which nobody else takes.
func (w *writer) with(ctx context.Context, ids *[]uuid.UUID, statements []string) error {
	w.mu.Lock()
	if len(*ids) == 0 {
		w.mu.Unlock()
		return errors.New("nothing is left to be changed: more events have more")
	}
	id := (*ids)[len(*ids)-1]
	*ids = (*ids)[:len(*ids)-1]
	w.mu.Unlock()
	return w.transact(ctx, statements, id)
}

func (w *writer) transact(ctx context.Context, statements []string, args ...any) error {
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		for _, sql := range statements {
			if _, err := tx.Exec(ctx, sql, args...); err != nil {
				return err
			}
		}
		return nil
	})
}
