package db

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/governance"
)

// shownAnswer is an answer for one reader.
type shownAnswer struct {
	didRow
	ID           *uuid.UUID
	EventID      uuid.UUID
	Kind         governance.AnswerKind
	About        string
	Organisation string
	MadeAt       time.Time
	Content      governance.Content `bun:",type:jsonb"`
}

func (r *shownAnswer) record() governance.AnswerRecord {
	record := governance.AnswerRecord{
		EventID: r.EventID, Kind: r.Kind, About: r.About, Organisation: r.Organisation,
		At: r.MadeAt.UTC(), Content: r.Content, Did: r.did(),
	}
	if r.ID != nil {
		record.ID = *r.ID
	}
	return record
}

// shownContent is the content of an answer (g) without what is details, but for
// whom a scope shows those (?).
const shownContent = `CASE WHEN ? THEN g.content ELSE g.content - 'lead' - 'apologyGiven' - 'declared' END AS content`

// Answers answers the latest answers of each kind and subject.
func (s *Governance) Answers(ctx context.Context, scopes governance.Scopes, events []uuid.UUID) ([]governance.AnswerRecord, error) {
	rows, did, shows := beside(scopes)
	found, err := readRows[shownAnswer](ctx, s.db, `SELECT g.id, g.event_id, g.kind, g.about, g.organisation, g.made_at, `+shownContent+`, ?
		FROM event AS e JOIN (`+latestAnswers+`) AS g ON g.event_id = e.id
		WHERE ? ORDER BY g.event_id, (g.content->>'openedAt')::timestamptz, g.about`,
		shows(authz.GovernanceDetail), did, uuids(events), rows)
	if err != nil {
		return nil, err
	}
	records := make([]governance.AnswerRecord, len(found))
	for i := range found {
		records[i] = found[i].record()
	}
	return records, nil
}

// Requirements answers what is required of events, in the order of Codes.
func (s *Governance) Requirements(ctx context.Context, scopes governance.Scopes, events []uuid.UUID) ([]governance.RequirementRecord, error) {
	_, did, shows := beside(scopes)
	of, _ := scopeOf(scopes.Events, authz.Events)
	type required struct {
		shownAnswer
		Applies     bool
		Requirement []byte
	}
	found, err := readRows[required](ctx, s.db, `SELECT q.applies, q.requirement,
			g.id, q.event_id, g.kind, g.about, g.organisation, g.made_at, `+shownContent+`, ?
		FROM event AS e JOIN event_requirement AS q ON q.event_id = e.id LEFT JOIN governance_answer AS g ON g.id = q.answer_id
		WHERE ? AND q.event_id = ANY(?::uuid[]) ORDER BY q.event_id, array_position(?::text[], q.code)`,
		shows(authz.GovernanceDetail), did, of, uuids(events), textArray(governance.Codes()))
	if err != nil {
		return nil, err
	}
	records := make([]governance.RequirementRecord, len(found))
	for i := range found {
		row := &found[i]
		standing, err := requirementRow{Applies: row.Applies, Requirement: row.Requirement}.standing()
		if err != nil {
			return nil, err
		}
		records[i] = governance.RequirementRecord{EventID: row.EventID, Standing: standing}
		if row.ID == nil {
			continue
		}
		answer := row.record()
		records[i].Answer = &answer
		records[i].Response = &governance.Response{NotApplicable: row.Content.NotApplicable, Certain: row.Content.Certain}
	}
	return records, nil
}
