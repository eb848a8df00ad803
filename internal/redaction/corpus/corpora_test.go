package corpus

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var corpora = []string{
	"tuning", "second", "third", "forms", "moreforms", "heldout", "fourth_tuning", "fourth_heldout", "fifth_tuning", "fifth_heldout",
	"sixth_tuning", "sixth_heldout", "seventh_tuning", "seventh_heldout", "eighth_tuning", "eighth_heldout",
	"ninth_tuning", "ninth_heldout", "tenth_tuning", "tenth_heldout",
	"eleventh_tuning", "eleventh_heldout", "twelfth_tuning", "twelfth_heldout", "thirteenth_tuning", "thirteenth_heldout",
	"fourteenth_tuning", "fifteenth_tuning", "sixteenth_tuning", "seventeenth_tuning", "eighteenth_tuning", "nineteenth_tuning",
	"twentieth_tuning", "twentyfirst_tuning", "twentysecond_tuning", "twentythird_tuning",
	"twentyfourth_tuning", "twentyfourth_heldout", "twentyfifth_tuning", "twentysixth_tuning", "twentyseventh_tuning",
	"twentyeighth_tuning", "twentyeighth_heldout", "twentyninth_tuning", "thirtieth_tuning", "thirtyfirst_tuning", "thirtysecond_tuning",
	"thirtythird_tuning", "thirtythird_heldout", "thirtyfourth_tuning", "thirtyfifth_tuning",
	"everyday_tuning", "everyday_heldout",
}

// apart says with which corpora one shares no name: what is held out is of use
// only if the engine was not improved with the same names. The corpora of names
// that are words share such words with the first that was held out, and the two
// halves of the eighth, which stand aside here, with each other and with all.
var apart = map[string][]string{
	"heldout":         {"tuning", "forms", "moreforms"},
	"fourth_tuning":   {"tuning", "second", "third", "forms", "moreforms", "heldout"},
	"fourth_heldout":  {"tuning", "second", "third", "forms", "moreforms", "heldout", "fourth_tuning"},
	"fifth_tuning":    {"heldout", "fourth_heldout"},
	"fifth_heldout":   {"tuning", "second", "third", "forms", "moreforms", "heldout", "fourth_tuning", "fourth_heldout", "fifth_tuning"},
	"sixth_tuning":    {"heldout", "fourth_heldout", "fifth_heldout"},
	"sixth_heldout":   {"tuning", "second", "third", "forms", "moreforms", "heldout", "fourth_tuning", "fourth_heldout", "fifth_tuning", "fifth_heldout", "sixth_tuning"},
	"seventh_tuning":  {"heldout", "fourth_heldout", "fifth_heldout"},
	"seventh_heldout": {"tuning", "second", "third", "forms", "moreforms", "heldout", "fourth_tuning", "fourth_heldout", "fifth_tuning", "fifth_heldout", "seventh_tuning"},
}

// balanced corpora have enough of every class; the others were written for names, or for forms.
var balanced = []string{"tuning", "heldout"}

var write = flag.Bool("write", false, "make the .jsonl files of ../testdata anew from the .txt files")

// held are the corpora that tests have read, which no test changes.
var held = map[string][]Narrative{}

