package redaction

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// errInvalid is what a text that is not UTF-8 is hidden for.
var errInvalid = errors.New("the text is not valid UTF-8")

// reading is a text as the layers see it: accents, exotic spaces, dashes,
// quotes, full-width forms and invisible characters are folded away, and every
// byte knows where it came from. fold keeps the case, low does not; both have
// the same length.
type reading struct {
	lex      *lexicon
	known    *known // nil for a text of what is known, in which every word means itself
	field    int    // which of the record's
	typed    string
	fold     string
	low      string
	plain    bool    // all of it folds to itself
	from     []int32 // byte of fold -> first byte as typed, unless it is plain
	to       []int32 // byte of fold -> byte after the last one as typed
	tokens   []token
	numeric  []int     // the tokens with digits
	houses   []int     // those of them that may be the number of a house
	marked   []int     // the tokens that more than the search for names begins from
	where    []int     // the tokens that may say where somebody lives or lies
	fresh    []fresh   // tokens, while they are cut
	runs     []group   // of digits
	spans    []Span    // in bytes of fold until resolve
	common   []stretch // what stands in the text that was written of it, too
	fixed    []Span    // hidden before, in bytes of fold
	sites    []Span    // addresses of pages that lead to nobody, in bytes of fold
	dates    []date
	names    []float64 // per token: how sure it is that it is a name, 0 for none
	anybody  bool      // somebody is named in it
	taken    []int     // the tokens taken for names whose words are not accepted yet
	letters  bool      // there are letters that may yet stand for people
	signs    []letters // that may stand for people
	open     []sign    // those of signs that are no common words
	scores   []float64 // per token: what speaks for its being a name, before other names are known
	maybe    []int     // the tokens that other names may yet make names
	sure     []int     // the tokens that are names whatever stands around them
	verdicts []verdict // on what is in doubt
	hidden   []bool    // per token: part of a finding that is no name
}

// span adds a finding over bytes of the folded text.
func (r *reading) span(start, end int, class Class, confidence float64, reason string) {
	r.spans = append(r.spans, Span{Start: start, End: end, Class: class, Confidence: confidence, Reason: reason})
}

type kind uint8

const (
	punct  kind = iota // one character that is no letter or digit
	word               // letters, with apostrophes and hyphens between them
	number             // digits only
	code               // letters and digits
	opaque             // a placeholder that stands in the text already
)

// token is a piece of the folded text between start and end.
type token struct {
	start, end int
	low        string
	entry      // what the lexicon knows of the word
	hints      hints
	kind       kind
	digits     bool // it has some as typed
	capital    bool // begins with a capital
	caps       bool // all capitals, two letters or more
	spaced     bool // white space stands before it
	newline    bool // a line begins with it
	first      bool // a sentence begins with it
	cased      bool // its sentence uses capitals to tell names from words
	shouted    bool // its sentence is in capitals, and this word is not
	build      build
	lowered    bool // its sentence has words in small letters alone
	among      among
}

// tokenise cuts the folded text and looks every word up once.
func (r *reading) tokenise(lex *lexicon) {
	r.cut(lex, nil)
}

// cut cuts the folded text into tokens. Of those from a place on some may be
// known already, as they stood in another text so many bytes further on; known is
// nil if none is.
func (r *reading) cut(lex *lexicon, known func(start int) (tokens []token, shift int)) {
	r.lex = lex
	r.tokens = slices.Grow(r.tokens, len(r.fold)/4+8)
	spaced, newline := false, true
	for i, fold := 0, r.fold; i < len(fold); {
		if c := fold[i]; kindOfByte[c] == spaceByte {
			spaced = true
			newline = newline || c == '\n'
			i++
			continue
		}
		at := len(r.tokens)
		if known != nil {
			r.copyKnown(known(i))
		}
		if len(r.tokens) == at {
			r.tokens = append(r.tokens, token{})
			r.next(&r.tokens[at], i)
		}
		t := &r.tokens[at]
		t.spaced, t.newline = spaced, newline
		spaced, newline = false, false
		i = r.tokens[len(r.tokens)-1].end
	}
	r.lookUp()
	r.sentences()
}

// copyKnown takes tokens over that stood so many bytes further on.
func (r *reading) copyKnown(tokens []token, shift int) {
	at := len(r.tokens)
	r.tokens = append(r.tokens, tokens...)
	for i := at; i < len(r.tokens); i++ {
		r.tokens[i].start -= shift
		r.tokens[i].end -= shift
	}
}

// fresh is a token that has been cut and not looked up, with the hash of its
// letters and the slot where it is looked for first.
type fresh struct {
	token      int
	hash, slot uint64
}

// lookUp looks up what has been cut, the slots of all words one right after the
// other, so that the processor need not wait for one before it asks for the next. Of
// those about which the dictionary does not say everything more is asked then.
func (r *reading) lookUp() {
	for i := range r.fresh {
		r.fresh[i].slot = r.lex.words.first(r.fresh[i].hash)
	}
	puzzling := r.fresh[:0]
	for _, f := range r.fresh {
		t := &r.tokens[f.token]
		if t.kind == word {
			known := r.lex.words.from(f.slot, f.hash)
			t.entry, t.hints = known.entry, known.hints
		}
		if t.puzzling() {
			puzzling = append(puzzling, f)
		}
	}
	for _, f := range puzzling {
		t := &r.tokens[f.token]
		low, listed := t.low, t.entry != (entry{})
		if t.kind == word && !listed {
			t.entry = r.lex.derive(t.low)
		}
		r.reread(t, r.lex)
		if t.kind == word && (!listed || t.hints.has(unasked) || t.low != low) {
			t.hints = hintsOf(t.low)
		}
		if t.kind == word && t.entry == (entry{}) {
			t.hints |= unlisted
			r.correct(t)
		}
	}
}

