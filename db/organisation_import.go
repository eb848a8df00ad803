package db

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"

	"lfpse/internal/organisation"
)

var _ organisation.Importer = (*Organisations)(nil)

// Change writes the changes that plan makes of the map and raises its version, in one transaction. Whoever else changes the
// map waits, or is waited for, before plan is asked.
func (s *Organisations) Change(ctx context.Context, plan func(organisation.Records) (organisation.Changes, error),
	check func(organisation.Records) error,
) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("changing the map: %w", err)
	}
	defer conn.Close() //nolint:errcheck // the transaction's end has told all
	return conn.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("SELECT FROM geography_version FOR UPDATE").Exec(ctx); err != nil {
			return fmt.Errorf("waiting for the map: %w", err)
		}
		records, err := readGeography(ctx, tx)
		if err != nil {
			return err
		}
		changes, err := plan(records)
		if err != nil || changes.Empty() {
			return err
		}
		if err := writeChanges(ctx, conn, tx, changes); err != nil {
			return err
		}
		if err := checkGeography(ctx, tx, check); err != nil {
			return err
		}
		return ctx.Err() // a commit of what was called off may say only that it is over
	})
}

func writeChanges(ctx context.Context, conn bun.Conn, tx bun.Tx, changes organisation.Changes) error {
	tables := []copied{
		{name: "changed_organisation", columns: []string{"ods_code", "name", "type", "parent", "valid_until"}, rows: organisationRows(changes.Organisations)},
		{name: "changed_membership", columns: membershipColumns(), rows: membershipRows(changes.Memberships)},
		{name: "dropped_membership", columns: membershipColumns(), rows: membershipRows(changes.Dropped)},
	}
	if _, err := tx.NewRaw(`
		CREATE TEMPORARY TABLE changed_organisation (ods_code text, name text, type text, parent text, valid_until date) ON COMMIT DROP;
		CREATE TEMPORARY TABLE changed_membership (organisation text, icb text, valid_from date, valid_until date) ON COMMIT DROP;
		CREATE TEMPORARY TABLE dropped_membership (LIKE changed_membership) ON COMMIT DROP`).Exec(ctx); err != nil {
		return fmt.Errorf("making room for changes of the map: %w", err)
	}
	for _, table := range tables {
		if err := copyRows(ctx, conn, table); err != nil {
			return err
		}
	}
	return applyChanges(ctx, tx, changes)
}

// applyChanges moves what was copied to where it belongs. Organisations that are parents of each other may come in any
// order: the references are checked when all are there.
func applyChanges(ctx context.Context, tx bun.Tx, changes organisation.Changes) error {
	steps := []struct{ doing, query string }{
		{"writing organisations", `
			INSERT INTO organisation AS o (ods_code, name, type, parent, valid_until, imported)
			SELECT ods_code, name, type, parent, valid_until, true FROM changed_organisation
			ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name, type = excluded.type, parent = excluded.parent,
				valid_until = excluded.valid_until, imported = true`},
		{"dropping planned memberships", `
			DELETE FROM organisation_icb m USING dropped_membership d
			WHERE m.organisation = d.organisation AND m.valid_from = d.valid_from`},
		{"writing memberships", `
			INSERT INTO organisation_icb (organisation, icb, valid_from, valid_until)
			SELECT organisation, icb, valid_from, valid_until FROM changed_membership
			ON CONFLICT (organisation, valid_from) DO UPDATE SET icb = excluded.icb, valid_until = excluded.valid_until`},
	}
	for _, step := range steps {
		if _, err := tx.NewRaw(step.query).Exec(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.doing, Discreet(err))
		}
	}
	if err := raiseGeographyVersion(ctx, tx); err != nil {
		return err
	}
	return writeAudit(ctx, tx, changes.Entry)
}

// copyRows fills a table by COPY, on the connection that the transaction has.
func copyRows(ctx context.Context, conn bun.Conn, table copied) error {
	err := conn.Raw(func(driver any) error {
		held, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not pgx's", driver)
		}
		_, err := held.Conn().CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows))
		return err
	})
	if err != nil {
		return fmt.Errorf("copying into %s: %w", table.name, Discreet(err))
	}
	return nil
}

func organisationRows(all []organisation.Organisation) [][]any {
	rows := make([][]any, len(all))
	for i, o := range all {
		until := pgtype.Date{}
		if o.Until != nil {
			until = date(*o.Until)
		}
		var parent *string
		if o.ParentCode != "" {
			parent = (*string)(&o.ParentCode)
		}
		rows[i] = []any{string(o.ODSCode), o.Name, string(o.Type), parent, until}
	}
	return rows
}

func membershipColumns() []string {
	return []string{"organisation", "icb", "valid_from", "valid_until"}
}

func membershipRows(all []organisation.Relation) [][]any {
	rows := make([][]any, len(all))
	for i, r := range all {
		until := pgtype.Date{}
		if r.Until != organisation.Forever {
			until = date(r.Until)
		}
		rows[i] = []any{string(r.Of), string(r.In), date(r.From), until}
	}
	return rows
}

// date writes a day as COPY wants it, in binary.
func date(d organisation.Day) pgtype.Date {
	if d == organisation.Always {
		return pgtype.Date{InfinityModifier: pgtype.NegativeInfinity, Valid: true}
	}
	return pgtype.Date{Time: time.Unix(0, 0).UTC().AddDate(0, 0, int(d)), Valid: true}
}
