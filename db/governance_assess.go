package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/event"
	"lfpse/internal/gid"
	"lfpse/internal/governance"
)

// Assessor works out what is required of an event. It is asked within the
// transaction of each change of an event or of what was answered.
type Assessor interface {
	Assess(r event.Record, patients []event.PatientRecord, previous []governance.Standing, answers []governance.Answer, at time.Time) (governance.Assessment, error)
}

// requirementRow is what is required of an event as the database has it.
type requirementRow struct {
	bun.BaseModel `bun:"table:event_requirement,alias:q"`

	EventID     uuid.UUID       `bun:"event_id,pk"`
	Code        string          `bun:"code,pk"`
	DueOn       *time.Time      `bun:"due_on,type:date"`
	Applies     bool            `bun:"applies"`
	Open        bool            `bun:"open"`
	Requirement json.RawMessage `bun:"requirement,type:jsonb"`
	AnswerID    *uuid.UUID      `bun:"answer_id,type:uuid"`
}

func requirementRows(id uuid.UUID, a governance.Assessment) ([]requirementRow, error) {
	rows := make([]requirementRow, len(a.Kept))
	for i, k := range a.Kept {
		requirement, err := json.Marshal(k.Requirement)
		if err != nil {
			return nil, fmt.Errorf("writing down what is required: %w", err)
		}
		rows[i] = requirementRow{
			EventID: id, Code: string(k.Code), DueOn: k.DueOn(), Applies: k.Applies, Open: k.Open,
			Requirement: requirement, AnswerID: k.AnsweredBy,
		}
	}
	return rows, nil
}

// standing is the row as a requirement; who answered it, and how, stands elsewhere.
func (r requirementRow) standing() (governance.Standing, error) {
	s := governance.Standing{Applies: r.Applies}
	if err := json.Unmarshal(r.Requirement, &s.Requirement); err != nil {
		return governance.Standing{}, fmt.Errorf("reading what is required of an event: %w", err)
	}
	return s, nil
}

// assessNew works out what is required of an event that is being recorded. Where
// the rules fail, the event is recorded all the same, and waits to be judged: no
// record is lost for them.
func assessNew(a Assessor, s event.Submission) (version *string, rows []requirementRow) {
	if a == nil {
		return nil, nil
	}
	assessment, err := a.Assess(s.Row.Record, s.Patients, nil, nil, s.Row.UpdatedAt)
	if err != nil {
		return nil, nil
	}
	rows, err = requirementRows(s.Row.ID, assessment)
	if err != nil {
		return nil, nil
	}
	return &assessment.RulesVersion, rows
}

// reassess works out anew what is required of an event, after a change of it or
// of what was answered in the same transaction. at is when that was made; nil for
// when the event last changed, and then when it was last answered. Where the rules fail, what stood
// stays, and the event waits to be judged again.
func reassess(ctx context.Context, tx bun.IDB, a Assessor, id uuid.UUID, at *time.Time) error {
	if a == nil {
		return waits(ctx, tx, id)
	}
	record, patients, err := recordOf(ctx, tx, id)
	if err != nil {
		return err
	}
	previous, err := standingsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	answers, err := answersOf(ctx, tx, id)
	if err != nil {
		return err
	}
	var assessment governance.Assessment
	if at != nil {
		assessment, err = a.Assess(record, patients, previous, answers, *at)
	} else {
		assessment, err = assessLate(a, record, patients, previous, answers)
	}
	if err != nil {
		return waits(ctx, tx, id)
	}
	return keepAssessment(ctx, tx, id, len(previous) > 0, assessment)
}

// assessLate judges an event that had to wait: as it was when it last changed, and
// then with what was answered since, as of the last answer. So what was required by
// the event itself falls due when it would have, and what an answer brought about
// not before its time.
func assessLate(a Assessor, r event.Record, patients []event.PatientRecord, previous []governance.Standing, answers []governance.Answer) (governance.Assessment, error) {
	last := r.UpdatedAt
	var before []governance.Answer
	for _, answer := range answers {
		if answer.At.After(last) {
			last = answer.At
		}
		if !answer.At.After(r.UpdatedAt) {
			before = append(before, answer)
		}
	}
	assessment, err := a.Assess(r, patients, previous, before, r.UpdatedAt)
	if err != nil || len(before) == len(answers) {
		return assessment, err
	}
	previous = nil
	for _, kept := range assessment.Kept {
		previous = append(previous, kept.Standing)
	}
	return a.Assess(r, patients, previous, answers, last)
}