// What a byte of a text may be.
const (
	markByte   uint8 = iota // of ASCII, and none of the others
	letterByte              // of ASCII
	digitByte
	spaceByte
	joinByte    // may stand between letters of a word
	strangeByte // part of a character that is not ASCII
)

// kindOfByte says of every byte what it is.
var kindOfByte = func() (all [256]uint8) {
	for c := range all {
		switch {
		case c >= utf8.RuneSelf:
			all[c] = strangeByte
		case isDigit(rune(c)):
			all[c] = digitByte
		case isLetterByte(byte(c)):
			all[c] = letterByte
		case strings.IndexByte(" \t\n\r\f\v", byte(c)) >= 0:
			all[c] = spaceByte
		case c == '\'' || c == '-':
			all[c] = joinByte
		}
	}
	return all
}()

// next reads the token that begins at i.
func (r *reading) next(t *token, i int) {
	t.start = i
	end, hash := r.lettersFrom(i)
	if end > i && r.endsWord(end) {
		r.word(t, end, end-i, hash)
		return
	}
	switch c := r.fold[i]; c {
	case '[':
		if end := placeholderAt(r.fold, i); end > 0 {
			t.end, t.kind = end, opaque
			return
		}
	case '\'':
		if r.possessive(i) {
			t.end, t.kind, t.low = i+2, punct, "'s"
			return
		}
	default:
		if kind := kindOfByte[c]; kind == markByte || kind == joinByte {
			t.end, t.kind, t.low = i+1, punct, r.low[i:i+1]
			return
		}
	}
	run := r.run(i, end, hash)
	if run.end == i {
		_, size := utf8.DecodeRuneInString(r.fold[i:])
		t.end, t.kind, t.low = i+size, punct, r.low[i:i+size]
		return
	}
	t.end, t.digits = run.end, run.digits > 0
	switch {
	case run.digits == 0 && strings.HasSuffix(r.low[i:t.end], "'s"):
		r.word(t, run.end-2, run.letters, run.before)
	case run.digits == 0:
		r.word(t, run.end, run.letters, run.hash)
	case run.letters == 0:
		t.kind, t.low = number, r.low[i:t.end]
	default:
		t.kind, t.low = code, r.low[i:t.end]
		t.capital = r.fold[i] != r.low[i]
		r.fresh = append(r.fresh, fresh{token: len(r.tokens) - 1, hash: mixed(run.hash)})
	}
}

// lettersFrom answers where the letters of ASCII that begin at i end, and their hash.
func (r *reading) lettersFrom(i int) (end int, hash uint64) {
	hash = fnvBasis
	for fold := r.fold; i < len(fold) && kindOfByte[fold[i]] == letterByte; i++ {
		hash = (hash ^ uint64(fold[i]|0x20)) * fnvPrime
	}
	return i, hash
}

// endsWord holds where nothing stands with which a word of letters could go on.
func (r *reading) endsWord(i int) bool {
	if i == len(r.fold) {
		return true
	}
	kind := kindOfByte[r.fold[i]]
	return kind == spaceByte || kind == markByte
}

// word makes a word of so many letters of a token.
func (r *reading) word(t *token, end, letters int, hash uint64) {
	i := t.start
	t.kind, t.end, t.low = word, end, r.low[i:end]
	t.capital = r.fold[i] != r.low[i]
	t.caps = letters > 1 && t.capital && !strings.ContainsFunc(r.fold[i:end], unicode.IsLower)
	r.fresh = append(r.fresh, fresh{token: len(r.tokens) - 1, hash: mixed(hash)})
}

// run is a stretch of letters, digits and the marks that join them.
type run struct {
	end             int
	letters, digits int
	hash, before    uint64 // of all of it, and of what stands before the last mark
}

// run reads the run that begins at i, of which letters up to a place are known.
func (r *reading) run(i, end int, hash uint64) run {
	s := run{end: end, letters: end - i, hash: hash}
	for s.end < len(r.fold) {
		size := 1
		switch kindOfByte[r.fold[s.end]] {
		case letterByte:
			s.letters++
		case digitByte:
			s.digits++
		case strangeByte:
			var c rune
			if c, size = utf8.DecodeRuneInString(r.fold[s.end:]); !unicode.IsLetter(c) {
				return s
			}
			s.letters++
		default:
			if s.digits > 0 || !r.joins(i, s.end) {
				return s
			}
			s.before = s.hash
		}
		for range size {
			s.hash = (s.hash ^ uint64(r.low[s.end])) * fnvPrime
			s.end++
		}
	}
	return s
}

// possessive holds for the 's after a word.
func (r *reading) possessive(i int) bool {
	if !strings.HasPrefix(r.low[i:], "'s") || i == 0 || r.fold[i-1] == ' ' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(r.fold[i+2:])
	return i+2 == len(r.fold) || !unicode.IsLetter(after) && !isDigit(after)
}

// joins says whether an apostrophe or hyphen at end belongs inside the word
// that began at start: O'Brien, Al-Jabouri.
func (r *reading) joins(start, end int) bool {
	if c := r.fold[end]; c != '\'' && c != '-' || end == start || end+1 >= len(r.fold) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(r.fold[end+1:])
	return unicode.IsLetter(after)
}

func isDigit(c rune) bool { return '0' <= c && c <= '9' }
