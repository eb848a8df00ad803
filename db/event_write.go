package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/gid"
)

type patientRow struct {
	bun.BaseModel `bun:"table:event_patient,alias:p"`

	EventID               uuid.UUID                `bun:"event_id,pk"`
	Sequence              int                      `bun:"sequence,pk"`
	AgeValue              *int                     `bun:"age_value"`
	AgeUnit               *event.AgeUnit           `bun:"age_unit"`
	AgeBracket            *string                  `bun:"age_bracket"`
	Gender                *string                  `bun:"gender"`
	Ethnicity             *string                  `bun:"ethnicity"`
	PhysicalHarm          *event.PhysicalHarm      `bun:"physical_harm"`
	PsychologicalHarm     *event.PsychologicalHarm `bun:"psychological_harm"`
	StrengthOfAssociation *string                  `bun:"strength_of_association"`
}

// into is where a patient's row goes.
func (r *patientRow) into() []any {
	return []any{
		(*storedID)(&r.EventID), &r.Sequence, &r.AgeValue, &r.AgeUnit, &r.AgeBracket, &r.Gender, &r.Ethnicity, &r.PhysicalHarm,
		&r.PsychologicalHarm, &r.StrengthOfAssociation,
	}
}

func (r patientRow) record() event.PatientRecord {
	return event.PatientRecord{
		EventID: r.EventID, Sequence: r.Sequence, AgeValue: r.AgeValue, AgeUnit: r.AgeUnit, AgeBracket: r.AgeBracket,
		Gender: r.Gender, Ethnicity: r.Ethnicity, PhysicalHarm: r.PhysicalHarm, PsychologicalHarm: r.PsychologicalHarm,
		StrengthOfAssociation: r.StrengthOfAssociation,
	}
}

func patientRowOf(p event.PatientRecord) patientRow {
	return patientRow{
		EventID: p.EventID, Sequence: p.Sequence, AgeValue: p.AgeValue, AgeUnit: p.AgeUnit, AgeBracket: p.AgeBracket,
		Gender: p.Gender, Ethnicity: p.Ethnicity, PhysicalHarm: p.PhysicalHarm, PsychologicalHarm: p.PsychologicalHarm,
		StrengthOfAssociation: p.StrengthOfAssociation,
	}
}

type revisionRow struct {
	bun.BaseModel `bun:"table:event_revision,alias:r"`

	EventID          uuid.UUID  `bun:"event_id,pk"`
	Revision         int        `bun:"revision,pk"`
	At               time.Time  `bun:"at"`
	RecordedBy       *uuid.UUID `bun:"recorded_by,type:uuid"`
	ClientID         *uuid.UUID `bun:"client_id,type:uuid"`
	Changed          []string   `bun:"changed,array"`
	Texts            jsonTexts  `bun:"texts,type:jsonb"`
	RedactionVersion string     `bun:"redaction_version"`
}

// into is where a revision's row goes, as a reader is shown it.
func (r *revisionRow) into() []any {
	return []any{(*storedID)(&r.EventID), &r.Revision, &r.At, &r.Changed, optionalID{&r.RecordedBy}, &r.Texts}
}

func (r revisionRow) record() event.RevisionRecord {
	return event.RevisionRecord{
		EventID: r.EventID, Revision: r.Revision, At: r.At.UTC(), RecordedBy: r.RecordedBy, Changed: r.Changed, Texts: r.Texts,
	}
}

type originalRow struct {
	bun.BaseModel `bun:"table:event_original,alias:o"`

	EventID  uuid.UUID `bun:"event_id,pk"`
	Revision int       `bun:"revision,pk"`
	Sealed   []byte    `bun:"sealed"`
}

type idempotencyRow struct {
	bun.BaseModel `bun:"table:idempotency_key"`

	PrincipalID uuid.UUID `bun:"principal_id,pk"`
	KeyHash     []byte    `bun:"key_hash,pk"`
	ContentHash []byte    `bun:"content_hash"`
	EventID     uuid.UUID `bun:"event_id"`
	CreatedAt   time.Time `bun:"created_at"`
}

