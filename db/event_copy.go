package db

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"lfpse/internal/event"
)

// CopyEvents writes many submissions at once, all or none, without idempotency
// keys and audit entries: it is for sample data.
func CopyEvents(ctx context.Context, d *DB, submissions []event.Submission) error {
	return pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		for _, table := range copies(submissions) {
			_, err := tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows))
			if err != nil {
				return fmt.Errorf("copying into %s: %w", table.name, Discreet(err))
			}
		}
		return nil
	})
}

type copied struct {
	name    string
	columns []string
	rows    [][]any
}

func copies(submissions []event.Submission) []copied {
	events := copied{name: "event", columns: []string{
		"id", "reference", "kind", "status", "source", "taxonomy_version", "revision", "occurred_on", "occurred_from",
		"occurred_until", "occurred_at", "recorded_at", "updated_at", "organisation", "occurred_at_organisations",
		"service_areas", "specialty", "level_of_concern", "involved_agents", "safety_challenges", "physical_harm",
		"psychological_harm", "details", "texts", "redaction_version", "reasons", "recorded_by",
	}}
	revisions := copied{name: "event_revision", columns: []string{
		"event_id", "revision", "at", "recorded_by", "changed", "texts", "redaction_version",
	}}
	originals := copied{name: "event_original", columns: []string{"event_id", "revision", "sealed"}}
	patients := copied{name: "event_patient", columns: []string{
		"event_id", "sequence", "age_value", "age_unit", "age_bracket", "gender", "ethnicity", "physical_harm",
		"psychological_harm", "strength_of_association",
	}}
	for _, s := range submissions {
		w := writtenOf(s)
		e := w.event
		events.rows = append(events.rows, []any{
			e.ID, e.Reference, string(e.Kind), string(e.Status), string(e.Source), e.TaxonomyVersion, e.Revision,
			code(e.OccurredOn), e.OccurredFrom, e.OccurredUntil, clock(e.OccurredAt), e.RecordedAt, e.UpdatedAt,
			e.Organisation, e.OccurredAtOrganisations, e.ServiceAreas, e.Specialty, code(e.LevelOfConcern),
			e.InvolvedAgents, e.SafetyChallenges, code(e.PhysicalHarm), code(e.PsychologicalHarm), e.Details, e.Texts,
			e.RedactionVersion, e.Reasons, e.RecordedBy,
		})
		r := w.revision
		revisions.rows = append(revisions.rows, []any{r.EventID, r.Revision, r.At, r.RecordedBy, r.Changed, r.Texts, r.RedactionVersion})
		originals.rows = append(originals.rows, []any{w.original.EventID, w.original.Revision, w.original.Sealed})
		for _, p := range w.patients {
			patients.rows = append(patients.rows, []any{
				p.EventID, p.Sequence, p.AgeValue, code(p.AgeUnit), p.AgeBracket, p.Gender, p.Ethnicity,
				code(p.PhysicalHarm), code(p.PsychologicalHarm), p.StrengthOfAssociation,
			})
		}
	}
	return []copied{events, revisions, originals, patients}
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
