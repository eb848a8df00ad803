package db

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/governance"
)

// Governance keeps what organisations do about events. It implements
// governance.Store.
type Governance struct {
	db       *bun.DB
	outbox   *Outbox
	assessor Assessor
}

var _ governance.Store = (*Governance)(nil)

// NewGovernance makes the store of what is done about events in a database. Whom it
// reminds is told through the outbox.
func NewGovernance(db *bun.DB, outbox *Outbox, assessor Assessor) *Governance {
	return &Governance{db: db, outbox: outbox, assessor: assessor}
}

// didColumns are what everything that is done about an event (g, beside e) has in
// common, as a scope shows it: ?0 details, ?1 words without identifiers, ?2 words
// as typed.
const didColumns = `CASE WHEN ?0 THEN g.made_by END AS made_by,
	CASE WHEN ?1 AND NOT ?2 THEN (SELECT w.texts FROM governance_words AS w WHERE w.id = g.id) END AS texts,
	CASE WHEN ?2 THEN (SELECT w.sealed FROM governance_words AS w WHERE w.id = g.id) END AS original,
	?3 AS shown`

// didRow is those columns.
type didRow struct {
	MadeBy   *uuid.UUID
	Texts    map[string]string `bun:",type:jsonb"`
	Original []byte
	Shown    event.Shown
}

// didInto is where didColumns go.
func (r *didRow) didInto() []any {
	return []any{optionalID{&r.MadeBy}, &r.Texts, &r.Original, (*uint16)(&r.Shown)}
}

func (r didRow) did() governance.Did {
	return governance.Did{MadeBy: r.MadeBy, Texts: r.Texts, Original: r.Original, Shows: r.Shown}
}

// beside is the condition under which something (g) stands beside an event (e)
// for a reader, and its columns in common.
func beside(s governance.Scopes) (rows, did schema.QueryWithArgs, shows shower) {
	of, _ := scopeOf(s.Events, authz.Events)
	own, shows := scopeOf(s.Governance, authz.Governance)
	return bun.SafeQuery("(? AND ?)", of, own), didOf(shows, true), shows
}

// didOf are didColumns as a scope shows them, with what was written or without.
func didOf(shows shower, words bool) schema.QueryWithArgs {
	anonymised, typed := shows(authz.GovernanceText), shows(authz.GovernanceOriginal)
	if !words {
		anonymised, typed = condition(authz.Filter{}), condition(authz.Filter{})
	}
	return bun.SafeQuery(didColumns, shows(authz.GovernanceDetail), anonymised, typed,
		shownOf(shows, authz.GovernanceDetail, authz.GovernanceText, authz.GovernanceOriginal))
}

// EventOf answers the event that somebody means.
func (s *Governance) EventOf(ctx context.Context, scopes governance.Scopes, on governance.On) (uuid.UUID, bool, error) {
	rows, _, _ := beside(scopes)
	var found []uuid.UUID
	err := s.db.NewRaw(`SELECT e.id FROM event AS e JOIN (
			SELECT r.event_id, r.organisation, r.made_by FROM review AS r WHERE r.id = ?
			UNION ALL (SELECT a.event_id, a.organisation, a.made_by FROM governance_answer AS a WHERE a.kind = 'INVESTIGATION' AND a.about = ? LIMIT 1)
		) AS g ON g.event_id = e.id WHERE ?`, on.Review, on.Investigation.String(), rows).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return uuid.Nil, false, err
	}
	return found[0], true, nil
}

// Act does what is decided of an event, which it locks first.
func (s *Governance) Act(ctx context.Context, scopes governance.Scopes, action authz.Action, id uuid.UUID, decide func(governance.Found) (governance.Change, error)) (ok bool, err error) {
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		found, exists, err := foundOf(ctx, tx, scopes, action, id)
		if err != nil || !exists {
			return err
		}
		change, err := decide(found)
		if err != nil {
			return err
		}
		ok = true
		return s.write(ctx, tx, id, change)
	})
	return ok && err == nil, err
}