// written is a revision of an event as the rows of its tables.
type written struct {
	event    eventRow
	revision revisionRow
	patients []patientRow
	original originalRow
}

func writtenOf(s event.Submission) written {
	return writtenAs(s.Row, s.Patients, s.Original, []string{})
}

// writtenAs answers the rows of a revision; its author is an account or a
// client.
func writtenAs(r event.Row, patients []event.PatientRecord, original []byte, changed []string) written {
	author, client := authorOf(r.Author)
	w := written{
		event: eventRow{
			ID: r.ID, Reference: r.Reference, Kind: r.Kind, Status: r.Status, Source: r.Source,
			TaxonomyVersion: r.TaxonomyVersion, Revision: r.Revision, OccurredOn: r.OccurredOn,
			OccurredFrom: r.OccurredFrom, OccurredUntil: r.OccurredUntil, OccurredAt: r.OccurredAt,
			RecordedAt: r.RecordedAt, UpdatedAt: r.UpdatedAt, Organisation: r.Organisation,
			OccurredAtOrganisations: plain(r.OccurredAtOrganisations), ServiceAreas: plain(r.ServiceAreas),
			Specialty: r.Specialty, LevelOfConcern: r.LevelOfConcern, InvolvedAgents: plain(r.InvolvedAgents),
			SafetyChallenges: plain(r.SafetyChallenges), PhysicalHarm: r.PhysicalHarm,
			PsychologicalHarm: r.PsychologicalHarm, Details: r.Details, Texts: r.Texts,
			RedactionVersion: r.RedactionVersion, Reasons: plain(r.Reasons), RecordedBy: author, ClientID: client,
		},
		revision: revisionRow{
			EventID: r.ID, Revision: r.Revision, At: r.UpdatedAt, RecordedBy: author, ClientID: client, Changed: changed,
			Texts: r.Texts, RedactionVersion: r.RedactionVersion,
		},
		original: originalRow{EventID: r.ID, Revision: r.Revision, Sealed: original},
	}
	for _, p := range patients {
		w.patients = append(w.patients, patientRowOf(p))
	}
	return w
}

// authorOf answers who an author is: an account, a client, or neither.
func authorOf(p authz.Principal) (account, client *uuid.UUID) {
	switch p.Kind {
	case authz.Account:
		return &p.ID, nil
	case authz.Client:
		return nil, &p.ID
	}
	return nil, nil
}

// errKeyKnown ends a transaction whose idempotency key somebody used first.
var errKeyKnown = errors.New("the idempotency key is known")

// Insert writes a submission in one transaction, or answers what was recorded
// under its key.
func (s *Events) Insert(ctx context.Context, submission event.Submission) (event.Inserted, error) {
	var also func(context.Context, bun.IDB) error
	if submission.Key != nil {
		also = func(ctx context.Context, tx bun.IDB) error { return insertKey(ctx, tx, submission) }
	}
	err := s.insert(ctx, submission, also)
	if errors.Is(err, errKeyKnown) {
		first, known, err := s.RecordedUnder(ctx, *submission.Key)
		if err == nil && !known {
			err = errKeyKnown
		}
		return first, err
	}
	if err != nil {
		return event.Inserted{}, err
	}
	return event.Inserted{ID: submission.Row.ID, SameContent: true}, nil
}

// insertBeside writes what stands beside an event's own row.
func (w *written) insertBeside(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.NewInsert().Model(&w.revision).Exec(ctx); err != nil {
		return fmt.Errorf("writing the revision: %w", err)
	}
	if _, err := tx.NewInsert().Model(&w.original).Exec(ctx); err != nil {
		return fmt.Errorf("writing the original: %w", err)
	}
	if len(w.patients) > 0 {
		if _, err := tx.NewInsert().Model(&w.patients).Exec(ctx); err != nil {
			return fmt.Errorf("writing the patients: %w", err)
		}
	}
	return nil
}

// auditEvent keeps that somebody did something to an event.
func auditEvent(ctx context.Context, tx bun.Tx, action audit.Action, id uuid.UUID, by authz.Principal, at time.Time, detail map[string]string) error {
	return writeAudit(ctx, tx, entryOf(action, id, by, at, detail))
}

