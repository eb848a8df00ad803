package redaction

import (
	"strconv"
	"testing"
)

// What is said of a word last is what is answered of it, and of no other word.
func TestADictionaryAnswersWhatWasSaidLast(t *testing.T) {
	d := newDictionary()
	const words = 50_000
	said := func(i int) entry { return entry{marks: ordinary, english: uint8(i % 7), given: uint8(i % 5)} }
	for i := range words {
		d.set("w"+strconv.Itoa(i), entry{marks: given, family: 1})
	}
	for i := range words {
		d.set("w"+strconv.Itoa(i), said(i))
	}
	for i := range words {
		if w := "w" + strconv.Itoa(i); d.get(w) != said(i) {
			t.Fatalf("%s is %+v, not %+v", w, d.get(w), said(i))
		}
		if w := "v" + strconv.Itoa(i); d.get(w) != (entry{}) {
			t.Fatalf("%s, which is not there, is %+v", w, d.get(w))
		}
	}
	if len(d.facts) > 200 {
		t.Errorf("%d facts are kept of %d words", len(d.facts), words)
	}
}