// foundOf locks an event and answers it as somebody finds it who acts on it.
func foundOf(ctx context.Context, tx bun.Tx, scopes governance.Scopes, action authz.Action, id uuid.UUID) (governance.Found, bool, error) {
	rows, _ := scopeOf(scopes.Events, authz.Events)
	var rounds []int
	err := tx.NewRaw(`SELECT e.redaction_round FROM event AS e WHERE ? AND e.id = ? FOR UPDATE`, rows, id).Scan(ctx, &rounds)
	if err != nil {
		return governance.Found{}, false, fmt.Errorf("locking the event: %w", err)
	}
	if len(rounds) == 0 {
		return governance.Found{}, false, nil
	}
	found := governance.Found{Round: rounds[0]}
	if found.Record, _, err = recordOf(ctx, tx, id); err != nil {
		return governance.Found{}, false, err
	}
	if found.Answers, err = answersOf(ctx, tx, id); err != nil {
		return governance.Found{}, false, err
	}
	if found.Standings, err = standingsOf(ctx, tx, id); err != nil {
		return governance.Found{}, false, err
	}
	if err := addOrganisations(ctx, tx, &found, scopes.Governance, action); err != nil {
		return governance.Found{}, false, err
	}
	err = tx.NewRaw(`SELECT id, organisation, completed_at IS NULL AS open FROM review WHERE event_id = ?`, id).Scan(ctx, &found.Reviews)
	if err != nil {
		return governance.Found{}, false, fmt.Errorf("reading the event's reviews: %w", err)
	}
	return found, true, nil
}

// addOrganisations adds on whose behalf a reader may do something about an event.
// Each organisation stands for something of its own that the reader might do.
func addOrganisations(ctx context.Context, tx bun.Tx, found *governance.Found, scope authz.Scope, action authz.Action) error {
	permits := condition(authz.Filter{})
	if scope.Noun() == authz.Governance {
		permits = condition(scope.Permits(action))
	}
	var organisations []struct {
		Organisation string
		Place        *int
	}
	err := tx.NewRaw(`SELECT g.organisation, min(g.place) AS place FROM event AS e CROSS JOIN LATERAL (
			SELECT e.organisation AS organisation, 0 AS place WHERE e.organisation IS NOT NULL
			UNION ALL SELECT o.code, o.place FROM unnest(e.occurred_at_organisations) WITH ORDINALITY AS o (code, place)
			UNION ALL SELECT r.organisation, NULL FROM review AS r WHERE r.event_id = e.id
			UNION ALL SELECT a.organisation, NULL FROM governance_answer AS a WHERE a.event_id = e.id
		) AS g WHERE e.id = ? AND ? GROUP BY g.organisation ORDER BY place NULLS LAST, g.organisation`,
		found.Record.ID, permits).Scan(ctx, &organisations)
	if err != nil {
		return fmt.Errorf("reading on whose behalf the event can be acted on: %w", err)
	}
	for _, o := range organisations {
		found.Responsible = append(found.Responsible, o.Organisation)
		if o.Place != nil {
			found.Concerned = append(found.Concerned, o.Organisation)
		}
	}
	return nil
}

