package redaction

import (
	"errors"
	"fmt"
	"strings"
)

// Version names the engine and its word lists. It is stored with every
// redacted text; a text of another version is redacted again.
const Version = "3.4+lists.11"

// Class says what kind of identifier a span is. Its value is the text of the
// placeholder.
type Class string

// The classes. Only names are numbered, so that a story with several people
// can still be followed.
const (
	Name           Class = "NAME"
	NHSNumber      Class = "NHS NUMBER" // also CHI and H&C numbers, which share its check digit
	Phone          Class = "PHONE"
	Email          Class = "EMAIL"
	Postcode       Class = "POSTCODE"
	DateOfBirth    Class = "DATE OF BIRTH"
	Address        Class = "ADDRESS"
	HospitalNumber Class = "HOSPITAL NUMBER"
	InsuranceNo    Class = "NI NUMBER"
	Registration   Class = "REGISTRATION" // GMC, NMC, GPhC, HCPC
	Extension      Class = "EXTENSION"    // bleeps, pagers and telephone extensions
	Age            Class = "AGE"          // over 89 only
	Vehicle        Class = "VEHICLE"
	Online         Class = "ONLINE NAME" // handles, personal pages, log-ins, network addresses
	Identifier     Class = "IDENTIFIER"  // what the record lists under Known.Other
)

// Known is one person, or some other identifier, that the record itself already
// holds. Any field may be empty. Nothing of it is kept.
type Known struct {
	Role      string // patient, reporter, ...; for the reason of a span only
	Given     string
	Family    string
	Email     string
	NHSNumber string
	Phone     string
	Born      string   // a date of birth, year first: 1950-01-31
	Other     []string // further texts to hide wherever they stand
}

// Redacted is something that was hidden in the record before, by whatever
// version of the engine: it is hidden again wherever it stands, a person under
// the number that they had. Without a text it keeps a number from being given
// to somebody else; without a number a name does not tell whose it is.
type Redacted struct {
	Text   string
	Class  Class
	Person int
}

// Context is what the record knows about the people in it.
type Context struct {
	Known    []Known
	Redacted []Redacted
}

// Field is one text of a record.
type Field struct {
	Name string
	Text string
	// Fixed are spans that are hidden whatever stands around them, because they
	// were hidden before. Of a span only its place, class and person count.
	Fixed []Span
}

// Span is one identifier found. Start and End are byte offsets into the text
// as it was typed, End exclusive, both at the edges of characters. Reason names
// the rule, never the text.
type Span struct {
	Start, End int
	Class      Class
	Confidence float64 // above 0, at most 1: how much spoke for it, on no scale that can be checked
	Reason     string
	Person     int // number of a Name in its placeholder, 0 for other classes
}

// doubtBelow is the confidence below which a finding is doubtful.
const doubtBelow = 0.7

// Doubtful says that a person should look at the span: it is hidden, but little
// more spoke for hiding it than against.
func (s Span) Doubtful() bool { return s.Confidence < doubtBelow }

// Result is a field after redaction. When Err is not nil the text could not be
// redacted and must stay hidden: Text is empty and Spans are nil.
type Result struct {
	Text  string
	Spans []Span // in order, not overlapping
	Err   error
}

// ErrFailed is the error of a result that a fault of the engine hid.
var ErrFailed = errors.New("the text could not be redacted")

// MaxText is the longest text, in bytes, that the engine takes on; longer ones
// are hidden. Forms allow 20,000 characters, of up to four bytes.
const MaxText = 4 * 20_000

// ErrTooLong is the error of a text longer than MaxText.
var ErrTooLong = errors.New("the text is longer than the redaction engine takes on")

// Redactor finds and hides identifiers. It is safe for concurrent use and has
// no state between calls.
type Redactor struct {
	lex *lexicon
}

// New loads the word lists, which takes some milliseconds and megabytes: make
// one Redactor and keep it.
func New() *Redactor { return &Redactor{lex: load()} }

