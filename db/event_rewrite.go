package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/redaction"
)

// textsRow is an event as far as its texts concern it.
type textsRow struct {
	ID                      uuid.UUID
	RedactionVersion        string
	RecordedBy              *uuid.UUID
	Organisation            *string
	OccurredAtOrganisations []string `bun:",array"`
	OwnReason               bool
	WithdrawalReason        *string
	ReasonSealed            []byte
}

const textsColumns = `e.id, e.redaction_version, e.recorded_by, e.organisation, e.occurred_at_organisations,
	COALESCE(e.withdrawn_by = e.recorded_by OR e.withdrawn_by_client = e.client_id, FALSE) AS own_reason, e.withdrawal_reason,
	(SELECT o.sealed FROM withdrawal_original AS o WHERE o.event_id = e.id) AS reason_sealed`

// outdated is the condition that an event has a text of another version.
const outdated = `e.status <> 'DRAFT' AND (e.redaction_version <> ?0 OR EXISTS (
	SELECT FROM event_revision AS r WHERE r.event_id = e.id AND r.redaction_version <> ?0) OR EXISTS (
	SELECT FROM governance_words AS w WHERE w.event_id = e.id AND w.redaction_version <> ?0))`

// Texts answers everything of one event that is text.
func (s *Events) Texts(ctx context.Context, scope authz.Scope, id uuid.UUID) (event.KeptTexts, bool, error) {
	rows, _ := scopeOf(scope, authz.Events)
	var found []textsRow
	if err := s.db.NewRaw(`SELECT `+textsColumns+` FROM event AS e WHERE ? AND e.id = ?`, rows, id).Scan(ctx, &found); err != nil {
		return event.KeptTexts{}, false, err
	}
	if len(found) == 0 {
		return event.KeptTexts{}, false, nil
	}
	kept, err := textsOf(ctx, s.db, found)
	if err != nil {
		return event.KeptTexts{}, false, err
	}
	return kept[0], true, nil
}

// textsOf answers the texts of events, in their order.
func textsOf(ctx context.Context, tx bun.IDB, rows []textsRow) ([]event.KeptTexts, error) {
	kept := make([]event.KeptTexts, len(rows))
	at := make(map[uuid.UUID]*event.KeptTexts, len(rows))
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		kept[i] = event.KeptTexts{ID: row.ID, RedactionVersion: row.RedactionVersion, OwnReason: row.OwnReason}
		if row.ReasonSealed != nil {
			reason := event.ReasonOf(row.WithdrawalReason, row.ReasonSealed)
			kept[i].Reason = &reason
		}
		at[row.ID], ids[i] = &kept[i], row.ID
	}
	var revisions []struct {
		revisionRow
		Sealed []byte
	}
	err := tx.NewRaw(`SELECT r.event_id, r.revision, r.texts, r.redaction_version, o.sealed
		FROM event_revision AS r JOIN event_original AS o ON o.event_id = r.event_id AND o.revision = r.revision
		WHERE r.event_id = ANY(?::uuid[]) ORDER BY r.event_id, r.revision`, uuids(ids)).Scan(ctx, &revisions)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of revisions: %w", err)
	}
	for _, r := range revisions {
		texts := at[r.EventID]
		texts.Revisions = append(texts.Revisions, event.RevisionTexts{
			Revision: r.Revision, Texts: r.Texts, RedactionVersion: r.RedactionVersion, Original: r.Sealed,
		})
	}
	return kept, addBeside(ctx, tx, at, ids)
}

// addBeside adds the words that stand beside events.
func addBeside(ctx context.Context, tx bun.IDB, at map[uuid.UUID]*event.KeptTexts, ids []uuid.UUID) error {
	var words []struct {
		ID, EventID      uuid.UUID
		Texts            map[string]string `bun:",type:jsonb"`
		RedactionVersion string
		Sealed           []byte
	}
	err := tx.NewRaw(`SELECT id, event_id, texts, redaction_version, sealed FROM governance_words WHERE event_id = ANY(?::uuid[])
		ORDER BY event_id, id`, uuids(ids)).Scan(ctx, &words)
	if err != nil {
		return fmt.Errorf("reading the words beside events: %w", err)
	}
	for _, w := range words {
		texts := at[w.EventID]
		texts.Beside = append(texts.Beside, event.RevisionTexts{
			Beside: w.ID, Texts: w.Texts, RedactionVersion: w.RedactionVersion, Original: w.Sealed,
		})
	}
	return nil
}