// write writes a change of an event that is locked. When an event last changed is
// when what it says did: it stays.
func (s *Governance) write(ctx context.Context, tx bun.Tx, id uuid.UUID, c governance.Change) error {
	if c.Status != "" {
		if _, err := tx.NewRaw(`UPDATE event SET status = ? WHERE id = ?`, c.Status, id).Exec(ctx); err != nil {
			return fmt.Errorf("writing the event's status: %w", err)
		}
	}
	if r := c.Started; r != nil {
		_, err := tx.NewRaw(`INSERT INTO review (id, event_id, organisation, started_at, started_by, made_by) VALUES (?, ?, ?, ?, ?, ?)`,
			r.ID, id, r.Organisation, r.At, r.By, r.By).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the review: %w", err)
		}
	}
	if r := c.Completed; r != nil {
		_, err := tx.NewRaw(`UPDATE review SET completed_at = ?, made_by = ?, outcome = ? WHERE id = ?`,
			r.At, r.By, r.Outcome, r.ID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the review: %w", err)
		}
		if err := writeWords(ctx, tx, id, r.ID, r.Words); err != nil {
			return err
		}
	}
	if c.Answer != nil {
		if err := s.writeAnswer(ctx, tx, id, *c.Answer); err != nil {
			return err
		}
	}
	return writeAudit(ctx, tx, c.Entry)
}

// writeAnswer adds an answer, and works out what is required of the event now.
func (s *Governance) writeAnswer(ctx context.Context, tx bun.Tx, id uuid.UUID, a governance.Answer) error {
	row := answerRow{
		ID: a.ID, EventID: id, Kind: a.Kind, About: a.About, Organisation: a.Organisation,
		MadeBy: keyOrNull(a.By), ClientID: keyOrNull(a.Client), MadeAt: a.At, Content: a.Content,
	}
	if _, err := tx.NewInsert().Model(&row).ExcludeColumn("number").Exec(ctx); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	if err := writeWords(ctx, tx, id, a.ID, a.Words); err != nil {
		return err
	}
	return reassess(ctx, tx, s.assessor, id, &a.At)
}

// writeWords writes what somebody typed, if anything.
func writeWords(ctx context.Context, tx bun.Tx, of, id uuid.UUID, w event.Words) error {
	if w.Original == nil {
		return nil
	}
	_, err := tx.NewRaw(`INSERT INTO governance_words (id, event_id, texts, redaction_version, sealed) VALUES (?, ?, ?::jsonb, ?, ?)`,
		id, of, jsonTexts(w.Texts), w.RedactionVersion, w.Original).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing words beside the event: %w", err)
	}
	return nil
}

// reviewRow is a review for one reader.
type reviewRow struct {
	didRow
	ID           uuid.UUID
	EventID      uuid.UUID
	Organisation string
	StartedAt    time.Time
	CompletedAt  *time.Time
	Outcome      *governance.ReviewOutcome
}

// into is where a review's row goes.
func (r *reviewRow) into() []any {
	return append([]any{(*storedID)(&r.ID), (*storedID)(&r.EventID), &r.Organisation, &r.StartedAt, &r.CompletedAt, &r.Outcome}, r.didInto()...)
}

func (r *reviewRow) record() governance.ReviewRecord {
	return governance.ReviewRecord{
		ID: r.ID, EventID: r.EventID, Organisation: r.Organisation, StartedAt: r.StartedAt.UTC(),
		CompletedAt: utc(r.CompletedAt), Did: r.did(), Outcome: r.Outcome,
	}
}

// Reviews answers the reviews of events, the earliest started first.
func (s *Governance) Reviews(ctx context.Context, scopes governance.Scopes, events []uuid.UUID) ([]governance.ReviewRecord, error) {
	rows, did, shows := beside(scopes)
	return readPrepared(ctx, s.db, bun.SafeQuery(`SELECT ? FROM event AS e JOIN review AS g ON g.event_id = e.id
		WHERE ? AND g.event_id = ANY(?::uuid[]) ORDER BY g.event_id, g.started_at, g.id`,
		reviewColumns(did, shows), rows, uuids(events)),
		(*reviewRow).into, (*reviewRow).record)
}

// reviewColumns are those of a review (g) of an event (e), as a scope shows them.
func reviewColumns(did schema.QueryWithArgs, shows shower) schema.QueryWithArgs {
	return bun.SafeQuery(`g.id, g.event_id, g.organisation, g.started_at, g.completed_at, CASE WHEN ? THEN g.outcome END AS outcome, ?`,
		shows(authz.GovernanceDetail), did)
}
