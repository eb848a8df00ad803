package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"lfpse/internal/authz"
	"lfpse/internal/client"
)

// Clients keeps local risk management systems and their keys. It implements
// client.Store.
type Clients struct{ db *bun.DB }

var _ client.Store = (*Clients)(nil)

// NewClients makes the store of clients in a database.
func NewClients(db *bun.DB) *Clients { return &Clients{db: db} }

type clientRow struct {
	bun.BaseModel `bun:"table:client,alias:c"`

	ID           uuid.UUID  `bun:"id,pk,type:uuid"`
	Name         string     `bun:"name"`
	Organisation string     `bun:"organisation"`
	CreatedAt    time.Time  `bun:"created_at"`
	CreatedBy    uuid.UUID  `bun:"created_by,type:uuid"`
	RevokedAt    *time.Time `bun:"revoked_at"`
	RevokedBy    *uuid.UUID `bun:"revoked_by,type:uuid"`
}

type clientKeyRow struct {
	bun.BaseModel `bun:"table:client_key,alias:k"`

	ID         uuid.UUID  `bun:"id,pk,type:uuid"`
	ClientID   uuid.UUID  `bun:"client_id,type:uuid"`
	Hash       []byte     `bun:"hash"`
	Prefix     string     `bun:"prefix"`
	CreatedAt  time.Time  `bun:"created_at"`
	CreatedBy  uuid.UUID  `bun:"created_by,type:uuid"`
	LastUsedAt *time.Time `bun:"last_used_at"`
	RevokedAt  *time.Time `bun:"revoked_at"`
	RevokedBy  *uuid.UUID `bun:"revoked_by,type:uuid"`
}

func (r clientRow) client() *client.Client {
	return &client.Client{
		UUID: r.ID, Name: r.Name, OrganisationCode: r.Organisation, CreatedAt: r.CreatedAt.UTC(), RevokedAt: utc(r.RevokedAt),
		Keys: []*client.Key{},
	}
}

func (r clientKeyRow) key() *client.Key {
	return &client.Key{
		UUID: r.ID, Prefix: r.Prefix, CreatedAt: r.CreatedAt.UTC(), LastUsedAt: utc(r.LastUsedAt), RevokedAt: utc(r.RevokedAt),
	}
}

// Holder answers whose a key is, where both stand.
func (s *Clients) Holder(ctx context.Context, hash client.Hash) (client.Holder, bool, error) {
	var row struct {
		ClientID     uuid.UUID
		Organisation string
		ID           uuid.UUID
		Hash         []byte
		LastUsedAt   *time.Time
		Position     string
	}
	err := s.db.NewRaw(`SELECT k.id, k.hash, k.last_used_at, k.client_id, c.organisation, ? FROM client_key k JOIN client c ON c.id = k.client_id
		WHERE k.hash = ? AND k.revoked_at IS NULL AND c.revoked_at IS NULL`, askedPosition(ctx), hash[:]).Scan(ctx, &row)
	if errors.Is(err, sql.ErrNoRows) {
		return client.Holder{}, false, nil
	}
	if err != nil {
		return client.Holder{}, false, err
	}
	if err := notePosition(ctx, row.Position); err != nil {
		return client.Holder{}, false, err
	}
	h := client.Holder{Client: row.ClientID, Organisation: row.Organisation, Key: row.ID, LastUsedAt: row.LastUsedAt}
	copy(h.Hash[:], row.Hash)
	return h, true, nil
}

// Used keeps when a key was used. Of requests that come at once one is enough.
func (s *Clients) Used(ctx context.Context, key uuid.UUID, at time.Time) error {
	_, err := s.db.NewRaw(`UPDATE client_key SET last_used_at = ?0
		WHERE id = (SELECT id FROM client_key WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at < ?0) FOR UPDATE SKIP LOCKED)`, at, key).Exec(ctx)
	return err
}

// ByID answers the clients that the scope admits, with their keys.
func (s *Clients) ByID(ctx context.Context, scope authz.Scope, ids []uuid.UUID) (map[uuid.UUID]*client.Client, error) {
	found := make(map[uuid.UUID]*client.Client, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	admitted, _ := scopeOf(scope, authz.Clients)
	clients, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) ([]*client.Client, error) {
		var rows []clientRow
		if err := q.NewSelect().Model(&rows).Where("c.id IN (?)", bun.List(ids)).Where("?", admitted).Scan(ctx); err != nil {
			return nil, err
		}
		return withKeys(ctx, q, rows)
	})
	for _, c := range clients {
		found[c.UUID] = c
	}
	return found, err
}

// Of answers the clients of organisations that the scope admits.
func (s *Clients) Of(ctx context.Context, scope authz.Scope, organisations []string) (map[string][]*client.Client, error) {
	admitted, _ := scopeOf(scope, authz.Clients)
	clients, err := reading(ctx, s.db, func(ctx context.Context, q bun.IDB) ([]*client.Client, error) {
		var rows []clientRow
		err := q.NewSelect().Model(&rows).Where("c.organisation = ANY(?)", pgdialect.Array(organisations)).Where("?", admitted).
			Order("c.created_at", "c.id").Scan(ctx)
		if err != nil {
			return nil, err
		}
		return withKeys(ctx, q, rows)
	})
	found := make(map[string][]*client.Client, len(organisations))
	for _, c := range clients {
		found[c.OrganisationCode] = append(found[c.OrganisationCode], c)
	}
	return found, err
}

// withKeys answers clients with their keys, in the order of the rows.
func withKeys(ctx context.Context, tx bun.IDB, rows []clientRow) ([]*client.Client, error) {
	clients, byID, ids := make([]*client.Client, len(rows)), map[uuid.UUID]*client.Client{}, make([]uuid.UUID, len(rows))
	for i, row := range rows {
		clients[i], ids[i] = row.client(), row.ID
		byID[row.ID] = clients[i]
	}
	if len(rows) == 0 {
		return clients, nil
	}
	var keys []clientKeyRow
	if err := tx.NewSelect().Model(&keys).Where("client_id IN (?)", bun.List(ids)).Order("created_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	for _, row := range keys {
		c := byID[row.ClientID]
		c.Keys = append(c.Keys, row.key())
	}
	return clients, nil
}

// Managed answers those of the areas whose clients a scope of areas permits to
// manage.
func (s *Clients) Managed(ctx context.Context, scope authz.Scope, areas []authz.Area) (map[authz.Area]bool, error) {
	return reading(ctx, s.db, func(ctx context.Context, q bun.IDB) (map[authz.Area]bool, error) {
		return permittedAreas(ctx, q, scope, authz.ManageClients, areas)
	})
}
