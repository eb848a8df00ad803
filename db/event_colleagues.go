package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"lfpse/internal/redaction"
)

// maxColleagues bounds how many people of the organisations redaction is told
// of; the author is always among them.
const maxColleagues = 5000

// colleagueRow is a person whose name redaction is told.
type colleagueRow struct {
	FirstName, LastName, Email string
	IsAuthor                   bool
}

func (r *colleagueRow) into() []any { return []any{&r.FirstName, &r.LastName, &r.Email, &r.IsAuthor} }

func (r *colleagueRow) known() redaction.Known {
	known := redaction.Known{Role: "colleague", Given: r.FirstName, Family: r.LastName, Email: r.Email}
	if r.IsAuthor {
		known.Role = "reporter"
	}
	return known
}

// Colleagues answers the author and the people with accounts at the
// organisations, for redaction to know their names.
func (s *Events) Colleagues(ctx context.Context, author uuid.UUID, organisations []string) ([]redaction.Known, error) {
	return colleagues(ctx, s.db, author, organisations,
		func(ctx context.Context, q bun.IDB, query schema.QueryWithArgs, each func(*colleagueRow)) error {
			return prepared(ctx, q, query, (*colleagueRow).into, each)
		})
}

// colleagues answers an author and the people with accounts at organisations.
func colleagues(ctx context.Context, q bun.IDB, author uuid.UUID, organisations []string,
	read func(context.Context, bun.IDB, schema.QueryWithArgs, func(*colleagueRow)) error,
) (known []redaction.Known, err error) {
	// Their ids are gathered first: of an OR with a subquery PostgreSQL looks at every account.
	query := bun.SafeQuery(`SELECT a.first_name, a.last_name, a.email, a.id = ?0 AS is_author FROM account AS a
		WHERE a.id = ANY(ARRAY(SELECT o.account_id FROM account_organisation AS o WHERE o.organisation = ANY(?1::text[])) || ?0::uuid)
		ORDER BY is_author DESC, a.id LIMIT ?2`,
		author, pgdialect.Array(organisations), maxColleagues)
	err = read(ctx, q, query, func(row *colleagueRow) { known = append(known, row.known()) })
	return known, err
}