func entryOf(action audit.Action, id uuid.UUID, by authz.Principal, at time.Time, detail map[string]string) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: audit.ActorKind(by.Kind), ActorID: by.ID, Action: action,
		Subject: gid.Format(gid.Event, id), Detail: detail,
	}
}

func insertKey(ctx context.Context, tx bun.IDB, submission event.Submission) error {
	result, err := tx.NewInsert().Model(&idempotencyRow{
		PrincipalID: submission.Key.PrincipalID, KeyHash: submission.Key.KeyHash, ContentHash: submission.Key.ContentHash,
		EventID: submission.Row.ID, CreatedAt: submission.Row.UpdatedAt,
	}).On("CONFLICT (principal_id, key_hash) DO UPDATE").
		Set("content_hash = EXCLUDED.content_hash, event_id = EXCLUDED.event_id, created_at = EXCLUDED.created_at").
		Where("idempotency_row.created_at < ?", submission.Key.Since).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping the idempotency key: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("keeping the idempotency key: %w", err)
	}
	if n == 0 {
		return errKeyKnown
	}
	return nil
}

// RecordedUnder answers what was recorded under a key; known is false where
// nothing was.
func (s *Events) RecordedUnder(ctx context.Context, key event.IdempotencyKey) (first event.Inserted, known bool, err error) {
	row := idempotencyRow{PrincipalID: key.PrincipalID, KeyHash: key.KeyHash}
	err = s.db.NewSelect().Model(&row).WherePK().Where("created_at >= ?", key.Since).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return event.Inserted{}, false, nil
	}
	if err != nil {
		return event.Inserted{}, false, fmt.Errorf("reading what was recorded under the idempotency key: %w", err)
	}
	return event.Inserted{ID: row.EventID, SameContent: bytes.Equal(row.ContentHash, key.ContentHash)}, true, nil
}

// InsertAnonymous writes an anonymous submission and what is kept of its key,
// if any, or answers the first try's.
func (s *Events) InsertAnonymous(ctx context.Context, submission event.Submission, keep *event.AnonymousKey) (*event.AnonymousKey, error) {
	var also func(context.Context, bun.IDB) error
	if keep != nil {
		also = func(ctx context.Context, tx bun.IDB) error {
			return keepAnonymousKey(ctx, tx, keep, *submission.Row.RecordedAt)
		}
	}
	err := s.insert(ctx, submission, also)
	if !errors.Is(err, errKeyKnown) {
		return nil, err
	}
	first := &event.AnonymousKey{Digest: keep.Digest}
	err = s.db.NewRaw(`SELECT salt, expires_at FROM anonymous_receipt WHERE digest = ?`, keep.Digest).Scan(ctx, &first.Salt, &first.ExpiresAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reading an anonymous receipt: it expired a moment ago")
	}
	return first, err
}

// keepAnonymousKey keeps a key for its 24 hours, in place of one that has expired, and clears away what has expired.
func keepAnonymousKey(ctx context.Context, tx bun.IDB, keep *event.AnonymousKey, now time.Time) error {
	if err := forgetReceipts(ctx, tx, now); err != nil {
		return err
	}
	result, err := tx.NewRaw(`INSERT INTO anonymous_receipt (digest, salt, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		keep.Digest, keep.Salt, keep.ExpiresAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping an anonymous receipt: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return errKeyKnown
}

// ForgetReceipts deletes what is kept of anonymous keys that expired by then.
func (s *Events) ForgetReceipts(ctx context.Context, now time.Time) error {
	return forgetReceipts(ctx, s.db, now)
}

func forgetReceipts(ctx context.Context, in bun.IDB, now time.Time) error {
	if _, err := in.NewRaw(`DELETE FROM anonymous_receipt WHERE expires_at <= ?`, now).Exec(ctx); err != nil {
		return fmt.Errorf("clearing expired receipts: %w", err)
	}
	return nil
}

// violates tells whether an error is PostgreSQL's about a unique constraint.
func violates(err error, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505" && pg.ConstraintName == constraint
}