// Redact hides the identifiers in the texts of one record. All texts of the
// record must be given together: a person named in one is hidden in all of
// them, under the same number. Results are in the order of the fields.
//
// It fails closed: a text that is not valid UTF-8 or is too long is hidden, with
// an error, and a fault in the engine hides every text of the record.
func (r *Redactor) Redact(fields []Field, known Context) (results []Result) {
	defer func() {
		// The value of a panic may quote the text: it is dropped.
		if recover() != nil {
			results = hide(len(fields), ErrFailed)
		}
	}()
	ready := r.prepare(known)
	first := newRecord(r.lex, ready)
	results = first.redact(fields)
	r.settle(fields, results, first)
	return results
}

// redact redacts once.
func (rec *record) redact(fields []Field) []Result {
	results := make([]Result, len(fields))
	for i, f := range fields {
		if len(f.Text) > MaxText {
			results[i].Err = fmt.Errorf("%d bytes: %w", len(f.Text), ErrTooLong)
			continue
		}
		results[i].Err = rec.take(i, f)
	}
	rec.finish(results)
	return results
}

// redactAgain redacts what another redacted. Placeholders may make a text longer
// than it was.
func (rec *record) redactAgain(before *record, written []Result) []Result {
	results := make([]Result, len(written))
	for _, rd := range before.readings {
		results[rd.field].Err = rec.takeAgain(rd, written[rd.field].Text)
	}
	rec.finish(results)
	return results
}

// finish runs the layers over what was taken.
func (rec *record) finish(results []Result) {
	rec.detect()
	rec.resolve()
	for _, rd := range rec.readings {
		results[rd.field] = rd.write()
	}
}

func hide(n int, err error) []Result {
	results := make([]Result, n)
	for i := range results {
		results[i].Err = err
	}
	return results
}

// record is one call of Redact under way.
type record struct {
	lex      *lexicon
	known    *known
	readings []*reading
	accepted map[string]bool // words taken for names somewhere in the record
	near     near            // and what is one slip away from them
	places   map[string]bool // words that name a ward or a house somewhere in the record
	crowd    crowd
	// the first letters of the names that stand in the record
	monograms map[string]bool
	mentions  []mention      // of people
	words     []string       // of the mentions
	order     []int          // of the mentions, the fullest first
	seen      map[string]int // whose names are, by their words
}

func (rec *record) take(field int, f Field) error {
	rd, err := read(f.Text)
	if err != nil {
		return err
	}
	if err := rd.fix(f.Fixed); err != nil {
		return err
	}
	rd.field, rd.known = field, rec.known
	rd.tokenise(rec.lex)
	rec.readings = append(rec.readings, rd)
	return nil
}

func (rec *record) takeAgain(before *reading, written string) error {
	rd, err := read(written)
	if err != nil {
		return err
	}
	rd.field, rd.known = before.field, rec.known
	rd.tokeniseAgain(rec.lex, before)
	rec.readings = append(rec.readings, rd)
	return nil
}

// detect runs the layers over all readings, in the order of the package
// comment. The name layers repeat until they find nothing more, because a name
// found in one place explains its neighbours in another.
func (rec *record) detect() {
	rec.scan()
	rec.findNames()
	for _, rd := range rec.readings {
		rd.scanBesideNames()
	}
}

// scan finds what has a form.
func (rec *record) scan() {
	for _, rd := range rec.readings {
		rd.scanNumbers(rec.known)
		rd.scanSpoken(rec.known)
		rd.scanAddresses()
		rd.scanOnline(rec.known)
		rd.scanCodes()
		rd.scanOther(rec.known)
		rd.scanRedacted(rec.known)
	}
}

// write replaces the resolved spans of a reading by their placeholders.
func (rd *reading) write() Result {
	if len(rd.spans) == 0 {
		return Result{Text: rd.typed, Spans: []Span{}}
	}
	var out strings.Builder
	out.Grow(len(rd.typed))
	var buf [32]byte
	spans := make([]Span, len(rd.spans))
	at := 0
	for i, s := range rd.spans {
		typed := s
		if s.Class != Name {
			typed.Person = 0
		}
		typed.Start, typed.End = rd.typedFrom(s.Start), rd.typedTo(s.End-1)
		out.WriteString(rd.typed[at:typed.Start])
		out.Write(appendPlaceholder(buf[:0], s.Class, s.Person))
		at = typed.End
		spans[i] = typed
	}
	out.WriteString(rd.typed[at:])
	return Result{Text: out.String(), Spans: spans}
}
