package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"lfpse/internal/authz"
	"lfpse/internal/client"
	"lfpse/internal/gid"
)

// Add writes a client with its first key.
func (s *Clients) Add(ctx context.Context, areas authz.Scope, c client.Client, key client.Issued, act client.Act) error {
	return s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := holdManager(ctx, tx, act); err != nil {
			return err
		}
		area := authz.Area{Type: authz.AreaOrganisation, Code: c.OrganisationCode}
		managed, err := permittedAreas(ctx, tx, areas, authz.ManageClients, []authz.Area{area})
		if err != nil {
			return err
		}
		if !managed[area] {
			return client.ErrForbidden
		}
		row := clientRow{ID: c.UUID, Name: c.Name, Organisation: c.OrganisationCode, CreatedAt: act.At, CreatedBy: act.By.ID}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("writing a client: %w", err)
		}
		if err := addKey(ctx, tx, c.UUID, key, act); err != nil {
			return err
		}
		return writeAudit(ctx, tx, act.Entry)
	})
}

// holdManager locks who acts, so that access that is taken away meanwhile is
// not acted upon.
func holdManager(ctx context.Context, tx bun.IDB, act client.Act) error {
	unchanged, err := holdActor(ctx, tx, act.By, act.By.ID)
	if err != nil {
		return err
	}
	if !unchanged {
		return client.ErrOvertaken
	}
	return nil
}

func addKey(ctx context.Context, tx bun.IDB, id uuid.UUID, key client.Issued, act client.Act) error {
	row := clientKeyRow{ID: key.ID, ClientID: id, Hash: key.Hash[:], Prefix: key.Prefix, CreatedAt: act.At, CreatedBy: act.By.ID}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("writing a key: %w", err)
	}
	return nil
}

// Change locks a client and does what is answered of it.
func (s *Clients) Change(ctx context.Context, scope authz.Scope, of client.Subject, act client.Act, change func(*client.Client) client.Change) (*client.Client, error) {
	var changed *client.Client
	err := s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := holdManager(ctx, tx, act); err != nil {
			return err
		}
		c, err := holdClient(ctx, tx, scope, of)
		if err != nil {
			return err
		}
		if err := changeClient(ctx, tx, c, change(c), act); err != nil {
			return err
		}
		changed, err = clientNow(ctx, tx, c.UUID)
		return err
	})
	return changed, err
}

// holdClient locks a client that the scope admits.
func holdClient(ctx context.Context, tx bun.IDB, scope authz.Scope, of client.Subject) (*client.Client, error) {
	admitted, _ := scopeOf(scope, authz.Clients)
	var held struct {
		ID  uuid.UUID
		May bool
	}
	err := tx.NewRaw(`SELECT c.id, ?0 AS may FROM client c
		WHERE (c.id = ?1 OR c.id = (SELECT client_id FROM client_key WHERE id = ?2)) AND ?3 FOR UPDATE OF c`,
		condition(scope.Permits(authz.ManageClient)), of.Client, of.Key, admitted).Scan(ctx, &held)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, client.ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("locking a client: %w", err)
	}
	if !held.May {
		return nil, client.ErrForbidden
	}
	return clientNow(ctx, tx, held.ID)
}

func clientNow(ctx context.Context, tx bun.IDB, id uuid.UUID) (*client.Client, error) {
	var rows []clientRow
	if err := tx.NewSelect().Model(&rows).Where("c.id = ?", id).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading a client: %w", err)
	}
	clients, err := withKeys(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	return clients[0], nil
}

func changeClient(ctx context.Context, tx bun.IDB, c *client.Client, change client.Change, act client.Act) error {
	entry := act.Entry
	entry.Subject = gid.Format(gid.Client, c.UUID)
	switch {
	case change.Add != nil:
		entry.Detail = map[string]string{"key": gid.Format(gid.ClientKey, change.Add.ID)}
		if err := addKey(ctx, tx, c.UUID, *change.Add, act); err != nil {
			return err
		}
	case change.RevokeKey != uuid.Nil:
		entry.Detail = map[string]string{"key": gid.Format(gid.ClientKey, change.RevokeKey)}
		_, err := tx.NewRaw("UPDATE client_key SET revoked_at = ?, revoked_by = ? WHERE id = ?", act.At, act.By.ID, change.RevokeKey).Exec(ctx)
		if err != nil {
			return fmt.Errorf("revoking a key: %w", err)
		}
	case change.Revoke:
		if err := revokeClient(ctx, tx, c.UUID, act); err != nil {
			return err
		}
	default:
		return nil
	}
	return writeAudit(ctx, tx, entry)
}

func revokeClient(ctx context.Context, tx bun.IDB, id uuid.UUID, act client.Act) error {
	for _, statement := range []string{
		"UPDATE client SET revoked_at = ?, revoked_by = ? WHERE id = ?",
		"UPDATE client_key SET revoked_at = ?, revoked_by = ? WHERE client_id = ? AND revoked_at IS NULL",
	} {
		if _, err := tx.NewRaw(statement, act.At, act.By.ID, id).Exec(ctx); err != nil {
			return fmt.Errorf("revoking a client: %w", err)
		}
	}
	return nil
}