// RedactFurther writes the texts of an event, changed by what somebody marked.
func (s *Events) RedactFurther(ctx context.Context, e event.Expected, m event.Marking) error {
	return s.changing(ctx, e, func(ctx context.Context, tx bun.Tx) error {
		if err := rewrite(ctx, tx, []event.KeptTexts{m.Texts}, &m.At); err != nil {
			return err
		}
		return auditEvent(ctx, tx, "event.redacted_further", e.ID, m.By, m.At,
			map[string]string{"field": m.Field, "revision": strconv.Itoa(e.Revision)})
	})
}

// CountOutdated answers how many events have texts of another version.
func (s *Events) CountOutdated(ctx context.Context, scope authz.Scope, version string) (n int, err error) {
	rows, _ := scopeOf(scope, authz.Events)
	err = s.db.NewRaw(`SELECT count(*) FROM event AS e WHERE ?1 AND `+outdated, version, rows).Scan(ctx, &n)
	return n, err
}

// Upgrade has a batch of outdated events rewritten in one transaction. It locks
// them against others who would change them; who reads does not wait. Events that
// somebody else has locked are passed over or waited for, as the batch says.
func (s *Events) Upgrade(ctx context.Context, scope authz.Scope, b event.Batch, do event.Rewrite) (n int, last uuid.UUID, err error) {
	rows, _ := scopeOf(scope, authz.Events)
	lock := bun.Safe("FOR UPDATE OF e SKIP LOCKED")
	switch {
	case b.DryRun:
		lock = ""
	case b.Wait:
		lock = "FOR UPDATE OF e"
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var found []textsRow
		err := tx.NewRaw(`SELECT `+textsColumns+` FROM event AS e WHERE ?1 AND e.id > ?2 AND `+outdated+` ORDER BY e.id LIMIT ?3 ?4`,
			b.Version, rows, b.After, b.Size, lock).Scan(ctx, &found)
		if err != nil {
			return fmt.Errorf("finding texts of another version: %w", err)
		}
		if n = len(found); n == 0 {
			return nil
		}
		last = found[n-1].ID
		kept, err := textsOf(ctx, tx, found)
		if err != nil {
			return err
		}
		if err := addColleagues(ctx, tx, found, kept); err != nil {
			return err
		}
		if kept, err = do(ctx, kept); err != nil || b.DryRun {
			return err
		}
		if err := rewrite(ctx, tx, kept, nil); err != nil {
			return err
		}
		return auditUpgrade(ctx, tx, b, len(kept))
	})
	return n, last, err
}

// auditUpgrade keeps that the service anonymised events anew, and how many, but
// not which: an anonymous event leaves no trace.
func auditUpgrade(ctx context.Context, tx bun.IDB, b event.Batch, events int) error {
	if events == 0 {
		return nil
	}
	return writeAudit(ctx, tx, audit.Entry{
		At: b.At, ActorKind: audit.System, Action: "events.anonymised_anew",
		Detail: map[string]string{"events": strconv.Itoa(events), "version": b.Version},
	})
}

// addColleagues adds the people around each event. They are asked for once where
// several events have the same author and organisations.
func addColleagues(ctx context.Context, tx bun.IDB, rows []textsRow, kept []event.KeptTexts) error {
	known := map[string][]redaction.Known{}
	for i, row := range rows {
		var author uuid.UUID
		if row.RecordedBy != nil {
			author = *row.RecordedBy
		}
		organisations := row.OccurredAtOrganisations
		if row.Organisation != nil {
			organisations = append(organisations, *row.Organisation)
		}
		key := fmt.Sprint(author, organisations)
		people, asked := known[key]
		if !asked {
			var err error
			if people, err = colleagues(ctx, tx, author, organisations, scanned[colleagueRow]); err != nil {
				return fmt.Errorf("gathering the names that the service knows: %w", err)
			}
			known[key] = people
		}
		kept[i].Colleagues = people
	}
	return nil
}

// rewrittenRow is a row of texts to be written, as the statements below read it.
type rewrittenRow struct {
	Event    uuid.UUID         `json:"event"` // or the words' own id
	Revision int               `json:"revision"`
	Texts    map[string]string `json:"texts"`
	Version  string            `json:"version"`
	Sealed   []byte            `json:"sealed"` // in base64; null where the original stays
	Reason   *string           `json:"reason"`
}

