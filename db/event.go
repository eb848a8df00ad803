package db

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/gid"
	"lfpse/internal/redaction"
)

// Events keeps patient safety events. It implements event.Store.
type Events struct {
	db       *bun.DB
	assessor Assessor
}

var _ event.Store = (*Events)(nil)

// NewEvents makes the store of events in a database. Without an assessor, what is
// written waits to be judged (Governance.AssessWaiting).
func NewEvents(db *bun.DB, assessor Assessor) *Events { return &Events{db: db, assessor: assessor} }

// eventRow is an event as the database has it. What a reader is not shown is
// null in it; what is shown the column shown says.
type eventRow struct {
	bun.BaseModel `bun:"table:event,alias:e"`

	ID                      uuid.UUID                `bun:"id,pk"`
	Reference               string                   `bun:"reference"`
	Kind                    event.Kind               `bun:"kind"`
	Status                  event.Status             `bun:"status"`
	Source                  event.Source             `bun:"source"`
	TaxonomyVersion         int                      `bun:"taxonomy_version"`
	Revision                int                      `bun:"revision"`
	OccurredOn              *event.PartialDate       `bun:"occurred_on"`
	OccurredFrom            *time.Time               `bun:"occurred_from,type:date"`
	OccurredUntil           *time.Time               `bun:"occurred_until,type:date"`
	OccurredAt              *event.LocalTime         `bun:"occurred_at"`
	RecordedAt              *time.Time               `bun:"recorded_at"`
	UpdatedAt               time.Time                `bun:"updated_at"`
	Organisation            *string                  `bun:"organisation"`
	OccurredAtOrganisations []string                 `bun:"occurred_at_organisations,array"`
	ServiceAreas            []string                 `bun:"service_areas,array"`
	Specialty               *string                  `bun:"specialty"`
	LevelOfConcern          *event.LevelOfConcern    `bun:"level_of_concern"`
	InvolvedAgents          []string                 `bun:"involved_agents,array"`
	SafetyChallenges        []string                 `bun:"safety_challenges,array"`
	PhysicalHarm            *event.PhysicalHarm      `bun:"physical_harm"`
	PsychologicalHarm       *event.PsychologicalHarm `bun:"psychological_harm"`
	Details                 event.StoredDetails      `bun:"details,type:jsonb"`
	Texts                   jsonTexts                `bun:"texts,type:jsonb"`
	RedactionVersion        string                   `bun:"redaction_version"`
	Reasons                 []string                 `bun:"reasons,array"`
	RecordedBy              *uuid.UUID               `bun:"recorded_by,type:uuid"`
	ClientID                *uuid.UUID               `bun:"client_id,type:uuid"`
	RulesVersion            *string                  `bun:"rules_version"`
}

// shownRow is an event's row for one reader.
type shownRow struct {
	eventRow
	Area  int
	Rank  float64
	Shown event.Shown

	Draft            []byte
	WithdrawnAt      *time.Time
	WithdrawalReason *string
	ReasonSealed     []byte
}

// Find answers the events with any of the ids or references.
func (s *Events) Find(ctx context.Context, scope authz.Scope, ids []uuid.UUID, references []string) ([]event.Record, error) {
	rows, shows := scopeOf(scope, authz.Events)
	return readPrepared(ctx, s.db, bun.SafeQuery(`SELECT ? FROM event AS e WHERE ? AND (e.id = ANY(?::uuid[]) OR e.reference = ANY(?))`,
		shownColumns(shows, event.Everything, nil), rows, uuids(ids), pgdialect.Array(references)),
		shownInto(event.Everything, nil), func(row *shownRow) event.Record { return row.record(event.Everything) })
}

// Patients answers the patients of events, by event and sequence.
func (s *Events) Patients(ctx context.Context, scope authz.Scope, events []uuid.UUID) ([]event.PatientRecord, error) {
	rows, shows := scopeOf(scope, authz.Events)
	return readPrepared(ctx, s.db, bun.SafeQuery(`SELECT p.event_id, p.sequence, CASE WHEN ?0 THEN p.age_value END AS age_value,
			CASE WHEN ?0 THEN p.age_unit END AS age_unit, p.age_bracket, p.gender, p.ethnicity, p.physical_harm,
			p.psychological_harm, p.strength_of_association
		FROM event AS e JOIN event_patient AS p ON p.event_id = e.id
		WHERE ?1 AND p.event_id = ANY(?2::uuid[]) ORDER BY p.event_id, p.sequence`,
		shows(authz.ExactAge), rows, uuids(events)),
		(*patientRow).into, (*patientRow).record)
}

// Revisions answers the history of events, the latest first. Who made a revision
// is shown to themselves and to those who are shown editors.
func (s *Events) Revisions(ctx context.Context, scope authz.Scope, events []uuid.UUID) ([]event.RevisionRecord, error) {
	rows, shows := scopeOf(scope, authz.Events)
	return readPrepared(ctx, s.db, bun.SafeQuery(`SELECT r.event_id, r.revision, r.at, CASE WHEN ?5 THEN r.changed ELSE '{}' END AS changed,
			CASE WHEN ?6 OR ?0 AND r.recorded_by = ?7 THEN r.recorded_by END AS recorded_by,
			CASE WHEN ?1 AND ?2 IS NOT TRUE THEN r.texts END AS texts
		FROM event AS e JOIN event_revision AS r ON r.event_id = e.id
		WHERE ?3 AND r.event_id = ANY(?4::uuid[]) ORDER BY r.event_id, r.revision DESC`,
		shows(authz.People), shows(authz.TextAnonymised), shows(authz.TextOriginal), rows, uuids(events),
		shows(authz.Structured), shows(authz.Editors), scope.Principal().ID),
		(*revisionRow).into, (*revisionRow).record)
}

