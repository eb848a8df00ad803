package db

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// subjectRow is an event with what changing it takes.
type subjectRow struct {
	shownRow
	Permitted  bool
	Anonymised map[string]string `bun:",type:jsonb"`
	Original   []byte
	Round      int
}

// Subject answers one event with what changing it takes, patients with their
// ages and anonymised texts for whatever reader; ok is false where it does not
// exist for the scope's reader.
func (s *Events) Subject(ctx context.Context, scope authz.Scope, action authz.Action, id uuid.UUID) (event.Subject, bool, error) {
	rows, shows := scopeOf(scope, authz.Events)
	var found []subjectRow
	err := s.db.NewRaw(`SELECT ?, ? IS TRUE AS permitted, e.texts AS anonymised, o.sealed AS original, e.redaction_round AS round
		FROM event AS e LEFT JOIN event_original AS o ON o.event_id = e.id AND o.revision = e.revision
		WHERE ? AND e.id = ?`,
		shownColumns(shows, event.Everything, nil), permitted(scope, action), rows, id).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return event.Subject{}, false, err
	}
	var patients []patientRow
	err = s.db.NewSelect().Model(&patients).Where("event_id = ?", id).Order("sequence").Scan(ctx)
	if err != nil {
		return event.Subject{}, false, fmt.Errorf("reading patients: %w", err)
	}
	row := &found[0]
	subject := event.Subject{
		Record: row.record(event.Everything), Permitted: row.Permitted, Anonymised: row.Anonymised, Original: row.Original, Round: row.Round,
	}
	for _, p := range patients {
		subject.Patients = append(subject.Patients, p.record())
	}
	return subject, true, nil
}

// permitted is the condition under which a scope permits an action.
func permitted(scope authz.Scope, action authz.Action) schema.QueryWithArgs {
	if scope.Noun() != authz.Events {
		return condition(authz.Filter{})
	}
	return condition(scope.Permits(action))
}

// changing makes a change of an event that still stands as expected, in one
// transaction that has locked it; of any other it is event.ErrOvertaken.
func (s *Events) changing(ctx context.Context, e event.Expected, change func(context.Context, bun.Tx) error) error {
	rows, _ := scopeOf(e.Scope, authz.Events)
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var found []struct {
			Status    event.Status
			Revision  int
			Round     int
			UpdatedAt time.Time
		}
		err := tx.NewRaw(`SELECT e.status, e.revision, e.redaction_round AS round, e.updated_at FROM event AS e WHERE e.id = ? AND ? AND ? FOR UPDATE`,
			e.ID, rows, permitted(e.Scope, e.Action)).Scan(ctx, &found)
		if err != nil {
			return fmt.Errorf("locking the event: %w", err)
		}
		if len(found) == 0 || found[0].Status != e.Status || found[0].Revision != e.Revision || found[0].Round != e.Round {
			return event.ErrOvertaken
		}
		if e.UpdatedAt != nil && !found[0].UpdatedAt.Equal(*e.UpdatedAt) {
			return event.ErrOvertaken
		}
		return change(ctx, tx)
	})
}

// contentColumns are what an event says, and how it was anonymised.
var contentColumns = []string{
	"kind", "taxonomy_version", "revision", "occurred_on", "occurred_from", "occurred_until", "occurred_at", "updated_at",
	"occurred_at_organisations", "service_areas", "specialty", "level_of_concern", "involved_agents", "safety_challenges",
	"physical_harm", "psychological_harm", "details", "texts", "redaction_version",
}

// InsertDraft writes a new draft. ErrReferenceTaken means that nothing was written.
func (s *Events) InsertDraft(ctx context.Context, d event.Draft) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`INSERT INTO event (id, reference, kind, status, source, taxonomy_version, revision, updated_at, redaction_version, recorded_by)
			VALUES (?, ?, ?, ?, ?, ?, 0, ?, '', ?)`,
			d.ID, d.Reference, d.Kind, d.Status, event.SourceOnline, d.TaxonomyVersion, d.At, d.Author).Exec(ctx)
		if violates(err, "event_reference_key") {
			return event.ErrReferenceTaken
		}
		if err != nil {
			return fmt.Errorf("writing the draft: %w", err)
		}
		_, err = tx.NewInsert().Model(&originalRow{EventID: d.ID, Sealed: d.Sealed}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the draft's content: %w", err)
		}
		return nil
	})
}

// ReplaceDraft gives a draft another content. Each save is later than the one
// before, so that no two have the same updatedAt.
func (s *Events) ReplaceDraft(ctx context.Context, e event.Expected, d event.Draft) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`UPDATE event SET kind = ?, status = ?, taxonomy_version = ?,
				updated_at = GREATEST(?, updated_at + interval '1 microsecond') WHERE id = ?`,
			d.Kind, d.Status, d.TaxonomyVersion, d.At, d.ID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the draft: %w", err)
		}
		_, err = tx.NewRaw(`UPDATE event_original SET sealed = ? WHERE event_id = ? AND revision = 0`, d.Sealed, d.ID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the draft's content: %w", err)
		}
		return nil
	})
}

