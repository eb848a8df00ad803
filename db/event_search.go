package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/authz"
	"lfpse/internal/event"
)

// searchOf makes a search of what somebody typed: words, "phrases", -without, or. Whatever
// it is, it is never an error.
func searchOf(words string) schema.QueryWithArgs {
	return bun.SafeQuery("websearch_to_tsquery('english', ?)", words)
}

// The fragments of a text that a highlight shows.
const highlightOptions = "StartSel=" + event.MatchStart + ", StopSel=" + event.MatchEnd +
	", MaxFragments=3, MinWords=8, MaxWords=25, FragmentDelimiter=\"" + event.FragmentBreak + "\""

// Highlights answers the words of anonymised texts around what a search finds.
func (s *Events) Highlights(ctx context.Context, scope authz.Scope, search string, events []uuid.UUID) (map[uuid.UUID]string, error) {
	rows, shows := scopeOf(scope, authz.Events)
	type highlight struct {
		ID   uuid.UUID
		Text string
	}
	found, err := readRows[highlight](ctx, s.db, `SELECT e.id, ts_headline('english', whole.text, ?, ?) AS text
		FROM event AS e CROSS JOIN LATERAL (
			SELECT translate(string_agg(value, E'\n' ORDER BY key <> 'description', key), ?, '') AS text FROM jsonb_each_text(e.texts)
		) AS whole
		WHERE ? AND ? AND e.search @@ ? AND e.id = ANY(?::uuid[])`,
		searchOf(search), highlightOptions, event.MatchStart+event.MatchEnd, rows, shows(authz.TextAnonymised), searchOf(search), uuids(events))
	if err != nil {
		return nil, err
	}
	texts := make(map[uuid.UUID]string, len(found))
	for _, row := range found {
		texts[row.ID] = row.Text
	}
	return texts, nil
}
