package main

import (
	"context"
	"fmt"
	"log/slog"

	"lfpse/db"
)

// prepare has the service's statements run as a role that can change nothing of
// the audit trail. A URL of the tables' owner brings the tables up to date first,
// and then every connection assumes that role; any other URL is the role's own.
func (d *database) prepare(ctx context.Context, log *slog.Logger) error {
	owner, err := db.IsOwner(ctx, d.DB)
	if err != nil {
		return err
	}
	if !owner {
		return d.readyFor(ctx)
	}
	if _, err := db.MigrateUp(ctx, d.DB); err != nil {
		return err
	}
	if err := db.EnsureServiceRole(ctx, d.DB); err != nil {
		return err
	}
	assumed, err := db.Open(ctx, d.url, db.WithSlowLog(log, slowStatement), db.WithRole(db.ServiceRole))
	if err != nil {
		return fmt.Errorf("assuming the service's role: %w", err)
	}
	d.owner, d.DB = d.DB, assumed
	return db.CheckServiceRole(ctx, d.DB)
}

// readyFor sees that tables which are not the service's own are up to date, and
// that its role may do what it must and no more.
func (d *database) readyFor(ctx context.Context) error {
	if err := db.CheckServiceRole(ctx, d.DB); err != nil {
		return err
	}
	return upToDate(ctx, d)
}

// asOwner is the database as its owner has it, where the URL is the owner's.
func (d *database) asOwner() *db.DB {
	if d.owner != nil {
		return d.owner
	}
	return d.DB
}