// DeleteDraft removes a draft; what it says goes with its row.
func (s *Events) DeleteDraft(ctx context.Context, e event.Expected) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`DELETE FROM event WHERE id = ?`, e.ID).Exec(ctx)
		return err
	})
}

// SubmitDraft makes a submission of a draft, under its id and reference.
func (s *Events) SubmitDraft(ctx context.Context, e event.Expected, submission event.Submission) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`DELETE FROM event_original WHERE event_id = ?`, e.ID).Exec(ctx); err != nil {
			return fmt.Errorf("removing the draft's content: %w", err)
		}
		w := writtenOf(submission)
		columns := append([]string{"status", "source", "recorded_at", "organisation"}, contentColumns...)
		if _, err := tx.NewUpdate().Model(&w.event).Column(columns...).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("writing the event: %w", err)
		}
		if err := w.insertBeside(ctx, tx); err != nil {
			return err
		}
		if err := reassess(ctx, tx, s.assessor, e.ID, nil); err != nil {
			return err
		}
		if err := tellElsewhere(ctx, tx, submission.Elsewhere); err != nil {
			return err
		}
		return auditEvent(ctx, tx, "event.recorded", e.ID, submission.Row.Author, submission.Row.UpdatedAt, nil)
	})
}

// Revise writes the next revision of an event.
func (s *Events) Revise(ctx context.Context, e event.Expected, r event.Revised) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		if err := intoHistory(ctx, tx, e, r.Answers); err != nil {
			return err
		}
		w := writtenAs(r.Row, r.Patients, r.Original, r.Changed)
		columns := append([]string{"status"}, contentColumns...)
		if _, err := tx.NewUpdate().Model(&w.event).Column(columns...).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("writing the event: %w", err)
		}
		if err := w.insertBeside(ctx, tx); err != nil {
			return err
		}
		if err := reassess(ctx, tx, s.assessor, e.ID, nil); err != nil {
			return err
		}
		if err := tellElsewhere(ctx, tx, r.Elsewhere); err != nil {
			return err
		}
		if err := refer(ctx, tx, r.Local, r.Row.Revision); err != nil {
			return err
		}
		return auditEvent(ctx, tx, "event.updated", e.ID, r.Row.Author, r.Row.UpdatedAt,
			map[string]string{"revision": strconv.Itoa(r.Row.Revision)})
	})
}

// intoHistory keeps the coded answers of the revision that stood, and takes its
// patients away.
func intoHistory(ctx context.Context, tx bun.Tx, e event.Expected, answers []byte) error {
	_, err := tx.NewRaw(`UPDATE event_revision SET answers = ?::jsonb WHERE event_id = ? AND revision = ?`,
		string(answers), e.ID, e.Revision).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping the revision before: %w", err)
	}
	if _, err := tx.NewRaw(`DELETE FROM event_patient WHERE event_id = ?`, e.ID).Exec(ctx); err != nil {
		return fmt.Errorf("taking away the patients: %w", err)
	}
	return nil
}

// Withdraw makes a tombstone of an event. What it said is in its history, and no
// longer where filters, orders and searches would find it.
func (s *Events) Withdraw(ctx context.Context, e event.Expected, w event.Withdrawn) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		if err := intoHistory(ctx, tx, e, w.Answers); err != nil {
			return err
		}
		account, client := authorOf(w.By)
		_, err := tx.NewRaw(`UPDATE event SET status = ?0, updated_at = ?1, withdrawn_at = ?1, withdrawn_by = ?2,
				withdrawn_by_client = ?3, withdrawal_reason = ?4, occurred_on = NULL, occurred_from = NULL,
				occurred_until = NULL, occurred_at = NULL, service_areas = '{}', specialty = NULL, level_of_concern = NULL,
				involved_agents = '{}', safety_challenges = '{}', physical_harm = NULL, psychological_harm = NULL,
				details = '{}', texts = '{}', reasons = '{}',
				redaction_version = CASE WHEN ?4 IS NULL THEN ?6 ELSE redaction_version END WHERE id = ?5`,
			w.Status, w.At, account, client, w.Reason, e.ID, event.IncompleteRedaction).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the tombstone: %w", err)
		}
		_, err = tx.NewRaw(`INSERT INTO withdrawal_original (event_id, sealed) VALUES (?, ?)`, e.ID, w.Original).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the reason: %w", err)
		}
		if err := reassess(ctx, tx, s.assessor, e.ID, nil); err != nil {
			return err
		}
		return auditEvent(ctx, tx, "event.withdrawn", e.ID, w.By, w.At, nil)
	})
}
