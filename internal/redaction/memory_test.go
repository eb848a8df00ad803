package redaction

import (
	"reflect"
	"strings"
	"sync"
	"testing"
)

// What is kept for the next text holds nothing of the one before.
func TestTheMemoryOfATextIsWiped(t *testing.T) {
	r := New()
	rec := &record{lex: r.lex, known: r.prepare(Context{})}
	rec.redact([]Field{{Text: "Mrs Édith Pemberton, 07700 900123, rang Dr Okonkwo."}})
	rd := rec.readings[0]
	tokens := rd.tokens
	if len(tokens) == 0 || len(rd.spans) == 0 {
		t.Fatal("nothing was found")
	}
	rd.release()
	for i, one := range tokens {
		if one != (token{}) {
			t.Errorf("token %d is left: %+v", i, one)
		}
	}
	if rd.typed+rd.fold+rd.low != "" || len(rd.tokens)+len(rd.spans)+len(rd.names)+len(rd.hidden)+len(rd.scores) > 0 {
		t.Error("a text is left")
	}
}

// Nor does what is kept for the next record.
func TestTheMemoryOfARecordIsWiped(t *testing.T) {
	r := New()
	rec := newRecord(r.lex, r.prepare(Context{}))
	rec.redact([]Field{{Text: "Mrs Edith Pemberton rang Dr Okonkwo, whose BP was taken."}})
	words, people, mentions, room := rec.words, rec.crowd.people, rec.mentions, rec.crowd.room
	if len(words) == 0 || len(people) == 0 || len(mentions) == 0 || len(room) == 0 || len(rec.accepted) == 0 || len(rec.monograms) == 0 {
		t.Fatal("nobody was found")
	}
	rec.release()
	if s := strings.Join(words, "") + strings.Join(room[:cap(room)], "") + strings.Join(rec.near.words[:cap(rec.near.words)], ""); s != "" {
		t.Errorf("the words %q are left", s)
	}
	for i := range people {
		if !reflect.ValueOf(people[i]).IsZero() {
			t.Errorf("person %d is left", i)
		}
	}
	for i := range mentions {
		if !reflect.ValueOf(mentions[i]).IsZero() {
			t.Errorf("mention %d is left", i)
		}
	}
	if len(rec.accepted)+len(rec.monograms)+len(rec.seen) > 0 || rec.lex != nil || rec.known != nil {
		t.Error("a name or the record is left")
	}
}

// Texts that are redacted at the same time, in memory that others have left, come
// out as they do alone.
func TestTextsDoNotMeetInMemory(t *testing.T) {
	texts := []string{"Mrs Pemberton fell.", "Dr Okonkwo (bleep 4412) saw Édith Quillfeather, born 3/6/1941, at 14 Bramble Hill.", "no one", "", "JS told Noor on 07700 900123; ring 943 476 5919."}
	alone := make([]Result, len(texts))
	r := New()
	for i, text := range texts {
		alone[i] = r.Redact([]Field{{Text: text}}, Context{})[0]
	}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 40 * len(texts) {
				at := (i*(n+1) + n) % len(texts)
				if got := r.Redact([]Field{{Text: texts[at]}}, Context{})[0]; !reflect.DeepEqual(got, alone[at]) {
					t.Errorf("%q becomes %v, and alone %v", texts[at], got, alone[at])
				}
			}
		})
	}
	all.Wait()
}
