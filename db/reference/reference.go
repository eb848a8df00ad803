// Package reference holds the map of the NHS in England as far as it is shipped
// with the service: regions, integrated care boards, NHS trusts and their sites,
// by ODS code and name. It is public reference data of the Organisation Data
// Service.
//
// The 42 ICBs are those whose codes are known. The map changed on 1 April
// 2026; the codes of the boards that were formed then are not known, and none
// are invented. Which days an ICB begins and ends on is not stated either.
package reference

import (
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

//go:embed *.csv
var files embed.FS

// step puts one file into one table. Each query is given a file's columns as
// arrays, in the header's order, and changes only rows that differ.
type step struct {
	file, query string
	columns     []string
}

// What happened to the map since it was shipped stays: an ICB's days and its successor are never touched, a
// relation is written only for what has none, and an organisation that an import has changed is the import's, so that
// loading again undoes neither a merger nor an import.
func steps() []step {
	return []step{
		{"regions.csv", `
			INSERT INTO region (ods_code, name)
			SELECT * FROM unnest(?::text[], ?::text[])
			ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name WHERE region.name <> excluded.name`,
			[]string{"code", "name"}},
		{"icbs.csv", `
			INSERT INTO icb (ods_code, name)
			SELECT code, name FROM unnest(?::text[], ?::text[], ?::text[]) AS f (code, name, region)
			ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name WHERE icb.name <> excluded.name`,
			[]string{"code", "name", "region"}},
		{"icbs.csv", `
			INSERT INTO icb_region (icb, region)
			SELECT code, region FROM unnest(?::text[], ?::text[], ?::text[]) AS f (code, name, region)
			WHERE NOT EXISTS (SELECT FROM icb_region r WHERE r.icb = code)`,
			[]string{"code", "name", "region"}},
		{"trusts.csv", `
			INSERT INTO organisation (ods_code, name, type)
			SELECT code, name, 'NHS_TRUST' FROM unnest(?::text[], ?::text[], ?::text[]) AS f (code, name, icb)
			ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name, type = excluded.type
			WHERE NOT organisation.imported AND (organisation.name, organisation.type) <> (excluded.name, excluded.type)`,
			[]string{"code", "name", "icb"}},
		{"trusts.csv", `
			INSERT INTO organisation_icb (organisation, icb)
			SELECT code, icb FROM unnest(?::text[], ?::text[], ?::text[]) AS f (code, name, icb)
			WHERE NOT EXISTS (SELECT FROM organisation_icb m WHERE m.organisation = code)`,
			[]string{"code", "name", "icb"}},
		{"sites.csv", `
			INSERT INTO organisation (ods_code, name, type, parent)
			SELECT code, name, 'NHS_TRUST_SITE', trust FROM unnest(?::text[], ?::text[], ?::text[]) AS f (code, name, trust)
			ON CONFLICT (ods_code) DO UPDATE SET name = excluded.name, type = excluded.type, parent = excluded.parent
			WHERE NOT organisation.imported
			  AND (organisation.name, organisation.type, organisation.parent) IS DISTINCT FROM (excluded.name, excluded.type, excluded.parent)`,
			[]string{"code", "name", "trust"}},
	}
}

// Load writes the reference data in one transaction. It may be run as often as
// one likes: only what is new or named otherwise changes, and the version of the map rises only
// if something has.
func Load(ctx context.Context, db *bun.DB) (changed bool, err error) {
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		changed, err = load(ctx, tx)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("loading the reference data: %w", err)
	}
	return changed, nil
}

func load(ctx context.Context, tx bun.Tx) (changed bool, err error) {
	// Loads and mergers wait for each other.
	if _, err := tx.NewRaw("SELECT FROM geography_version FOR UPDATE").Exec(ctx); err != nil {
		return false, fmt.Errorf("waiting for the map: %w", err)
	}
	for _, step := range steps() {
		count, err := step.run(ctx, tx)
		if err != nil {
			return false, fmt.Errorf("%s: %w", step.file, err)
		}
		changed = changed || count > 0
	}
	if !changed {
		return false, nil
	}
	if _, err := tx.NewRaw("UPDATE geography_version SET version = version + 1").Exec(ctx); err != nil {
		return false, fmt.Errorf("raising the version of the map: %w", err)
	}
	return true, nil
}

// run answers how many rows changed.
func (s step) run(ctx context.Context, tx bun.Tx) (int64, error) {
	columns, err := readColumns(s.file, s.columns)
	if err != nil {
		return 0, err
	}
	args := make([]any, len(columns))
	for i, column := range columns {
		args[i] = pgdialect.Array(column)
	}
	result, err := tx.NewRaw(s.query, args...).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// readColumns reads a file column by column. Its header must be as given.
func readColumns(file string, header []string) ([][]string, error) {
	f, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := csv.NewReader(f)
	rows.FieldsPerRecord = len(header)
	found, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the header: %w", err)
	}
	if strings.Join(found, ",") != strings.Join(header, ",") {
		return nil, fmt.Errorf("the header is not %s", strings.Join(header, ","))
	}
	columns := make([][]string, len(header))
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return columns, nil
		}
		if err != nil {
			return nil, err
		}
		for i, value := range row {
			columns[i] = append(columns[i], value)
		}
	}
}
