package graph_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"
)

// cells are a row of the matrix: what is looked at or done, to what, and what
// comes of it for each reader.
type cells struct {
	what, of string
	outcomes []string
}

// theMatrix reads the table: its readers, and its rows.
func theMatrix(t *testing.T) (readers []string, rows []cells) {
	t.Helper()
	file := must[*os.File](t)(os.Open("testdata/matrix.csv"))
	defer file.Close()
	lines := csv.NewReader(file)
	lines.Comment, lines.TrimLeadingSpace = '#', true
	table := must[[][]string](t)(lines.ReadAll())
	for _, line := range table[1:] {
		rows = append(rows, cells{line[0], line[1], line[2:]})
	}
	return table[0][2:], rows
}

// Every cell of testdata/matrix.csv is asked of the whole service: its name is
// what, of what, by whom. What a reader is told does not exist is looked for
// behind every other door as well.
//
// Where somebody may act, what they send is refused for another reason (a
// revision that is not there, a reason that is missing), so that the next cell
// finds everything as this one did.
func TestMatrix(t *testing.T) {
	t.Parallel()
	readers, rows := theMatrix(t)
	w := newWorld(t, readers)
	w.doors(t, readers, rows)
	asked := 0
	for _, row := range rows {
		probe, ok := probes[row.what]
		if !ok {
			t.Errorf("nothing tells how to %q", row.what)
			continue
		}
		t.Run(row.what+"/"+row.of, func(t *testing.T) {
			// The last reader first: whoever owns what is deleted comes near the front.
			for i, want := range slices.Backward(row.outcomes) {
				t.Run(readers[i], func(t *testing.T) {
					w.t = t
					if got := probe(w, row.of, readers[i]); got != want {
						t.Errorf("is answered %q, not %q", got, want)
					}
				})
				asked++
			}
		})
	}
	w.t = t
	if asked < 400 {
		t.Errorf("the matrix has %d cells", asked)
	}
	for name := range probes {
		if !slices.ContainsFunc(rows, func(row cells) bool { return row.what == name }) {
			t.Errorf("the matrix does not say who may %q", name)
		}
	}
}
