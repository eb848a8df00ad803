package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"lfpse/internal/redaction"
)

// narrative is a line that goes in.
type narrative struct {
	ID    json.RawMessage `json:"id"`
	Text  *string         `json:"text"`
	Known []knownPerson   `json:"known"`
}

type knownPerson struct {
	Role      string   `json:"role"`
	Given     string   `json:"given"`
	Family    string   `json:"family"`
	NHSNumber string   `json:"nhs_number"`
	Born      string   `json:"dob"` // year first
	Email     string   `json:"email"`
	Phone     string   `json:"phone"`
	Other     []string `json:"other"`
}

// redactedLine is a line that comes out.
type redactedLine struct {
	ID       json.RawMessage `json:"id"`
	Redacted string          `json:"redacted"`
	Spans    []redactedSpan  `json:"spans"`
}

// redactedSpan counts code points.
type redactedSpan struct {
	Start      int             `json:"start"`
	End        int             `json:"end"`
	Class      redaction.Class `json:"class"`
	Confidence float64         `json:"confidence"`
}

// The errors of a line. None repeats anything of it: it may name people.
var (
	errNotUTF8 = errors.New("it is not UTF-8")
	errNotJSON = errors.New("it is not a JSON object of the form that --help shows")
	errNoText  = errors.New("it has no text")
)

// redactLine answers one line with another, its line break included.
func redactLine(redactor *redaction.Redactor, line []byte) ([]byte, error) {
	if !utf8.Valid(line) {
		return nil, errNotUTF8 // the decoder would put other characters in place of those that are none
	}
	var n narrative
	if err := json.Unmarshal(line, &n); err != nil {
		return nil, errNotJSON
	}
	if n.Text == nil {
		return nil, errNoText
	}
	known := redaction.Context{Known: make([]redaction.Known, len(n.Known))}
	for i, k := range n.Known {
		known.Known[i] = redaction.Known{
			Role: k.Role, Given: k.Given, Family: k.Family, NHSNumber: k.NHSNumber, Born: k.Born, Email: k.Email, Phone: k.Phone, Other: k.Other,
		}
	}
	result := redactor.Redact([]redaction.Field{{Name: "text", Text: *n.Text}}, known)[0]
	if result.Err != nil {
		return nil, result.Err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(redactedLine{n.ID, result.Text, codePoints(*n.Text, result.Spans)}); err != nil {
		return nil, errors.New("its answer cannot be written") // the cause could quote it
	}
	return out.Bytes(), nil
}

// codePoints answers spans, which are in order, with their places counted in
// code points.
func codePoints(text string, spans []redaction.Span) []redactedSpan {
	counted := make([]redactedSpan, len(spans))
	at, points := 0, 0
	to := func(place int) int {
		points += utf8.RuneCountInString(text[at:place])
		at = place
		return points
	}
	for i, s := range spans {
		counted[i] = redactedSpan{Start: to(s.Start), End: to(s.End), Class: s.Class, Confidence: s.Confidence}
	}
	return counted
}