// rewrite writes the texts of events whose rows are locked. at is when somebody
// changed them; nil where nobody did.
func rewrite(ctx context.Context, tx bun.Tx, events []event.KeptTexts, at *time.Time) error {
	revisions, reasons, beside := []rewrittenRow{}, []rewrittenRow{}, []rewrittenRow{} // an empty list, in JSON
	var ids []uuid.UUID
	for _, e := range events {
		ids = append(ids, e.ID)
		for _, r := range e.Revisions {
			revisions = append(revisions, rewrittenRow{Event: e.ID, Revision: r.Revision, Texts: r.Texts, Version: r.RedactionVersion, Sealed: r.Original})
		}
		for _, w := range e.Beside {
			beside = append(beside, rewrittenRow{Event: w.Beside, Texts: w.Texts, Version: w.RedactionVersion, Sealed: w.Original})
		}
		if e.Reason != nil {
			reasons = append(reasons, rewrittenRow{Event: e.ID, Version: e.Reason.RedactionVersion, Reason: e.Reason.Reason(), Sealed: e.Reason.Original})
		}
	}
	for _, step := range []struct {
		doing, statement string
		rows             []rewrittenRow
	}{
		{"the texts of revisions", `UPDATE event_revision AS r SET texts = n.texts, redaction_version = n.version
			FROM rows AS n WHERE r.event_id = n.event AND r.revision = n.revision`, revisions},
		{"originals", `UPDATE event_original AS o SET sealed = decode(n.sealed, 'base64')
			FROM rows AS n WHERE o.event_id = n.event AND o.revision = n.revision AND n.sealed IS NOT NULL`, revisions},
		{"the words beside events", `UPDATE governance_words AS w SET texts = n.texts, redaction_version = n.version,
			sealed = COALESCE(decode(n.sealed, 'base64'), w.sealed) FROM rows AS n WHERE w.id = n.event`, beside},
		{"the originals of reasons", `UPDATE withdrawal_original AS o SET sealed = decode(n.sealed, 'base64')
			FROM rows AS n WHERE o.event_id = n.event AND n.sealed IS NOT NULL`, reasons},
	} {
		lists, err := jsonLists(step.rows, longestList)
		if err != nil {
			return fmt.Errorf("preparing %s to be written", step.doing) // the cause could quote them
		}
		for _, list := range lists {
			_, err = tx.NewRaw(`WITH rows AS (SELECT * FROM jsonb_to_recordset(?::jsonb)
				AS n (event uuid, revision int, texts jsonb, version text, sealed text, reason text)) `+step.statement, list).Exec(ctx)
			if err != nil {
				return fmt.Errorf("writing %s: %w", step.doing, err)
			}
		}
	}
	return rewriteEvents(ctx, tx, ids, reasons, at)
}

// longestList is how many bytes of JSON one statement is given, or one row if
// that is longer. PostgreSQL takes up to 256 MB as one value, and needs several
// times as much to read it.
const longestList = 4 << 20

// jsonLists answers rows as JSON lists, in their order, each no longer than most
// unless a single row is.
func jsonLists(rows []rewrittenRow, most int) ([]string, error) {
	var lists []string
	var list []byte
	for _, row := range rows {
		one, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 && len(list)+len(one)+len(",]") > most {
			lists = append(lists, string(append(list, ']')))
			list = nil
		}
		if list == nil {
			list = []byte{'['}
		} else {
			list = append(list, ',')
		}
		list = append(list, one...)
	}
	if list != nil {
		lists = append(lists, string(append(list, ']')))
	}
	return lists, nil
}

// rewriteEvents makes events say what their latest revisions and the reasons of
// their withdrawal now say. A tombstone has no texts.
func rewriteEvents(ctx context.Context, tx bun.Tx, ids []uuid.UUID, reasons []rewrittenRow, at *time.Time) error {
	rows, err := json.Marshal(reasons)
	if err != nil {
		return fmt.Errorf("preparing reasons to be written") // the cause could quote them
	}
	_, err = tx.NewRaw(`UPDATE event AS e SET
			texts = CASE WHEN e.status = 'WITHDRAWN' THEN e.texts ELSE r.texts END,
			withdrawal_reason = CASE WHEN n.event IS NULL THEN e.withdrawal_reason ELSE n.reason END,
			redaction_version = CASE WHEN n.event IS NOT NULL AND n.reason IS NULL THEN n.version ELSE r.redaction_version END,
			redaction_round = e.redaction_round + 1, updated_at = COALESCE(?0, e.updated_at)
		FROM event_revision AS r LEFT JOIN jsonb_to_recordset(?1::jsonb) AS n (event uuid, version text, reason text) ON n.event = r.event_id
		WHERE e.id = ANY(?2::uuid[]) AND r.event_id = e.id AND r.revision = e.revision`,
		at, string(rows), uuids(ids)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing the events: %w", err)
	}
	return nil
}