func read(t *testing.T, name string) []Narrative {
	t.Helper()
	if narratives, ok := held[name]; ok {
		return narratives
	}
	narratives, err := ReadFile("../testdata/" + name + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	held[name] = narratives
	return narratives
}

// ofEach answers a function of corpora that works each out once.
func ofEach(t *testing.T, tokens func([]Narrative) map[string]string) func(name string) map[string]string {
	known := map[string]map[string]string{}
	return func(name string) map[string]string {
		if known[name] == nil {
			known[name] = tokens(read(t, name))
		}
		return known[name]
	}
}

func TestTheCorporaAreWhatTheirSourcesSay(t *testing.T) {
	for _, name := range corpora {
		source, err := os.Open("../testdata/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		narratives, err := Parse(source)
		if err != nil {
			t.Fatalf("%s.txt: %v", name, err)
		}
		var want bytes.Buffer
		if err := Write(&want, narratives); err != nil {
			t.Fatal(err)
		}
		lines := "../testdata/" + name + ".jsonl"
		if *write {
			if err := os.WriteFile(lines, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(lines)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s differs from its source; go test ./internal/redaction/corpus -write makes it anew", lines)
		}
	}
}

var (
	settings = []string{"acute", "mental_health", "community", "ambulance", "primary_care", "maternity", "pharmacy"}
	kinds    = []string{"incident", "risk", "outcome", "good_care"}
	styles   = []string{"asis", "lower", "upper", "nopunct", "typo", "ocr", "smart"}
	classes  = []string{
		"NAME", "INITIALS", "NHS_NUMBER", "CHI_NUMBER", "HC_NUMBER", "MRN", "NINO", "GMC", "NMC",
		"GPHC", "HCPC", "USERNAME", "PHONE", "BLEEP", "EMAIL", "URL", "IP", "SOCIAL", "VEHICLE_REG",
		"ADDRESS", "POSTCODE", "DOB", "AGE_OVER_89", "QUASI",
	}
)

func TestEveryNarrativeIsOfAKnownKind(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range corpora {
		for _, n := range read(t, name) {
			if seen[n.ID] {
				t.Errorf("%s stands there twice", n.ID)
			}
			seen[n.ID] = true
			if !slices.Contains(settings, n.Setting) || !slices.Contains(kinds, n.Kind) || !slices.Contains(styles, n.Style) {
				t.Errorf("%s: unknown setting, kind or style: %s %s %s", n.ID, n.Setting, n.Kind, n.Style)
			}
			for _, identifier := range n.Identifiers {
				if !slices.Contains(classes, identifier.Type) {
					t.Errorf("%s: unknown class %s", n.ID, identifier.Type)
				}
			}
			for _, distractor := range n.Distractors {
				if !strings.ContainsFunc(distractor.Text, significant) {
					t.Errorf("%s: nothing to be seen in distractor %q", n.ID, distractor.Text)
				}
			}
		}
	}
}

func TestEverySpanIsWhatStandsThereAndAlone(t *testing.T) {
	for _, name := range corpora {
		for _, n := range read(t, name) {
			text := []rune(n.Text)
			taken := make([]bool, len(text))
			check := func(at Interval, want string) {
				if at.Start < 0 || at.End > len(text) || at.Start >= at.End {
					t.Errorf("%s: %v is no stretch of the text", n.ID, at)
					return
				}
				if got := string(text[at.Start:at.End]); got != want {
					t.Errorf("%s: %v is %q, not %q", n.ID, at, got, want)
				}
				if slices.Contains(taken[at.Start:at.End], true) {
					t.Errorf("%s: %q overlaps another", n.ID, want)
				}
				for i := at.Start; i < at.End; i++ {
					taken[i] = true
				}
			}
			for _, s := range n.Identifiers {
				check(s.Interval, s.Text)
			}
			for _, s := range n.Distractors {
				check(s.Interval, s.Text)
			}
			for _, s := range n.Optional {
				check(s.Interval, s.Text)
			}
		}
	}
}

func TestATitleIsNoPartOfAName(t *testing.T) {
	for _, name := range corpora {
		for _, n := range read(t, name) {
			for _, identifier := range n.Identifiers {
				first, _, more := strings.Cut(strings.ToLower(identifier.Text), " ")
				if identifier.Type == "NAME" && more && slices.Contains(titles, strings.TrimSuffix(first, ".")) {
					t.Errorf("%s: %q begins with a title", n.ID, identifier.Text)
				}
			}
		}
	}
}

// A word that is part of a name once, and is written with a capital again, has
// to be marked there too: as a name, or as something that must or may stay.
func TestNoNameIsOverlooked(t *testing.T) {
	for _, name := range corpora {
		for _, n := range read(t, name) {
			text := []rune(n.Text)
			marked := make([]bool, len(text))
			mark := func(at Interval) {
				for i := at.Start; i < at.End; i++ {
					marked[i] = true
				}
			}
			names := nameTokens([]Narrative{n})
			for _, s := range n.Identifiers {
				mark(s.Interval)
			}
			for _, s := range n.Distractors {
				mark(s.Interval)
			}
			for _, s := range n.Optional {
				mark(s.Interval)
			}
			for _, word := range runs(text, Interval{0, len(text)}, isLetter) {
				token := strings.ToLower(string(text[word.Start:word.End]))
				capital := unicode.IsUpper(text[word.Start]) || n.Style == "lower"
				if names[token] != "" && capital && !marked[word.Start] {
					t.Errorf("%s: %q is marked elsewhere, not at %d", n.ID, token, word.Start)
				}
			}
		}
	}
}

// nameTokens are the words of three letters or more in names, in small letters,
// each with a narrative that it is in.
func nameTokens(narratives []Narrative) map[string]string {
	tokens := map[string]string{}
	for _, n := range narratives {
		for _, identifier := range n.Identifiers {
			if identifier.Type == "NAME" {
				addTokens(tokens, identifier.Text, n.ID)
			}
		}
		for _, person := range n.Known {
			addTokens(tokens, person.Given+" "+person.Family, n.ID)
		}
	}
	return tokens
}

func addTokens(tokens map[string]string, text, id string) {
	for _, word := range longWords(runs([]rune(text), Interval{0, len([]rune(text))}, isLetter)) {
		tokens[strings.ToLower(string([]rune(text)[word.Start:word.End]))] = id
	}
}

func TestCorporaApartShareNoName(t *testing.T) {
	names := ofEach(t, nameTokens)
	for name, others := range apart {
		for _, other := range others {
			reportShared(t, names(other), names(name))
		}
	}
}

// Numbers, streets, towns and hospitals are no words of the language, so no
// corpus shares any with one that is held out.
func TestTheHeldOutCorporaShareNoNumberStreetTownOrHospital(t *testing.T) {
	tokens := ofEach(t, otherTokens)
	eachOther(func(name, other string) {
		reportShared(t, tokens(other), tokens(name))
	})
}

// eachOther calls a function with every corpus of apart and each that is not it and has
// somebody in it.
func eachOther(compare func(name, other string)) {
	for name := range apart {
		for _, other := range corpora {
			if other != name && !strings.HasPrefix(other, "everyday") {
				compare(name, other)
			}
		}
	}
}

// otherTokens are the identifiers that are no names, with nothing but their
// letters and digits, and the words of addresses, places and organisations.
func otherTokens(narratives []Narrative) map[string]string {
	tokens := map[string]string{}
	for _, n := range narratives {
		for _, identifier := range n.Identifiers {
			switch identifier.Type {
			case "NAME", "INITIALS", "AGE_OVER_89":
			case "ADDRESS":
				addTokens(tokens, identifier.Text, n.ID)
			default:
				tokens[strings.ToLower(strings.Map(onlySignificant, identifier.Text))] = n.ID
			}
		}
		for _, optional := range n.Optional {
			if optional.Type == "PLACE" || optional.Type == "ORG" {
				addTokens(tokens, optional.Text, n.ID)
			}
		}
	}
	for _, word := range append(slices.Clone(generic), organisations...) {
		delete(tokens, word)
	}
	return tokens
}

// words of organisations that name none of them
var organisations = []string{
	"hospital", "infirmary", "surgery", "practice", "general", "group", "royal", "centre", "medical",
	"health", "pharmacy", "unit", "nursing", "home", "and", "for", "row", "hill", "park", "yard",
	"number", "bank", "old", "end", "barn", "cross", "fold", "walk", "floor", "plot", "bungalow",
	"brow", "grange", "passage", "parade", "priory", "steps", "wharf",
}

func onlySignificant(r rune) rune {
	if significant(r) {
		return r
	}
	return -1
}

func TestTheHeldOutCorporaShareNoEightWords(t *testing.T) {
	sequences := ofEach(t, eightWords)
	eachOther(func(name, other string) {
		reportShared(t, sequences(other), sequences(name))
	})
}

func eightWords(narratives []Narrative) map[string]string {
	sequences := map[string]string{}
	for _, n := range narratives {
		text := []rune(strings.ToLower(n.Text))
		var words []string
		for _, word := range runs(text, Interval{0, len(text)}, inWord) {
			words = append(words, string(text[word.Start:word.End]))
		}
		for i := 0; i+8 <= len(words); i++ {
			sequences[strings.Join(words[i:i+8], " ")] = n.ID
		}
	}
	return sequences
}

func reportShared(t *testing.T, tuning, heldout map[string]string) {
	t.Helper()
	if len(tuning) == 0 || len(heldout) == 0 {
		t.Error("nothing to compare")
	}
	for token, id := range tuning {
		if other, shared := heldout[token]; shared {
			t.Errorf("%q is in %s and in %s", token, id, other)
		}
	}
}

// What each corpus has at least, so that a figure taken from it means something.
const (
	leastNarratives  = 80
	leastNames       = 500
	leastDistractors = 400
	leastLong        = 3 // of more than two thousand characters
	leastShort       = 6 // of fewer than a hundred
	leastDamaged     = 25
	leastOrigins     = 40
	leastOfAnOrigin  = 3
	leastOfASetting  = 7
)

var leastOfAClass = map[string]int{
	"NAME": leastNames, "PHONE": 30, "ADDRESS": 25, "INITIALS": 15, "NHS_NUMBER": 12, "MRN": 10, "DOB": 10,
	"EMAIL": 8, "BLEEP": 6, "VEHICLE_REG": 6, "AGE_OVER_89": 6, "POSTCODE": 6, "IP": 5, "USERNAME": 5,
	"HCPC": 4, "NMC": 4, "GPHC": 4, "CHI_NUMBER": 3, "NINO": 3, "SOCIAL": 3, "GMC": 2, "HC_NUMBER": 2,
	"URL": 2, "QUASI": 1,
}

func TestThereIsEnoughOfEverything(t *testing.T) {
	for _, name := range balanced {
		t.Run(name, func(t *testing.T) {
			narratives := read(t, name)
			nothing := Score(narratives, func(Narrative) []Interval { return nil })
			t.Logf("%d narratives\n%s", len(narratives), nothing)

			atLeast := func(what string, got, want int) {
				t.Helper()
				if got < want {
					t.Errorf("%s: %d, fewer than %d", what, got, want)
				}
			}
			atLeast("narratives", len(narratives), leastNarratives)
			atLeast("distractors", nothing.Over.Of, leastDistractors)
			atLeast("damaged names", nothing.BySpelling.of("damaged"), leastDamaged)
			atLeast("origins", len(nothing.ByOrigin), leastOrigins)
			for origin, names := range nothing.ByOrigin {
				if origin != "other" {
					atLeast("names of origin "+origin, names.Of, leastOfAnOrigin)
				}
			}
			for _, setting := range settings {
				atLeast("identifiers in setting "+setting, nothing.BySetting.of(setting), leastOfASetting)
			}
			for _, style := range styles {
				atLeast("identifiers in style "+style, nothing.ByStyle.of(style), leastOfASetting)
			}
			for _, class := range classes {
				atLeast(class, nothing.ByClass.of(class), leastOfAClass[class])
			}

			known, long, short := 0, 0, 0
			for _, n := range narratives {
				switch length := len([]rune(n.Text)); {
				case length > 2000:
					long++
				case length < 100:
					short++
				}
				if len(n.Known) > 0 {
					known++
				}
			}
			atLeast("narratives with something known", known, len(narratives)/2)
			atLeast("long narratives", long, leastLong)
			atLeast("short narratives", short, leastShort)
		})
	}
}

func (t Tally) of(heading string) int {
	if t[heading] == nil {
		return 0
	}
	return t[heading].Of
}
