package event

import (
	"encoding/json"
	"errors"
	"fmt"

	"lfpse/internal/redaction"
)

// original is what is sealed of a revision: the texts as they were typed, what
// was hidden in them, and what was ever hidden in the record. Of a draft it is the
// whole input.
type original struct {
	Texts map[string]string
	// Spans are where the texts hide something, so that a placeholder and the
	// words behind it are exact and need no engine to be found again.
	Spans map[string][]redaction.Span
	// Redacted is everything that was hidden in this revision or an earlier one.
	Redacted []redaction.Redacted
	// Marked are the words that readers marked as identifying, in the record as
	// it was shown to them.
	Marked []string
	// Outside is what of the texts was typed by people who read them anonymised.
	Outside outsiders
	Draft   *Input
}

// sealedFormat is the version of the form in which originals are sealed. Before
// it, texts were sealed alone, as an object of text by field.
const sealedFormat = 2

// sealedOriginal is an original as it is written.
type sealedOriginal struct {
	Format   int                     `json:"format"`
	Texts    map[string]string       `json:"texts,omitempty"`
	Spans    map[string][]sealedSpan `json:"spans,omitempty"`
	Redacted []sealedWords           `json:"redacted,omitempty"`
	Marked   []string                `json:"marked,omitempty"`
	Outside  outsiders               `json:"outside,omitzero"`
	Draft    *Input                  `json:"draft,omitempty"`
}

type sealedSpan struct {
	Start  int             `json:"s"`
	End    int             `json:"e"`
	Class  redaction.Class `json:"c"`
	Person int             `json:"p,omitempty"`
	Marked bool            `json:"m,omitempty"`
}

func (s sealedSpan) span() redaction.Span {
	span := redaction.Span{Start: s.Start, End: s.End, Class: s.Class, Person: s.Person}
	if s.Marked {
		span.Reason = markedByReader
	}
	return span
}

type sealedWords struct {
	Text   string          `json:"t"`
	Class  redaction.Class `json:"c"`
	Person int             `json:"p,omitempty"`
}

// seal puts an original under seal, bound to its revision so that no row can
// stand in for another.
func (s *Service) seal(key TextKey, o original) ([]byte, error) {
	return s.sealer.Seal(plain(o), key.binding())
}

// plain is an original as it is written before it is sealed.
func plain(o original) []byte {
	b, err := json.Marshal(written(o))
	if err != nil { // strings, numbers and booleans only: it cannot fail
		panic("event: an original does not survive JSON")
	}
	return b
}

func written(o original) sealedOriginal {
	w := sealedOriginal{Format: sealedFormat, Texts: o.Texts, Marked: o.Marked, Outside: o.Outside, Draft: o.Draft}
	if len(o.Spans) > 0 {
		w.Spans = make(map[string][]sealedSpan, len(o.Spans))
	}
	for field, spans := range o.Spans {
		for _, span := range spans {
			w.Spans[field] = append(w.Spans[field], sealedSpan{span.Start, span.End, span.Class, span.Person, isMarked(span)})
		}
	}
	for _, r := range o.Redacted {
		w.Redacted = append(w.Redacted, sealedWords(r))
	}
	return w
}

func (s *Service) unseal(one Sealed) (original, error) {
	plain, err := s.sealer.Open(one.Blob, one.binding())
	if err != nil {
		return original{}, fmt.Errorf("opening the texts of revision %d of event %s: %w: %w", one.Revision, one.EventID, errUnopened, err)
	}
	o, err := readOriginal(plain)
	if err != nil {
		return original{}, fmt.Errorf("reading the texts of revision %d of event %s: %w: %w", one.Revision, one.EventID, errUnopened, err)
	}
	return o, nil
}

// errUnopened says that a sealed original does not open. It concerns its own
// event and no other.
var errUnopened = errors.New("they do not open")

// errForm says that a sealed original is of no form that is known. It takes the
// place of errors that could quote the original.
var errForm = errors.New("they are of no known form")

func readOriginal(plain []byte) (original, error) {
	var form struct {
		Format json.RawMessage `json:"format"`
	}
	if err := json.Unmarshal(plain, &form); err != nil {
		return original{}, errForm
	}
	if form.Format == nil {
		var texts map[string]string
		if err := json.Unmarshal(plain, &texts); err != nil {
			return original{}, errForm
		}
		return original{Texts: texts}, nil
	}
	var w sealedOriginal
	if err := json.Unmarshal(plain, &w); err != nil || w.Format != sealedFormat {
		return original{}, errForm
	}
	o := original{Texts: w.Texts, Marked: w.Marked, Outside: w.Outside, Draft: w.Draft}
	if len(w.Spans) > 0 {
		o.Spans = make(map[string][]redaction.Span, len(w.Spans))
	}
	for field, spans := range w.Spans {
		for _, span := range spans {
			o.Spans[field] = append(o.Spans[field], span.span())
		}
	}
	for _, r := range w.Redacted {
		o.Redacted = append(o.Redacted, redaction.Redacted(r))
	}
	return o, nil
}

// typed answers every text of an original by field, contact details included.
func (o original) typed() map[string]string {
	if o.Draft == nil {
		return o.Texts
	}
	texts := o.Draft.texts()
	if o.Draft.ReporterContact != nil {
		texts[fieldContact] = *o.Draft.ReporterContact
	}
	return texts
}

// findSpans works out from the texts as shown what they hide, for an original
// that was sealed without its spans. Of a text of which that cannot be told there
// are none.
func (o *original) findSpans(shown map[string]string) {
	if o.Spans != nil {
		return
	}
	o.Spans = map[string][]redaction.Span{}
	for field, text := range o.Texts {
		seen, isShown := shown[field]
		if spans, ok := spansBetween(text, seen); isShown && ok {
			o.Spans[field] = spans
		}
	}
	o.remember()
}

// remember adds what the engine hides to what was ever hidden in the record.
// What readers marked is in Marked: it is looked for in what is shown, never in
// what was typed, where it could lie across a placeholder and tell what is
// behind.
func (o *original) remember() {
	known := make(map[redaction.Redacted]bool, len(o.Redacted))
	for _, one := range o.Redacted {
		known[one] = true
	}
	for _, field := range sortedKeys(o.Spans) {
		text := o.Texts[field]
		for _, span := range o.Spans[field] {
			one := redaction.Redacted{Text: text[span.Start:span.End], Class: span.Class, Person: span.Person}
			if !isMarked(span) && !known[one] {
				known[one] = true
				o.Redacted = append(o.Redacted, one)
			}
		}
	}
}
