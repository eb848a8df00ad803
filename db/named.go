package db

import (
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"
)

// pgx puts a text into a type of another name by reflection, which takes longer
// than reading it, and makes each anew. Most columns of many rows have few texts.

// recent are the texts that a column had last, each made once.
type recent[E ~string] struct {
	texts [8]*E
	next  int
}

// of answers a text that was made.
func (r *recent[E]) of(text []byte) *E {
	for _, known := range r.texts {
		if known == nil {
			break
		}
		if string(*known) == string(text) {
			return known
		}
	}
	made := E(text)
	r.texts[r.next] = &made
	r.next = (r.next + 1) % len(r.texts)
	return &made
}

// text is where a text goes that cannot be NULL.
type text[E ~string] struct {
	at     *E
	recent *recent[E]
}

func textTo[E ~string](at *E) text[E] { return text[E]{at, &recent[E]{}} }

// ScanBytes reads a text.
func (t text[E]) ScanBytes(v []byte) error {
	if v == nil {
		return fmt.Errorf("a text is NULL")
	}
	*t.at = *t.recent.of(v)
	return nil
}

// optionalText is where a text goes that can be NULL. Rows share what it points to, which nobody changes.
type optionalText[E ~string] struct {
	at     **E
	recent *recent[E]
}

func optionalTextTo[E ~string](at **E) optionalText[E] { return optionalText[E]{at, &recent[E]{}} }

// ScanBytes reads a text.
func (o optionalText[E]) ScanBytes(v []byte) error {
	if v == nil {
		*o.at = nil
		return nil
	}
	*o.at = o.recent.of(v)
	return nil
}

// textList is where a list of texts goes.
type textList struct {
	at      *[]string
	element oneOf
}

// oneOf is where a text of a list goes.
type oneOf struct {
	recent recent[string]
	at     *string
}

func textsTo(at *[]string) *textList { return &textList{at: at} }

// SetDimensions makes room for the texts.
func (t *textList) SetDimensions(dimensions []pgtype.ArrayDimension) error {
	if dimensions == nil {
		*t.at = nil
		return nil
	}
	n := 0
	if len(dimensions) > 0 {
		n = int(dimensions[0].Length)
	}
	if len(dimensions) > 1 {
		return fmt.Errorf("a list has lists in it")
	}
	*t.at = make([]string, n)
	return nil
}

// ScanIndex answers where a text goes.
func (t *textList) ScanIndex(i int) any {
	t.element.at = &(*t.at)[i]
	return &t.element
}

// ScanIndexType is what ScanIndex answers.
func (t *textList) ScanIndexType() any { return &t.element }

// ScanBytes reads a text.
func (o *oneOf) ScanBytes(v []byte) error {
	if v == nil {
		return fmt.Errorf("a text of a list is NULL")
	}
	*o.at = *o.recent.of(v)
	return nil
}
