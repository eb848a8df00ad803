package db

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// riverStep is which of River's versions one of our migrations brings.
type riverStep struct {
	from  int // the version before it; -1 for none
	first int // committed by itself, before the rest: see riverBefore
	to    int
}

// riverSteps are our migrations that River's belong to, by name. A version of
// River that brings another migration needs another step here, and a file of
// ours to hang it on.
func riverSteps() map[string]riverStep {
	return map[string]riverStep{"0007_outbox": {from: -1, first: 5, to: 8}}
}

// riverBefore brings those of a step's versions that must be committed before
// the rest: version 6 uses a value of an enumeration that version 4 adds to it.
// Whoever is stopped between the two goes on from there the next time.
func (m *migrator) riverBefore(ctx context.Context, step string) error {
	versions, found := riverSteps()[step]
	if !found {
		return nil
	}
	return onConnection(ctx, m.conn, func(ctx context.Context, tx transaction) error {
		return migrateRiver(ctx, tx, rivermigrate.DirectionUp, versions.first)
	})
}

func riverUp(ctx context.Context, tx transaction, step string) error {
	versions, found := riverSteps()[step]
	if !found {
		return nil
	}
	return migrateRiver(ctx, tx, rivermigrate.DirectionUp, versions.to)
}

func riverDown(ctx context.Context, tx transaction, step string) error {
	versions, found := riverSteps()[step]
	if !found {
		return nil
	}
	return migrateRiver(ctx, tx, rivermigrate.DirectionDown, versions.from)
}

func migrateRiver(ctx context.Context, tx transaction, direction rivermigrate.Direction, target int) error {
	migrator, err := rivermigrate.New[pgx.Tx](riverpgxv5.New(nil), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("preparing the queue's migrations: %w", err)
	}
	_, err = migrator.MigrateTx(ctx, tx.pgx, direction, &rivermigrate.MigrateOpts{TargetVersion: target})
	if err != nil {
		return fmt.Errorf("migrating the queue's tables: %w", err)
	}
	return nil
}
