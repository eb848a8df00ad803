package db

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lfpse/internal/audit"
	"lfpse/internal/event"
)

// CopyEvents writes many events with what became of them, and drafts, at once,
// all or none: the rows that recording, updating, withdrawing and saving them
// one by one would have left, audit entries included. It is for sample data.
// event.ErrReferenceTaken means that nothing was written.
func CopyEvents(ctx context.Context, d *DB, lives []event.Life, drafts []event.Draft) error {
	c := newCopies(len(lives) + len(drafts))
	for i := range lives {
		c.life(&lives[i])
	}
	for i := range drafts {
		c.draft(&drafts[i])
	}
	return pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		for _, table := range c.tables() {
			_, err := tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows))
			if violates(err, "event_reference_key") {
				return event.ErrReferenceTaken
			}
			if err != nil {
				return fmt.Errorf("copying into %s: %w", table.name, Discreet(err))
			}
		}
		return nil
	})
}

// copied are rows on their way into a table.
type copied struct {
	name    string
	columns []string
	rows    [][]any
}

func (c *copied) add(row ...any) { c.rows = append(c.rows, row) }

// copies are the tables that events are copied into.
type copies struct {
	events, revisions, originals, patients, requirements, withdrawals, trail copied
}

func newCopies(n int) *copies {
	c := &copies{
		events: copied{name: "event", columns: []string{
			"id", "reference", "kind", "status", "source", "taxonomy_version", "revision", "occurred_on", "occurred_from",
			"occurred_until", "occurred_at", "recorded_at", "updated_at", "organisation", "occurred_at_organisations",
			"service_areas", "specialty", "level_of_concern", "involved_agents", "safety_challenges", "physical_harm",
			"psychological_harm", "details", "texts", "redaction_version", "reasons", "recorded_by", "client_id",
			"withdrawn_at", "withdrawn_by", "withdrawn_by_client", "withdrawal_reason", "rules_version",
		}},
		revisions: copied{name: "event_revision", columns: []string{
			"event_id", "revision", "at", "recorded_by", "client_id", "changed", "texts", "redaction_version", "answers",
		}},
		originals: copied{name: "event_original", columns: []string{"event_id", "revision", "sealed"}},
		patients: copied{name: "event_patient", columns: []string{
			"event_id", "sequence", "age_value", "age_unit", "age_bracket", "gender", "ethnicity", "physical_harm",
			"psychological_harm", "strength_of_association",
		}},
		requirements: copied{name: "event_requirement", columns: []string{"event_id", "code", "due_on", "applies", "open", "requirement", "answer_id"}},
		withdrawals:  copied{name: "withdrawal_original", columns: []string{"event_id", "sealed"}},
		trail:        copied{name: "audit_entry", columns: []string{"at", "actor_kind", "actor_id", "action", "subject", "detail"}},
	}
	for _, table := range []*copied{&c.events, &c.revisions, &c.originals, &c.patients, &c.trail} {
		table.rows = make([][]any, 0, n)
	}
	return c
}

// tables answers the tables in an order in which what is referred to comes first.
func (c *copies) tables() []*copied {
	return []*copied{&c.events, &c.revisions, &c.originals, &c.patients, &c.requirements, &c.withdrawals, &c.trail}
}

// life adds the rows of an event as it stands, and those of its history.
func (c *copies) life(l *event.Life) {
	w := writtenOf(l.Submission)
	if l.Audited {
		c.audit(entryOf("event.recorded", w.event.ID, l.Row.Author, w.event.UpdatedAt, nil))
	}
	for _, r := range l.Revisions {
		c.beside(&w, r.Answers)
		next := writtenAs(r.Row, r.Patients, r.Original, r.Changed)
		next.event.keep(&w.event)
		w = next
		c.audit(entryOf("event.updated", w.event.ID, r.Row.Author, r.Row.UpdatedAt, map[string]string{"revision": strconv.Itoa(r.Row.Revision)}))
	}
	if l.Withdrawn == nil {
		c.beside(&w, nil)
		c.event(&w.event, withdrawal{})
		c.patientsOf(w.patients)
		return
	}
	c.beside(&w, l.Withdrawn.Answers)
	c.tombstone(&w.event, l.Withdrawn)
}

// keep makes a row keep what the first revision of the event has said once and
// for all.
func (r *eventRow) keep(first *eventRow) {
	r.Reference, r.Source, r.RecordedAt, r.Organisation = first.Reference, first.Source, first.RecordedAt, first.Organisation
	r.Reasons, r.RecordedBy, r.ClientID = first.Reasons, first.RecordedBy, first.ClientID
}

