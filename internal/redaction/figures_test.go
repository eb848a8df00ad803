package redaction_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"lfpse/internal/redaction"
)

var (
	corpora    = flag.String("corpus", "testdata/*.jsonl", "pattern of the corpora to score")
	listErrors = flag.Bool("errors", false, "list what leaked and what was removed for nothing")
)

// rate counts some out of all.
type rate struct{ n, of int }

func (r *rate) add(one bool) {
	r.of++
	if one {
		r.n++
	}
}

func (r rate) share() float64 {
	if r.of == 0 {
		return 0
	}
	return float64(r.n) / float64(r.of)
}

func (r rate) String() string { return fmt.Sprintf("%.2f%%\t(%d of %d)", 100*r.share(), r.n, r.of) }

// figures are what a redactor did to corpora.
type figures struct {
	leaks, names, clean, over, benign rate
	known                             rate // identifiers that the record knew
	tokens                            tally
	slices                            map[string]*rate // leaks by type, style, origin ...; distractors by class
}

func (f *figures) slice(key string, one bool) {
	r := f.slices[key]
	if r == nil {
		r = &rate{}
		f.slices[key] = r
	}
	r.add(one)
}

// f1 is the harmonic mean of precision and recall over words.
func (f *figures) f1() float64 {
	t := f.tokens
	return 2 * float64(t.hit) / float64(2*t.hit+t.miss+t.lost)
}

func summarise(documents []scored) figures {
	f := figures{slices: map[string]*rate{}}
	for _, d := range documents {
		leaks := 0
		for i, m := range d.Spans {
			if m.Type == "QUASI" {
				continue
			}
			leak := d.states[i] == leaked
			if leak {
				leaks++
			}
			f.leaks.add(leak)
			f.slice("type "+m.Type, leak)
			f.slice("style "+d.Style, leak)
			f.slice("setting "+d.Setting, leak)
			if d.holds(m) {
				f.known.add(leak)
			}
			if m.Type == "NAME" {
				f.names.add(leak)
				for j, part := range strings.Split(m.Sub, "|") {
					f.slice([]string{"role ", "form ", "origin ", "noise "}[min(j, 3)]+part, leak)
				}
			}
		}
		f.clean.add(leaks == 0)
		for i, m := range d.Distractors {
			f.over.add(d.over[i])
			f.slice("kept "+distractorClass(m.Why), d.over[i])
		}
		f.tokens.hit += d.tokens.hit
		f.tokens.miss += d.tokens.miss
		f.tokens.lost += d.tokens.lost
		f.tokens.kept += d.tokens.kept
	}
	f.benign = rate{f.tokens.lost, f.tokens.lost + f.tokens.kept}
	return f
}

// holds says that the record's own fields name what is marked.
func (n *narrative) holds(m marked) bool {
	low := strings.ToLower(m.Text)
	for _, k := range n.Known {
		for _, part := range append(strings.Fields(k.Given+" "+k.Family), k.NHSNumber, k.Email, k.Phone) {
			if part != "" && strings.ReplaceAll(low, " ", "") == strings.ToLower(strings.ReplaceAll(part, " ", "")) {
				return true
			}
		}
	}
	return false
}

// run scores a redactor over a corpus.
func run(corpus []narrative, redact func(n narrative) []redaction.Span) []scored {
	var documents []scored
	for _, n := range corpus {
		documents = append(documents, score(n, removedBy(n.Text, redact(n))))
	}
	return documents
}

func redactor(withKnown bool) func(narrative) []redaction.Span {
	return func(n narrative) []redaction.Span {
		var context redaction.Context
		if withKnown {
			context.Known = n.known()
		}
		return engine.Redact([]redaction.Field{{Text: n.Text}}, context)[0].Spans
	}
}

// TestFigures prints the table of figures, for every corpus under testdata.
func TestFigures(t *testing.T) {
	paths, err := filepath.Glob(*corpora)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		corpus := readCorpus(t, path)
		for _, withKnown := range []bool{true, false} {
			documents := run(corpus, redactor(withKnown))
			f := summarise(documents)
			f.print(fmt.Sprintf("%s, %d narratives, known=%t", filepath.Base(path), len(corpus), withKnown), withKnown)
			if *listErrors && withKnown {
				for _, d := range documents {
					if wrong := d.wrong(); wrong != "" {
						fmt.Printf("%s %s%s\n", d.ID, d.Style, wrong)
					}
				}
			}
		}
	}
}

func (f *figures) print(title string, inFull bool) {
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	defer out.Flush()
	fmt.Fprintf(out, "%s\n", title)
	for _, line := range []struct {
		name string
		rate
	}{
		{"identifiers leaked", f.leaks}, {"names leaked", f.names}, {"leaked of what the record knows", f.known},
		{"narratives without a leak", f.clean}, {"distractors removed", f.over}, {"other words removed", f.benign},
	} {
		fmt.Fprintf(out, "  %s\t%s\n", line.name, line.rate)
	}
	fmt.Fprintf(out, "  token F1\t%.4f\n", f.f1())
	if !inFull {
		return
	}
	keys := slices.SortedFunc(maps.Keys(f.slices), func(a, b string) int { return cmp.Compare(a, b) })
	for _, key := range keys {
		fmt.Fprintf(out, "  %s\t%s\n", key, f.slices[key])
	}
}
