package db_test

import (
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"pgregory.net/rapid"

	"lfpse/db"
)

func TestShapeLeavesNoValueInAStatement(t *testing.T) {
	for sql, want := range map[string]string{
		`SELECT 1`: `SELECT ?`,
		`SELECT * FROM event WHERE note = 'Mrs O''Brien fell' AND age > 80`:         `SELECT * FROM event WHERE note = ? AND age > ?`,
		`SELECT "e"."note" FROM "event" AS "e" WHERE "e"."it's" = 'x'`:              `SELECT "e"."note" FROM "event" AS "e" WHERE "e"."it's" = ?`,
		`INSERT INTO t (a, b) VALUES (DEFAULT, 'x', NULL), (DEFAULT, 'y', -1.5e-3)`: `INSERT INTO t (a, b) VALUES (?)`,
		`SELECT a FROM t WHERE id IN (1, 2, 3) LIMIT 10`:                            `SELECT a FROM t WHERE id IN (?) LIMIT ?`,
		`SELECT a FROM t WHERE id IN (1)`:                                           `SELECT a FROM t WHERE id IN (?)`,
		`SELECT E'it\'s Ann' , e'\\' , 'Ann'`:                                       `SELECT ? , ? , ?`,
		`SELECT 'ends in a backslash\' , 'Ann'`:                                     `SELECT ? , ?`,
		`SELECT U&'\0041nn', B'01', x'FF', N'Ann'`:                                  `SELECT ?`,
		`DO $$ SELECT 'Ann' $$; SELECT $f$ it's $$ Ann $f$, $1`:                     `DO ?; SELECT ?, $1`,
		"SELECT a -- of Ann\n, b /* and /* Bob's */ 'Ann' */ FROM t":                `SELECT a , b FROM t`,
		`SELECT t1.a2 FROM t1 WHERE x = 0x1F AND y = 1_000 AND z = .5`:              `SELECT t1.a2 FROM t1 WHERE x = ? AND y = ? AND z = ?`,
		`SELECT '{"name": "Ann"}'::jsonb -> 'name', '{1,2}'::int[]`:                 `SELECT ?::jsonb -> ?`,
		`SELECT "größe" FROM t WHERE naïve = 'Ann'`:                                 `SELECT "größe" FROM t WHERE naïve = ?`,
		`SELECT 'Ann`:       `SELECT ?`,
		`SELECT $$ Ann`:     `SELECT ?`,
		`SELECT /* 'Ann'`:   `SELECT`,
		"SELECT\n\t 1  \n;": `SELECT ? ;`,
		``:                  ``,
	} {
		if got := db.Shape(sql); got != want {
			t.Errorf("the shape of %s\nis   %s\nwant %s", sql, got, want)
		}
	}
}

// However a value is written, bun's way of quoting it and Shape's way of
// reading it agree.
func TestShapeFindsEveryValueThatBunWrites(t *testing.T) {
	d := bun.NewDB(nil, pgdialect.New())
	rapid.Check(t, func(t *rapid.T) {
		const mark = "Ŝ" // in no name of ours
		value := rapid.StringOfN(rapid.RuneFrom([]rune(`ab'"\$?*/-;:E `+"\n"+mark)), 0, 40, -1).Draw(t, "value") + mark
		sql := d.NewSelect().
			ColumnExpr("? AS a", value).
			ColumnExpr("? AS b", []byte(value)).
			Where("c = ?", map[string]string{value: value}).
			Where("d IN (?)", bun.List([]string{value, value})).
			Where("e = ?", -1).
			String()
		shape := db.Shape(sql)
		if strings.Contains(shape, mark) {
			t.Fatalf("the shape of %s\nis %s", sql, shape)
		}
		if want := "SELECT ? AS a, ? AS b WHERE (c = ?) AND (d IN (?)) AND (e = -?)"; shape != want {
			t.Fatalf("the shape of %s\nis   %s\nwant %s", sql, shape, want)
		}
	})
}

// Shape costs what it reads: ten times the rows take about ten times as long.
func BenchmarkShape(b *testing.B) {
	statement := func(rows int) string {
		const row = "(DEFAULT, 'Mrs O''Brien fell', 81, NULL, TRUE)"
		return "INSERT INTO event VALUES " + row + strings.Repeat(", "+row, rows-1)
	}
	small, large := statement(1_000), statement(10_000)
	var one, ten time.Duration
	for b.Loop() {
		start := time.Now()
		db.Shape(small)
		middle := time.Now()
		db.Shape(large)
		one, ten = one+middle.Sub(start), ten+time.Since(middle)
	}
	b.ReportMetric(float64(ten)/float64(one), "×time/×10rows")
}