// keepAssessment keeps what is required of an event in place of what was.
func keepAssessment(ctx context.Context, tx bun.IDB, id uuid.UUID, replaces bool, assessment governance.Assessment) error {
	rows, err := requirementRows(id, assessment)
	if err != nil {
		return err
	}
	if replaces {
		if _, err := tx.NewRaw(`DELETE FROM event_requirement WHERE event_id = ?`, id).Exec(ctx); err != nil {
			return fmt.Errorf("taking away what was required before: %w", err)
		}
	}
	if err := insertAll(ctx, tx, rows); err != nil {
		return fmt.Errorf("writing what is required: %w", err)
	}
	_, err = tx.NewRaw(`UPDATE event SET rules_version = ? WHERE id = ?`, assessment.RulesVersion, id).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing by which rules an event was judged: %w", err)
	}
	return nil
}

// waits notes that an event has to be judged.
func waits(ctx context.Context, tx bun.IDB, id uuid.UUID) error {
	if _, err := tx.NewRaw(`UPDATE event SET rules_version = NULL WHERE id = ?`, id).Exec(ctx); err != nil {
		return fmt.Errorf("noting that an event has to be judged: %w", err)
	}
	return nil
}

// Judged is what the rules are asked about: an event with its patients, and the
// latest of what was answered. Nothing of it is in words.
type Judged struct {
	Event    event.Record
	Patients []event.PatientRecord
	Answers  []governance.Answer
}

// Judged reads what the rules are asked about the event with a reference; found is
// false where there is none. It is for nobody in particular.
func (s *Governance) Judged(ctx context.Context, reference string) (j Judged, found bool, err error) {
	var ids []uuid.UUID
	if err := s.db.NewRaw(`SELECT id FROM event WHERE reference = ? AND status <> 'DRAFT'`, reference).Scan(ctx, &ids); err != nil {
		return Judged{}, false, fmt.Errorf("looking for the event: %w", err)
	}
	if len(ids) == 0 {
		return Judged{}, false, nil
	}
	if j.Event, j.Patients, err = recordOf(ctx, s.db, ids[0]); err != nil {
		return Judged{}, false, err
	}
	j.Answers, err = answersOf(ctx, s.db, ids[0])
	return j, err == nil, err
}

// recordOf reads an event that is locked, with its patients, for nobody in
// particular.
func recordOf(ctx context.Context, tx bun.IDB, id uuid.UUID) (event.Record, []event.PatientRecord, error) {
	const parts = event.PartIdentity | event.PartKind | event.PartTaxonomyVersion | event.PartRevision | event.PartOccurredOn | event.PartUpdatedAt |
		event.PartOrganisation | event.PartPlaces | event.PartServiceAreas | event.PartSpecialty | event.PartAgents | event.PartChallenges | event.PartDetails
	row := shownRow{eventRow: eventRow{ID: id}}
	err := tx.NewRaw(`SELECT e.id, e.kind, e.status, e.taxonomy_version, e.revision, e.occurred_on, e.recorded_at, e.updated_at, e.organisation,
			e.occurred_at_organisations, e.service_areas, e.specialty, e.involved_agents, e.safety_challenges, e.details
		FROM event AS e WHERE e.id = ?`, id).Scan(ctx, &row)
	if err != nil {
		return event.Record{}, nil, fmt.Errorf("reading the event: %w", err)
	}
	var found []patientRow
	if err := tx.NewSelect().Model(&found).Where("event_id = ?", id).Order("sequence").Scan(ctx); err != nil {
		return event.Record{}, nil, fmt.Errorf("reading the event's patients: %w", err)
	}
	patients := make([]event.PatientRecord, len(found))
	for i, p := range found {
		patients[i] = p.record()
	}
	return row.record(parts), patients, nil
}

