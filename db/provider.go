package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/authz"
)

// Providers answers, of each event, the types of the organisations where it
// occurred or, where it names none, of the reporter's: what the law lays on an
// event's provider depends on them. An organisation that is not on the map has no
// type.
func (s *Events) Providers(ctx context.Context, scope authz.Scope, events []uuid.UUID) (map[uuid.UUID][]string, error) {
	return providers(ctx, s.db, scope, events)
}

func providers(ctx context.Context, tx bun.IDB, scope authz.Scope, events []uuid.UUID) (map[uuid.UUID][]string, error) {
	rows, _ := scopeOf(scope, authz.Events)
	var found []struct {
		ID    uuid.UUID
		Types []string `bun:",array"`
	}
	err := tx.NewRaw(`SELECT e.id, ARRAY(SELECT DISTINCT o.type FROM organisation AS o
			WHERE CASE WHEN cardinality(e.occurred_at_organisations) > 0 THEN o.ods_code = ANY(e.occurred_at_organisations)
				ELSE o.ods_code = e.organisation END
			ORDER BY o.type) AS types
		FROM event AS e WHERE ? AND e.id = ANY(?::uuid[])`, rows, uuids(events)).Scan(ctx, &found)
	if err != nil {
		return nil, err
	}
	types := make(map[uuid.UUID][]string, len(found))
	for _, row := range found {
		types[row.ID] = row.Types
	}
	return types, nil
}
