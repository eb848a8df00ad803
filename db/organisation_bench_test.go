package db_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lfpse/db"
	"lfpse/db/dbtest"
	"lfpse/internal/organisation"
)

// practices are lines of a file about as many organisations as there are in England; every fifth is a branch.
func practices(count int) string {
	var lines strings.Builder
	for i := range count {
		parent, icb := "", "QA1"
		if i%5 == 4 {
			parent, icb = fmt.Sprintf("V%05d", i-4), ""
		}
		fmt.Fprintf(&lines, "V%05d,Practice of %d Church Road,GP_PRACTICE,%s,%s,,\n", i, i*7919%count, parent, icb)
	}
	return lines.String()
}

// BenchmarkMap reports, beside its own time, how many times as long as it the rows alone take to come from the database.
func BenchmarkMap(b *testing.B) {
	const country = 50_000
	d := dbtest.Fresh(b)
	if _, err := d.Pool.Exec(b.Context(), smallCountry); err != nil {
		b.Fatal(err)
	}
	store := db.NewOrganisations(d.DB)
	lines := practices(country)
	importing := func() {
		if _, err := organisation.Import(b.Context(), store, file(b, lines), time.Now()); err != nil {
			b.Fatal(err)
		}
	}
	var directory *organisation.Directory
	loading := func() (err error) {
		directory, err = organisation.NewDirectory(b.Context(), store)
		return err
	}
	importing()
	if err := loading(); err != nil {
		b.Fatal(err)
	}
	b.Run("loading", func(b *testing.B) {
		for b.Loop() {
			if err := loading(); err != nil {
				b.Fatal(err)
			}
		}
		reportRows(b, d)
	})
	b.Run("refreshing what has changed", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Pool.Exec(b.Context(), "UPDATE geography_version SET version = version + 1"); err != nil {
				b.Fatal(err)
			}
			if err := directory.Refresh(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		reportRows(b, d)
	})
	b.Run("refreshing what has not", func(b *testing.B) {
		for b.Loop() {
			if err := directory.Refresh(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		reportRows(b, d)
	})
	b.Run("importing the same again", func(b *testing.B) {
		for b.Loop() {
			importing()
		}
		reportRows(b, d)
	})
	b.Run("importing other names", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			lines = strings.ReplaceAll(lines, []string{"Church", "Mill"}[i%2], []string{"Mill", "Church"}[i%2])
			importing()
		}
		reportRows(b, d)
	})
}

func reportRows(b *testing.B, d *db.DB) {
	own := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	started := time.Now()
	for _, table := range []string{"organisation", "organisation_icb"} {
		rows, err := d.Pool.Query(b.Context(), "SELECT * FROM "+table)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() { //nolint:revive // they are only to come
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(time.Since(started).Nanoseconds())/own, "×rows")
}