// standingsOf reads what was required of an event when it was judged last.
func standingsOf(ctx context.Context, tx bun.IDB, id uuid.UUID) ([]governance.Standing, error) {
	var rows []requirementRow
	if err := tx.NewSelect().Model(&rows).Where("event_id = ?", id).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading what is required of the event: %w", err)
	}
	standings := make([]governance.Standing, len(rows))
	for i, row := range rows {
		var err error
		if standings[i], err = row.standing(); err != nil {
			return nil, err
		}
	}
	return standings, nil
}

// answerRow is an answer as the database has it.
type answerRow struct {
	bun.BaseModel `bun:"table:governance_answer,alias:g"`

	ID           uuid.UUID             `bun:"id,pk"`
	Number       int64                 `bun:"number,autoincrement"`
	EventID      uuid.UUID             `bun:"event_id"`
	Kind         governance.AnswerKind `bun:"kind"`
	About        string                `bun:"about"`
	Organisation string                `bun:"organisation"`
	MadeBy       *uuid.UUID            `bun:"made_by,type:uuid"`
	ClientID     *uuid.UUID            `bun:"client_id,type:uuid"`
	MadeAt       time.Time             `bun:"made_at"`
	Content      governance.Content    `bun:"content,type:jsonb"`
}

// keyOrNull is how the database has a key that may be of nobody.
func keyOrNull(key uuid.UUID) *uuid.UUID {
	if key == uuid.Nil {
		return nil
	}
	return &key
}

func keyOrZero(key *uuid.UUID) uuid.UUID {
	if key == nil {
		return uuid.Nil
	}
	return *key
}

// latestAnswers selects the latest of each kind and subject.
const latestAnswers = `SELECT DISTINCT ON (l.event_id, l.kind, l.about) l.* FROM governance_answer AS l
	WHERE l.event_id = ANY(?::uuid[]) ORDER BY l.event_id, l.kind, l.about, l.number DESC`

// answersOf reads the latest answers about an event.
func answersOf(ctx context.Context, tx bun.IDB, id uuid.UUID) ([]governance.Answer, error) {
	var rows []answerRow
	if err := tx.NewRaw(latestAnswers, uuids([]uuid.UUID{id})).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading what was answered: %w", err)
	}
	answers := make([]governance.Answer, len(rows))
	for i, r := range rows {
		answers[i] = governance.Answer{
			ID: r.ID, Number: r.Number, Kind: r.Kind, About: r.About, Organisation: r.Organisation,
			By: keyOrZero(r.MadeBy), Client: keyOrZero(r.ClientID), At: r.MadeAt.UTC(), Content: r.Content,
		}
	}
	return answers, nil
}

// AssessWaiting judges events that wait for it, up to a number and after an id,
// each in a transaction of its own, as of the day on which it last changed. One that cannot be judged keeps no other from
// being: the error tells of the first of those. It answers the last; ok is false where there was none.
func (s *Governance) AssessWaiting(ctx context.Context, after uuid.UUID, size int) (last uuid.UUID, ok bool, err error) {
	var ids []uuid.UUID
	err = s.db.NewRaw(`SELECT id FROM event WHERE rules_version IS NULL AND status <> 'DRAFT' AND id > ? ORDER BY id LIMIT ?`, after, size).Scan(ctx, &ids)
	if err != nil {
		return uuid.Nil, false, fmt.Errorf("looking for events that wait to be judged: %w", err)
	}
	var failed error
	for _, id := range ids {
		last = id
		err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.NewRaw(`SELECT FROM event WHERE id = ? FOR UPDATE`, id).Exec(ctx); err != nil {
				return fmt.Errorf("locking an event: %w", err)
			}
			return reassess(ctx, tx, s.assessor, id, nil)
		})
		if err != nil && failed == nil {
			failed = fmt.Errorf("judging %s: %w", gid.Format(gid.Event, id), err)
		}
	}
	return last, len(ids) > 0, failed
}
