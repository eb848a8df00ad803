package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/audit"
	"lfpse/internal/export"
)

// Exports keeps what is to be exported until it is fetched. It implements
// export.Store.
type Exports struct{ db *bun.DB }

var _ export.Store = (*Exports)(nil)

// NewExports makes the store of exports in a database.
func NewExports(db *bun.DB) *Exports { return &Exports{db: db} }

type exportRow struct {
	bun.BaseModel `bun:"table:event_export"`

	ID        uuid.UUID `bun:"id,pk,type:uuid"`
	Hash      []byte    `bun:"hash"`
	AccountID uuid.UUID `bun:"account_id,type:uuid"`
	Family    uuid.UUID `bun:"family,type:uuid"`
	Sealed    []byte    `bun:"sealed"`
	CreatedAt time.Time `bun:"created_at"`
	ExpiresAt time.Time `bun:"expires_at"`
}

func (r exportRow) request() export.Request {
	return export.Request{
		Key: r.ID, Account: r.AccountID, Family: r.Family, Sealed: r.Sealed, CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
	}
}

// Add keeps a request, and forgets those that expired before it.
func (s *Exports) Add(ctx context.Context, r export.Request, hash export.Hash, entry audit.Entry) error {
	row := exportRow{
		ID: r.Key, Hash: hash[:], AccountID: r.Account, Family: r.Family, Sealed: r.Sealed, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt,
	}
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("DELETE FROM event_export WHERE expires_at <= ?", r.CreatedAt).Exec(ctx); err != nil {
			return fmt.Errorf("forgetting exports: %w", err)
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("writing an export: %w", err)
		}
		return writeAudit(ctx, tx, entry)
	})
}

// Take answers the request of a link that is still good, and forgets it.
func (s *Exports) Take(ctx context.Context, hash export.Hash, by *uuid.UUID, at time.Time, entry func(export.Request) audit.Entry) (export.Request, bool, error) {
	var row exportRow
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw("DELETE FROM event_export WHERE hash = ?0 AND expires_at > ?1 AND (?2::uuid IS NULL OR account_id = ?2::uuid) RETURNING *",
			hash[:], at, by).Scan(ctx, &row)
		if err != nil {
			return err
		}
		return writeAudit(ctx, tx, entry(row.request()))
	})
	if errors.Is(err, sql.ErrNoRows) {
		return export.Request{}, false, nil
	}
	if err != nil {
		return export.Request{}, false, err
	}
	return row.request(), true, nil
}
