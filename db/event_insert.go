package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"lfpse/internal/event"
)

// insert writes a submission in one transaction, and what also does after it where
// that is not nil. Its rows go to the database together: waiting for each would take
// longer than writing them.
func (s *Events) insert(ctx context.Context, submission event.Submission, also func(context.Context, bun.IDB) error) error {
	rows, err := s.rowsOf(submission)
	if err != nil {
		return err
	}
	if also == nil && len(submission.Elsewhere) == 0 {
		return onDriver(ctx, s.db, func(conn *pgx.Conn) error { return rows.insert(ctx, conn) })
	}
	return inTransaction(ctx, s.db, func(ctx context.Context, tx transaction) error {
		if err := rows.insert(ctx, tx.pgx.Conn()); err != nil {
			return err
		}
		if err := tellElsewhere(ctx, tx, submission.Elsewhere); err != nil || also == nil {
			return err
		}
		return also(ctx, tx)
	})
}

// rowsOf are the rows of a submission, and of what is required of it.
func (s *Events) rowsOf(submission event.Submission) (*copies, error) {
	w, c := writtenOf(submission), newCopies(1)
	version, required := assessNew(s.assessor, submission)
	w.event.RulesVersion = version
	c.event(&w.event, withdrawal{})
	c.beside(&w, nil)
	c.patientsOf(w.patients)
	for _, r := range required {
		c.requirements.add(key(&r.EventID), r.Code, r.DueOn, r.Applies, r.Open, r.Requirement, key(r.AnswerID))
	}
	if !submission.Audited {
		return c, nil
	}
	entry := entryOf("event.recorded", submission.Row.ID, submission.Row.Author, submission.Row.UpdatedAt, nil)
	c.audit(entry)
	return c, entry.Validate()
}

// insert writes all rows in one journey: one transaction, where the connection is in
// none.
func (c *copies) insert(ctx context.Context, conn *pgx.Conn) error {
	var batch pgx.Batch
	var into []string
	for _, table := range c.tables() {
		if len(table.rows) == 0 {
			continue
		}
		sql := table.insertion()
		if _, err := conn.Prepare(ctx, sql, sql); err != nil { // once for each connection
			return fmt.Errorf("preparing to write into %s: %w", table.name, err)
		}
		for _, row := range table.rows {
			batch.Queue(sql, row...)
			into = append(into, table.name)
		}
	}
	results := conn.SendBatch(ctx, &batch)
	for _, name := range into {
		if _, err := results.Exec(); err != nil {
			if violates(err, "event_reference_key") {
				err = event.ErrReferenceTaken
			}
			results.Close() //nolint:errcheck // it answers the same
			return fmt.Errorf("writing into %s: %w", name, err)
		}
	}
	if err := results.Close(); err != nil { // it is committed by then, or not at all
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// insertion writes one row.
func (c *copied) insertion() string {
	places := make([]string, len(c.columns))
	for i := range places {
		places[i] = "$" + strconv.Itoa(i+1)
	}
	return "INSERT INTO " + c.name + " (" + strings.Join(c.columns, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"
}
