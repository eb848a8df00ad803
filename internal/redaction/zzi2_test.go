package redaction

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strings"
	"testing"
)

func TestSlipDump(t *testing.T) {
	if os.Getenv("SLIPS") == "" {
		t.Skip()
	}
	lex := load()
	seen := map[string]bool{}
	for _, f := range []string{"tuning", "second", "third", "fourth_tuning", "forms", "moreforms"} {
		text, _ := os.ReadFile("testdata/" + f + ".txt")
		for _, w := range strings.FieldsFunc(strings.ToLower(string(text)), func(c rune) bool { return c < 'a' || c > 'z' }) {
			seen[w] = true
		}
	}
	var ws []string
	for w := range seen {
		ws = append(ws, w)
	}
	sort.Strings(ws)
	r := rand.New(rand.NewPCG(1, 2))
	out, _ := os.Create(os.Getenv("SLIPS"))
	for _, w := range ws {
		for range 8 {
			b := []byte(w)
			if len(b) > 3 {
				k := r.IntN(len(b))
				switch r.IntN(3) {
				case 0:
					b = append(b[:k], b[k+1:]...)
				case 1:
					b[k] = 'a' + byte(r.IntN(26))
				case 2:
					b = append(b[:k], append([]byte{'a' + byte(r.IntN(26))}, b[k:]...)...)
				}
			}
			if r.IntN(2) == 0 && len(b) > 3 {
				b[r.IntN(len(b))] = 'a' + byte(r.IntN(26))
			}
			fmt.Fprintln(out, string(b), lex.slipOf(string(b)))
		}
	}
}
