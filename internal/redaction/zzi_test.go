package redaction

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"
)

func TestPhases(t *testing.T) {
	if os.Getenv("PHASES") == "" {
		t.Skip()
	}
	r := New()
	var texts []string
	for _, f := range []string{"tuning", "second", "third", "fourth_tuning"} {
		file, _ := os.Open("testdata/" + f + ".jsonl")
		sc := bufio.NewScanner(file)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var n struct{ Text string }
			json.Unmarshal(sc.Bytes(), &n)
			texts = append(texts, n.Text)
		}
	}
	const phases = 60
	names := make([]string, phases)
	total := make([]time.Duration, phases)
	tokens, size := 0, 0
	empty := time.Hour
	for range 1000 {
		s := time.Now()
		empty = min(empty, time.Since(s))
	}
	bests := make([][]time.Duration, len(texts))
	for i := range bests {
		bests[i] = make([]time.Duration, phases)
		for j := range bests[i] {
			bests[i][j] = time.Hour
		}
	}
	for range 40 {
		for ti, text := range texts {
			best := bests[ti]
			k := 0
			phase := func(name string, f func()) {
				s := time.Now()
				f()
				d := time.Since(s)
				best[k] = min(best[k], d)
				names[k] = name
				k++
			}
			var kn *known
			var rec *record
			var rd *reading
			var results []Result
			pass := func(p string, before *record) {
				if before == nil {
					phase(p+"prepare", func() { kn = r.prepare(Context{}); rec = &record{lex: r.lex, known: kn}; results = make([]Result, 1) })
					phase(p+"read", func() { rd, _ = read(text) })
					phase(p+"tokenise", func() { rd.tokenise(rec.lex) })
				} else {
					old := before.readings[0]
					w := results[0].Text
					rec = &record{lex: r.lex, known: kn}
					phase(p+"read", func() { rd, _ = read(w) })
					phase(p+"tokenise", func() { rd.tokeniseAgain(rec.lex, old) })
				}
				rec.readings = append(rec.readings, rd)
				if before == nil {
					tk := rd.tokens
					rd.tokens = rd.tokens[:0]
					phase(p+"cut", func() { rd.tokens = nil; rd.tokens = tk[:0]; cutOnly(rd) })
					phase(p+"lookUp", func() { rd.lookUp() })
				}
				phase(p+"sentences", func() { rd.sentences() })
				phase(p+"scanNumbers", func() { rd.scanNumbers(kn) })
				phase(p+"scanSpoken", func() { rd.scanSpoken(kn) })
				phase(p+"scanAddresses", func() { rd.scanAddresses() })
				phase(p+"scanOnline", func() { rd.scanOnline(kn) })
				phase(p+"scanCodes", func() { rd.scanCodes() })
				phase(p+"scanOther", func() { rd.scanOther(kn); rd.scanRedacted(kn) })
				phase(p+"places", func() { rec.accepted = map[string]bool{}; rec.near = near{}; rec.findPlaces() })
				phase(p+"cover", func() {
					rd.names = blank(rd.names, len(rd.tokens))
					rd.cover()
					rd.fixedNames()
					rd.redactedNames(rec.known)
					rec.knownNames(rd)
				})
				phase(p+"cuedNames", func() { rec.cuedNames(rd) })
				phase(p+"letters", func() { rd.findLetters() })
				phase(p+"initials", func() { rec.initials(rd) })
				phase(p+"scoreAll", func() { rec.scoreAll(rd) })
				phase(p+"judge", func() { rec.judge(rd) })
				phase(p+"accept", func() { rec.accept() })
				phase(p+"judge..", func() {
					for range 3 {
						c := rec.judge(rd)
						if !rec.accept() && !c {
							break
						}
					}
				})
				phase(p+"initials2", func() { rec.initials(rd) })
				phase(p+"besideNames", func() { rd.scanBesideNames() })
				phase(p+"nameSpans", func() { rd.nameSpans(); rd.merge() })
				phase(p+"number", func() { rec.number() })
				phase(p+"write", func() { results[0] = rd.write() })
			}
			pass("1 ", nil)
			first := rec
			ntok := len(rd.tokens)
			if len(results[0].Spans) > 0 {
				pass("2 ", first)
			}
			first.release()
			if rec != first {
				rec.release()
			}
			phase("whole", func() { r.Redact([]Field{{Text: text}}, Context{}) })
			tokens += ntok
		}
	}
	for ti, text := range texts {
		for i, d := range bests[ti] {
			if d < time.Hour {
				total[i] += d - empty
			}
		}
		size += len(text)
	}
	tokens /= 40
	sum := time.Duration(0)
	for i, n := range names {
		if n == "" {
			continue
		}
		if n != "whole" {
			sum += total[i]
		}
		fmt.Printf("%-18s %8.1f ns/token\n", n, float64(total[i].Nanoseconds())/float64(tokens))
	}
	fmt.Printf("sum %.1f ns/token, %d texts, %d tokens, %d bytes\n", float64(sum.Nanoseconds())/float64(tokens), len(texts), tokens, size)
}

func cutOnly(r *reading) {
	spaced, newline := false, true
	for i := 0; i < len(r.fold); {
		if c := r.fold[i]; kindOfByte[c] == spaceByte {
			spaced = true
			newline = newline || c == '\n'
			i++
			continue
		}
		at := len(r.tokens)
		r.tokens = append(r.tokens, token{})
		r.next(&r.tokens[at], i)
		r.tokens[at].spaced, r.tokens[at].newline = spaced, newline
		spaced, newline = false, false
		i = r.tokens[len(r.tokens)-1].end
	}
}
