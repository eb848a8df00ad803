package redaction

import (
	"strings"
	"testing"
)

// However much weights speak against it, what the record knows stays hidden, and so does a
// word that rules have taken; other letters are shown.
func TestWeightsShowNothingThatTheRecordKnows(t *testing.T) {
	r := New()
	against, err := readTaught("words\talways\t\t\t-128\nletters\talways\t\t\t-128")
	if err != nil {
		t.Fatal(err)
	}
	text := "Seen by Dr Nkemelu and by BD. Plan by QV (SHO). Checked by WK."
	context := Context{Known: []Known{{Given: "Quentin", Family: "Vale"}}, Redacted: []Redacted{{Text: "WK", Class: Name, Person: 3}}}
	for _, gone := range []string{"Nkemelu", "BD", "QV", "WK"} {
		if got := r.Redact([]Field{{Text: text}}, context)[0].Text; strings.Contains(got, gone) {
			t.Errorf("%q is left in %q", gone, got)
		}
	}
	r.lex.taught = against
	got := r.Redact([]Field{{Text: text}}, context)[0].Text
	for _, gone := range []string{"Nkemelu", "QV", "WK"} {
		if strings.Contains(got, gone) {
			t.Errorf("%q is shown in %q", gone, got)
		}
	}
	if !strings.Contains(got, "BD") {
		t.Errorf("letters that the record does not know stay hidden in %q, so that this shows nothing", got)
	}
}
