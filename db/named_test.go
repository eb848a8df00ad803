package db_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lfpse/db"
	"lfpse/db/dbtest"
)

// Texts come as they are, however many of them a column has, in either form in which PostgreSQL sends them.
func TestTextsAreReadAsTheyAre(t *testing.T) {
	d := dbtest.Fresh(t)
	var want []db.TextsRow
	for n := range 40 { // more than are remembered
		row := db.TextsRow{Plain: fmt.Sprint("plain ", n%13)}
		if n%3 > 0 {
			optional := fmt.Sprint("é", n%7)
			row.Optional = &optional
		}
		switch n % 4 {
		case 0:
		case 1:
			row.List = []string{}
		default:
			row.List = []string{`"`, fmt.Sprint("b", n), ""}
		}
		want = append(want, row)
	}
	for _, once := range []bool{true, false} {
		got, err := db.ReadTexts(t.Context(), d.DB, len(want), once)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("planned once %v: %s", once, diff)
		}
	}
}
