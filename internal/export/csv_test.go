package export

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func written(t *testing.T, rows ...[]string) string {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, row := range rows {
		cells := make([][]byte, len(row))
		for i, cell := range row {
			cells[i] = []byte(cell)
		}
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func TestCellsAreQuotedWhereTheyHaveToBe(t *testing.T) {
	for cell, want := range map[string]string{
		"plain":        `plain`,
		"":             ``,
		"a, b":         `"a, b"`,
		"a;b":          `"a;b"`,
		"a\tb":         "\"a\tb\"",
		"two\nlines":   "\"two\nlines\"",
		"two\r\nlines": "\"two\r\nlines\"",
		`he said "no"`: `"he said ""no"""`,
		`""`:           `""""""`,
		" edge":        `" edge"`,
		"edge ":        `"edge "`,
		"naïve":        `naïve`,
	} {
		if got := written(t, []string{cell, "x"}); got != want+",x\r\n" {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	if got := written(t, []string{""}); got != "\"\"\r\n" {
		t.Errorf("an empty cell alone is written %q, which is a line that readers skip", got)
	}
}

func TestFormulasAreMadeHarmless(t *testing.T) {
	for _, cell := range []string{
		"=1+1", "+44 7700", "-1 tile", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", " =1", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "\u00a0=1", "\u200b=1",
		"\ufeff=1", "\x00=1", "\u202e=1", "=cmd|' /C calc'!A0", `=HYPERLINK("http://x")`,
	} {
		if got := written(t, []string{cell, "x"}); !strings.HasPrefix(got, `"'`) {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	for _, cell := range []string{"1+1=2", "x=1", "'quoted'", "'", "2026-10-02", "a@b", "", " ", "–5"} {
		if got := written(t, []string{cell, "x"}); strings.HasPrefix(got, `"'=`) || IsGuarded([]byte(got)) {
			t.Errorf("%q is written %q", cell, got)
		}
	}
}

// ends are what Go's reader makes a plain line's end of, wherever they stand.
var ends = regexp.MustCompile(`\r+\n`)

// Whatever is written comes back from any reader of RFC 4180, once the guards are taken away.
func TestWhatIsWrittenComesBack(t *testing.T) {
	cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+\-@ "\r\n,;a]{0,6}`))
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(r, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 4).Draw(r, "rows")
		for _, row := range rows {
			for i := range row {
				row[i] = ends.ReplaceAllString(row[i], "\n")
			}
		}
		reader := csv.NewReader(strings.NewReader(written(t, rows...)))
		got, err := reader.ReadAll()
		if err != nil || len(got) != len(rows) {
			r.Fatalf("%d rows came back of %d: %v", len(got), len(rows), err)
		}
		for n, row := range rows {
			for i, want := range row {
				back := got[n][i]
				if strings.ContainsAny(back[:min(1, len(back))], "=+-@\t\r") {
					r.Errorf("%q is written so that it begins a formula", want)
				}
				if IsGuarded([]byte(back)) {
					back = back[1:]
				}
				if back != want {
					r.Errorf("%q came back as %q", want, back)
				}
			}
		}
	})
}