// beside adds what stands beside an event's own row; answers are those of a
// revision that was followed by something.
func (c *copies) beside(w *written, answers []byte) {
	r := w.revision
	c.revisions.add(key(&r.EventID), r.Revision, r.At, key(r.RecordedBy), key(r.ClientID), r.Changed, texts(r.Texts), r.RedactionVersion, answers)
	c.originals.add(key(&w.original.EventID), w.original.Revision, w.original.Sealed)
}

func (c *copies) patientsOf(patients []patientRow) {
	for _, p := range patients {
		c.patients.add(key(&p.EventID), p.Sequence, p.AgeValue, code(p.AgeUnit), p.AgeBracket, p.Gender, p.Ethnicity,
			code(p.PhysicalHarm), code(p.PsychologicalHarm), p.StrengthOfAssociation)
	}
}

// withdrawal holds the columns of an event that was withdrawn.
type withdrawal struct {
	at          *time.Time
	by, machine *uuid.UUID
	reason      *string
}

func (c *copies) event(e *eventRow, w withdrawal) {
	c.events.add(key(&e.ID), e.Reference, string(e.Kind), string(e.Status), string(e.Source), e.TaxonomyVersion, e.Revision,
		code(e.OccurredOn), e.OccurredFrom, e.OccurredUntil, clock(e.OccurredAt), e.RecordedAt, e.UpdatedAt,
		e.Organisation, plain(e.OccurredAtOrganisations), plain(e.ServiceAreas), e.Specialty, code(e.LevelOfConcern),
		plain(e.InvolvedAgents), plain(e.SafetyChallenges), code(e.PhysicalHarm), code(e.PsychologicalHarm), e.Details,
		texts(e.Texts), e.RedactionVersion, plain(e.Reasons), key(e.RecordedBy), key(e.ClientID), w.at, key(w.by), key(w.machine), w.reason,
		e.RulesVersion)
}

// tombstone adds what remains of an event in its row.
func (c *copies) tombstone(e *eventRow, w *event.Withdrawn) {
	by, machine := authorOf(w.By)
	remains := eventRow{
		ID: e.ID, Reference: e.Reference, Kind: e.Kind, Status: w.Status, Source: e.Source, TaxonomyVersion: e.TaxonomyVersion,
		Revision: e.Revision, RecordedAt: e.RecordedAt, UpdatedAt: w.At, Organisation: e.Organisation,
		OccurredAtOrganisations: e.OccurredAtOrganisations, RedactionVersion: e.RedactionVersion,
		RecordedBy: e.RecordedBy, ClientID: e.ClientID,
	}
	c.event(&remains, withdrawal{at: &w.At, by: by, machine: machine, reason: w.Reason})
	c.withdrawals.add(key(&e.ID), w.Original)
	c.audit(entryOf("event.withdrawn", e.ID, w.By, w.At, nil))
}

// draft adds the rows of a draft.
func (c *copies) draft(d *event.Draft) {
	c.event(&eventRow{
		ID: d.ID, Reference: d.Reference, Kind: d.Kind, Status: d.Status, Source: event.SourceOnline,
		TaxonomyVersion: d.TaxonomyVersion, UpdatedAt: d.At, RecordedBy: &d.Author,
	}, withdrawal{})
	c.originals.add(key(&d.ID), 0, d.Sealed)
}

func (c *copies) audit(e audit.Entry) {
	c.trail.add(e.At, string(e.ActorKind), key(&e.ActorID), string(e.Action), e.Subject, texts(e.Detail))
}

// texts writes no texts as an empty object.
func texts(byField map[string]string) map[string]string {
	if byField == nil {
		return map[string]string{}
	}
	return byField
}

// key writes an optional id the way that COPY takes it as it is.
func key(id *uuid.UUID) pgtype.UUID {
	if id == nil {
		return pgtype.UUID{}
	}
	return pgtype.UUID{Bytes: *id, Valid: true}
}

// code writes an optional code as optional text.
func code[E ~string](value *E) *string {
	if value == nil {
		return nil
	}
	text := string(*value)
	return &text
}

// clock writes an optional time of day as COPY wants it, in binary.
func clock(t *event.LocalTime) pgtype.Time {
	if t == nil {
		return pgtype.Time{}
	}
	at, err := time.Parse("15:04", string(*t))
	if err != nil {
		return pgtype.Time{}
	}
	midnight := at.Truncate(24 * time.Hour)
	return pgtype.Time{Microseconds: at.Sub(midnight).Microseconds(), Valid: true}
}