// Originals answers sealed texts, of events whose original or contact details
// the scope shows. An entry of each that the reader did not type is kept before
// any is answered.
func (s *Events) Originals(ctx context.Context, scope authz.Scope, keys []event.TextKey, at time.Time) ([]event.Sealed, error) {
	rows, shows := scopeOf(scope, authz.Events)
	ids, numbers := make([]uuid.UUID, len(keys)), make([]int, len(keys))
	for i, key := range keys {
		ids[i], numbers[i] = key.EventID, key.Revision
	}
	var found []viewedRow
	err := s.db.NewRaw(`SELECT o.event_id, o.revision, o.sealed,
			COALESCE(COALESCE(r.recorded_by, r.client_id, CASE WHEN r.event_id IS NULL THEN e.recorded_by END) = ?4, FALSE) AS own
		FROM unnest(?0::uuid[], ?1::int[]) AS k (event_id, revision)
		JOIN event AS e ON e.id = k.event_id
		JOIN event_original AS o ON o.event_id = k.event_id AND o.revision = k.revision
		LEFT JOIN event_revision AS r ON r.event_id = k.event_id AND r.revision = k.revision -- a draft has none
		WHERE ?2 AND ?3`,
		uuids(ids), pgdialect.Array(numbers), rows, shows(authz.TextOriginal), scope.Principal().ID).Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	if err := auditViews(ctx, s.db, scope.Principal(), found, at); err != nil {
		return nil, err
	}
	sealed := make([]event.Sealed, len(found))
	for i, row := range found {
		sealed[i] = event.Sealed{TextKey: event.TextKey{EventID: row.EventID, Revision: row.Revision}, Blob: row.Sealed}
	}
	return sealed, nil
}

// viewedRow is an original text on its way to a reader.
type viewedRow struct {
	originalRow
	Own bool // the reader typed it; false where nobody is known to have
}

// auditViews keeps that somebody read what others typed.
func auditViews(ctx context.Context, tx bun.IDB, reader authz.Principal, found []viewedRow, at time.Time) error {
	var entries []audit.Entry
	for _, row := range found {
		if row.Own {
			continue
		}
		entries = append(entries, audit.Entry{
			At: at, ActorKind: audit.ActorKind(reader.Kind), ActorID: reader.ID, Action: "event.original_read",
			Subject: gid.Format(gid.Event, row.EventID), Detail: map[string]string{"revision": strconv.Itoa(row.Revision)},
		})
	}
	return writeAudit(ctx, tx, entries...)
}

// maxColleagues bounds how many people of the organisations redaction is told
// of; the author is always among them.
const maxColleagues = 5000

// Colleagues answers the author and the people with accounts at the
// organisations, for redaction to know their names.
func (s *Events) Colleagues(ctx context.Context, author uuid.UUID, organisations []string) ([]redaction.Known, error) {
	return colleagues(ctx, s.db, author, organisations)
}

// idList binds ids as an array that PostgreSQL reads as uuid[].
type idList []uuid.UUID

// AppendQuery writes the ids for bun.
func (l idList) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	texts := make([]string, len(l))
	for i, id := range l {
		texts[i] = id.String()
	}
	return pgdialect.Array(texts).AppendQuery(gen, b)
}

func uuids(ids []uuid.UUID) any { return idList(ids) }

// record is the row as the service takes it, parts of which were read.
func (r *shownRow) record(parts event.Parts) event.Record {
	record := event.Record{
		ID: r.ID, Reference: r.Reference, Kind: r.Kind, Status: r.Status, Source: r.Source,
		TaxonomyVersion: r.TaxonomyVersion, Revision: r.Revision, OccurredOn: r.OccurredOn, OccurredAt: r.OccurredAt,
		RecordedAt: utc(r.RecordedAt), UpdatedAt: r.UpdatedAt.UTC(), Organisation: r.Organisation,
		OccurredAtOrganisations: r.OccurredAtOrganisations, ServiceAreas: typed[event.ServiceArea](r.ServiceAreas),
		Specialty: r.Specialty, LevelOfConcern: r.LevelOfConcern, InvolvedAgents: typed[event.AgentType](r.InvolvedAgents),
		SafetyChallenges: typed[event.SafetyChallenge](r.SafetyChallenges), PhysicalHarm: r.PhysicalHarm,
		PsychologicalHarm: r.PsychologicalHarm, Details: r.Details, Texts: r.Texts, RecordedBy: r.RecordedBy,
		OccurredFrom: r.OccurredFrom, Rank: r.Rank, Draft: r.Draft,
		Parts: parts, Shows: r.Shown,
	}
	if r.WithdrawnAt != nil {
		record.Withdrawal = &event.WithdrawalRecord{At: r.WithdrawnAt.UTC(), Reason: r.WithdrawalReason, Original: r.ReasonSealed}
	}
	return record
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// typed and plain turn text arrays into an enum's values and back.
func typed[E ~string](values []string) []E {
	list := make([]E, len(values))
	for i, v := range values {
		list[i] = E(v)
	}
	return list
}

func plain[E ~string](values []E) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

func textArray[E ~string](values []E) *pgdialect.ArrayValue { return pgdialect.Array(plain(values)) }
