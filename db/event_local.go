package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
	"lfpse/internal/event"
	"lfpse/internal/gid"
)

// referenceRow is what is kept of a client's own reference to an event.
type referenceRow struct {
	bun.BaseModel `bun:"table:client_reference"`

	ClientID      uuid.UUID `bun:"client_id,pk,type:uuid"`
	ReferenceHash []byte    `bun:"reference_hash,pk"`
	ContentHash   []byte    `bun:"content_hash"`
	EventID       uuid.UUID `bun:"event_id,type:uuid"`
	Revision      int       `bun:"revision"`
}

// Referred answers the events that a client refers to.
func (s *Events) Referred(ctx context.Context, client uuid.UUID, hashes [][]byte) (map[string]event.Referred, error) {
	return referred(ctx, s.db, client, hashes)
}

func referred(ctx context.Context, tx bun.IDB, client uuid.UUID, hashes [][]byte) (map[string]event.Referred, error) {
	found := make(map[string]event.Referred, len(hashes))
	if len(hashes) == 0 {
		return found, nil
	}
	var rows []struct {
		referenceRow
		Own int // the last revision that the client made, whichever way
	}
	err := tx.NewRaw(`SELECT r.*, (SELECT COALESCE(max(v.revision), 0) FROM event_revision AS v WHERE v.event_id = r.event_id AND v.client_id = r.client_id) AS own
		FROM client_reference AS r WHERE r.client_id = ? AND r.reference_hash IN (?)`, client, bun.List(hashes)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading a client's references: %w", err)
	}
	for _, row := range rows {
		one := event.Referred{ID: row.EventID, ContentHash: row.ContentHash, Revision: row.Revision}
		if row.Own > row.Revision {
			one.ContentHash, one.Revision = nil, row.Own
		}
		found[string(row.ReferenceHash)] = one
	}
	return found, nil
}

// InsertLocal writes submissions of a client. Those of one client wait for each
// other, so that two calls with one reference make one event of it.
func (s *Events) InsertLocal(ctx context.Context, client uuid.UUID, submissions []event.Submission) ([]bool, error) {
	judged := judgedAll(s.assessor, submissions)
	written := make([]bool, len(submissions))
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := holdSender(ctx, tx, client); err != nil {
			return err
		}
		hashes := make([][]byte, len(submissions))
		for i, submission := range submissions {
			hashes[i] = submission.Local.ReferenceHash
		}
		known, err := referred(ctx, tx, client, hashes)
		if err != nil {
			return err
		}
		var fresh []judgedSubmission
		for i, j := range judged {
			if _, is := known[string(j.Local.ReferenceHash)]; !is {
				fresh, written[i] = append(fresh, j), true
			}
		}
		return insertSubmissions(ctx, tx, fresh)
	})
	return written, err
}

// holdSender locks a client that is good.
func holdSender(ctx context.Context, tx bun.IDB, client uuid.UUID) error {
	var id uuid.UUID
	err := tx.NewRaw(`SELECT id FROM client WHERE id = ? AND revoked_at IS NULL FOR NO KEY UPDATE`, client).Scan(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return event.ErrRevoked
	}
	if err != nil {
		return fmt.Errorf("locking a client: %w", err)
	}
	return nil
}

// judgedSubmission is a submission with what is required of it.
type judgedSubmission struct {
	event.Submission
	version  *string
	required []requirementRow
}

// judgedAll works out what is required of submissions, as many at once as there
// are processors: it is most of the work of recording many.
func judgedAll(a Assessor, submissions []event.Submission) []judgedSubmission {
	judged := make([]judgedSubmission, len(submissions))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(submissions)) {
		workers.Go(func() {
			for i := range next {
				judged[i] = judgedSubmission{Submission: submissions[i]}
				judged[i].version, judged[i].required = assessNew(a, submissions[i])
			}
		})
	}
	for i := range submissions {
		next <- i
	}
	close(next)
	workers.Wait()
	return judged
}

// insertSubmissions writes what insertSubmission writes of each, in one
// statement for each table.
func insertSubmissions(ctx context.Context, tx bun.Tx, submissions []judgedSubmission) error {
	if len(submissions) == 0 {
		return nil
	}
	var events []eventRow
	var revisions []revisionRow
	var originals []originalRow
	var patients []patientRow
	var required []requirementRow
	var references []referenceRow
	var places []event.Elsewhere
	var trail []audit.Entry
	for _, s := range submissions {
		w := writtenOf(s.Submission)
		w.event.RulesVersion = s.version
		events, revisions, originals = append(events, w.event), append(revisions, w.revision), append(originals, w.original)
		patients, required, places = append(patients, w.patients...), append(required, s.required...), append(places, s.Elsewhere...)
		references = append(references, referenceRow{
			ClientID: s.Local.Client, ReferenceHash: s.Local.ReferenceHash, ContentHash: s.Local.ContentHash, EventID: s.Row.ID, Revision: s.Row.Revision,
		})
		trail = append(trail, audit.Entry{
			At: s.Row.UpdatedAt, ActorKind: audit.ActorKind(s.Row.Author.Kind), ActorID: s.Row.Author.ID, Action: "event.recorded",
			Subject: gid.Format(gid.Event, s.Row.ID),
		})
	}
	if _, err := tx.NewInsert().Model(&events).Exec(ctx); err != nil {
		if violates(err, "event_reference_key") {
			return event.ErrReferenceTaken
		}
		return fmt.Errorf("writing events: %w", err)
	}
	if err := insertBeside(ctx, tx, revisions, originals, patients); err != nil {
		return err
	}
	if err := insertAll(ctx, tx, required); err != nil {
		return fmt.Errorf("writing what is required: %w", err)
	}
	if err := insertAll(ctx, tx, references); err != nil {
		return fmt.Errorf("writing a client's references: %w", err)
	}
	if err := tellElsewhere(ctx, tx, places); err != nil {
		return err
	}
	return writeAudit(ctx, tx, trail...)
}

// insertBeside writes what stands beside events' own rows.
func insertBeside(ctx context.Context, tx bun.IDB, revisions []revisionRow, originals []originalRow, patients []patientRow) error {
	if err := insertAll(ctx, tx, revisions); err != nil {
		return fmt.Errorf("writing revisions: %w", err)
	}
	if err := insertAll(ctx, tx, originals); err != nil {
		return fmt.Errorf("writing originals: %w", err)
	}
	if err := insertAll(ctx, tx, patients); err != nil {
		return fmt.Errorf("writing patients: %w", err)
	}
	return nil
}

// Refer keeps that what a client sent is what stands.
func (s *Events) Refer(ctx context.Context, r event.LocalReference, revision int) error {
	return refer(ctx, s.db, &r, revision)
}

// refer keeps which content of a client made a revision; nothing where it was
// no client's.
func refer(ctx context.Context, tx bun.IDB, r *event.LocalReference, revision int) error {
	if r == nil {
		return nil
	}
	_, err := tx.NewRaw(`UPDATE client_reference SET content_hash = ?, revision = ? WHERE client_id = ? AND reference_hash = ?`,
		r.ContentHash, revision, r.Client, r.ReferenceHash).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping what a client sent: %w", err)
	}
	return nil
}
