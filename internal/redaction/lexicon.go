package redaction

import (
	"compress/gzip"
	"embed"
	"io"
	"path"
	"strings"
)

// data holds one list per file, words parted by white space. words.txt is the
// British English list of the SCOWL project, whose licence stands beside it;
// the others were written for this engine.
//
//go:embed data/*.txt data/lexicon.gz
var data embed.FS

// marks say what the lexicon knows of a word. A word may carry several: "Grace"
// is a given name and an ordinary word.
type marks uint32

const (
	ordinary   marks = 1 << iota // stands in the dictionary
	given                        // a given name
	family                       // a family name
	title                        // Mr, Dr: what follows is a name
	role                         // nurse, porter: what follows may be a name
	kin                          // daughter, neighbour
	month                        // months, days, feasts
	stop                         // never a name after a cue, unless it is a capitalised name too
	eponym                       // has given its name to a disease, sign or device
	bareEponym                   // does so even when it stands alone
	eponymHead                   // disease, catheter: makes an eponym of what stands before
	possession                   // what a person has and a disease has not
	place                        // makes a place of what stands before
	street                       // makes an address of a number and what stands between
	weakStreet                   // the same, with less certainty
	medical                      // drugs, devices, abbreviations
	subject                      // what stands before may be a person: said, was
	object                       // what follows may be a person: by, told
	link                         // the same, with less certainty: to, that
	speaker                      // what stands before is a person: said, rang
	determiner                   // what follows is a thing
	short                        // an abbreviation
	thing                        // a device, maker, system or shop
	people                       // a people, language or faith
	town                         // where people live and come from
	shorthand                    // an abbreviation that everybody writes
	act                          // what stands before is a person: took, counted
	proper                       // dictionaries write it with a capital: places, makers, peoples, people
)

func (m marks) has(any marks) bool { return m&any != 0 }

var lists = []struct {
	file string
	mark marks
}{
	{"given.txt", given},
	{"given_words.txt", given},
	{"family.txt", family},
	{"titles.txt", title},
	{"roles.txt", role},
	{"kin.txt", kin},
	{"months.txt", month},
	{"stops.txt", stop},
	{"eponyms.txt", eponym},
	{"bare_eponyms.txt", eponym | bareEponym},
	{"eponym_heads.txt", eponymHead},
	{"possessions.txt", possession},
	{"places.txt", place},
	{"streets.txt", street},
	{"weak_streets.txt", weakStreet},
	{"medical.txt", medical},
	{"drugs.txt", medical},
	{"jargon.txt", medical},
	{"abbreviations.txt", short},
	{"shorthand.txt", shorthand},
	{"devices.txt", thing},
	{"towns.txt", town},
	{"peoples.txt", people},
	{"subjects.txt", subject},
	{"speakers.txt", subject | speaker},
	{"acts.txt", act},
	{"objects.txt", object},
	{"links.txt", link},
	{"determiners.txt", determiner},
}

// entry is what the lexicon knows of a word: marks, and how common the word is
// in English (1 the most, 7 the least, 0 none), as a given and as a family name
// (3 the most, 1 the least, 0 none).
type entry struct {
	marks                  marks
	english, given, family uint8
}

// lexicon answers what is known of a word. It is read-only once loaded.
type lexicon struct {
	words  *dictionary
	slips  slips
	plains []uint64 // a set of the plain words, by their hashes
	taught *taught
}

// load reads the embedded lists; that they are there is the compiler's word.
func load() *lexicon {
	lex := &lexicon{words: newDictionary()}
	listed := lex.unpack()
	for _, list := range lists {
		text, err := data.ReadFile(path.Join("data", list.file))
		if err != nil {
			panic("redaction: embedded list is missing: " + list.file)
		}
		for w := range strings.FieldsSeq(string(text)) {
			e := lex.words.get(w)
			e.marks |= list.mark
			switch {
			case list.file == "given_words.txt":
				e.given = 3
			case list.mark == given:
				e.given = max(e.given, 2)
			case list.mark == family:
				e.family = max(e.family, 2)
			}
			if list.mark&(medical|month|role|kin) != 0 {
				lex.slips.learn(w)
			}
			lex.words.set(w, e)
		}
	}
	for line := range strings.Lines(listed) {
		if w, figures, _ := strings.Cut(line, " "); figures[0] > '0' && figures[0] < '6' {
			lex.slips.learn(w)
		}
	}
	lex.gatherPlain()
	lex.taught = loadTaught()
	return lex
}

// unpack reads lexicon.gz, one word to a line with its figures, and answers it.
func (l *lexicon) unpack() string {
	packed, err := data.Open("data/lexicon.gz")
	if err != nil {
		panic("redaction: embedded lexicon is missing")
	}
	plain, err := gzip.NewReader(packed)
	if err != nil {
		panic("redaction: embedded lexicon is damaged")
	}
	var text strings.Builder
	if _, err := io.Copy(&text, plain); err != nil {
		panic("redaction: embedded lexicon is damaged")
	}
	for line := range strings.Lines(text.String()) {
		word, figures, ok := strings.Cut(line, " ")
		if !ok || len(figures) < 4 {
			panic("redaction: embedded lexicon is damaged")
		}
		e := entry{english: figures[0] - '0', given: figures[1] - '0', family: figures[2] - '0'}
		if e.english > 0 && e.english < 6 && e.given == 2 {
			e.given = 1 // the packages take many words for names; given_words.txt has those that are
		}
		if e.english > 0 && (e.english < 7 || e.given+e.family < 2) {
			e.marks |= ordinary
		}
		if e.given > 0 && (e.given > 1 || e.english == 0) {
			e.marks |= given
		}
		if e.family > 0 && (e.family > 1 || e.english == 0) {
			e.marks |= family
		}
		if figures[3] == '1' {
			e.marks |= proper
		}
		l.words.set(word, e)
	}
	return text.String()
}

// marks answers the marks of a word.
func (l *lexicon) marks(low string) marks { return l.look(low).marks }

// look looks a lower-case, folded word up.
func (l *lexicon) look(low string) entry {
	if e := l.words.get(low); e != (entry{}) {
		return e
	}
	return l.derive(low)
}

// derive answers what a word that is not listed is made of. One with hyphens is
// ordinary when all its parts are, and a name when one of them is.
func (l *lexicon) derive(low string) entry {
	if strings.ContainsRune(low, '-') {
		return l.compound(low)
	}
	if strings.ContainsRune(low, '\'') {
		if e := l.words.get(strings.ReplaceAll(low, "'", "")); e != (entry{}) {
			return e
		}
		for _, contracted := range []string{"'d", "'ll", "'ve"} {
			if one, ok := strings.CutSuffix(low, contracted); ok {
				return l.words.get(one)
			}
		}
	}
	if one, ok := strings.CutSuffix(low, "s"); ok && len(one) > 2 {
		if e := l.words.get(one); len(one) < 4 {
			if e.marks.has(short|shorthand|medical) && e.given+e.family+e.english == 0 {
				return entry{marks: e.marks & (short | shorthand | medical)} // EDDs, MIs
			}
		} else if e.marks.has(ordinary | medical | eponym | thing | short | month) {
			return entry{marks: e.marks & (ordinary | month | stop | medical | eponym | bareEponym | thing | short | eponymHead), english: e.english}
		}
	}
	if medicalEnding(low) {
		return entry{marks: medical}
	}
	return entry{}
}

func (l *lexicon) compound(low string) entry {
	if last := l.words.get(low[strings.LastIndexByte(low, '-')+1:]); last.marks.has(role | kin) {
		return entry{marks: ordinary | last.marks&(role|kin), english: 4}
	}
	if rest, ok := strings.CutPrefix(low, "co-"); ok && l.words.get(rest).marks.has(medical) {
		return entry{marks: medical} // co-amox
	}
	known, names := true, entry{}
	for part := range strings.SplitSeq(low, "-") {
		e := l.words.get(part)
		if !e.marks.has(ordinary|medical|stop) && len(part) > 1 && !medicalEnding(part) && !(e != (entry{}) && e.given+e.family == 0) {
			known = false
			names.marks |= e.marks & (given | family)
			names.given, names.family = max(names.given, e.given), max(names.family, e.family)
		}
	}
	if known {
		return entry{marks: ordinary, english: 4}
	}
	return names
}

// endings of drugs, diseases and operations that no name in use here has.
var endings = []string{
	"aemia", "algia", "ectomy", "otomy", "ostomy", "oscopy", "ography", "opathy", "plasty", "penia", "itis", "osis",
	"cillin", "mycin", "micin", "oxacin", "penem", "cycline", "azole", "prazole", "statin", "sartan", "olol", "dipine", "azepam",
	"azolam", "xaban", "gliptin", "gliflozin", "glutide", "triptan", "setron", "thiazide", "semide", "lukast", "solone",
	"metasone", "barbital", "profen", "fenac", "coxib", "dronate", "formin", "oxetine", "traline", "pramine", "triptyline",
	"curonium", "platin", "rubicin", "tinib", "zumab", "ximab", "mumab", "ciclib", "azepine", "peridol",
	"peridone", "morphone", "codone", "fentanil", "vudine", "ciclovir", "cyclovir", "mab", "parib", "rafenib", "lisib",
	"graphy", "trophy", "plegia", "paresis", "pnoea", "rrhoea", "rrhage", "oedema", "tensive", "glycaemia", "glycaemic", "kalaemia", "natraemia",
	"scopic", "lytic", "genic", "itic", "aemic", "uric", "idal", "oma", "omas", "pathy", "logist", "logy", "metry", "meter", "scope", "stomy",
	"prophylaxis", "centesis", "ectasis", "lysis", "stasis", "stenosis", "uria", "plasia", "megaly", "malacia", "thorax", "vascular", "ventricular", "cutaneous", "venous", "arterial", "muscular", "phobia", "philic", "iasis",
	"onate", "chloride", "phosphate", "sulphate", "sulfate", "acetate", "citrate", "fumarate", "tartrate", "bromide", "hydroxide", "idine", "apine", "stigmine",
}

// endingsBy are the endings by their last letters.
var endingsBy = func() (by [256][]string) {
	for _, e := range endings {
		last := e[len(e)-1]
		by[last] = append(by[last], e)
	}
	return by
}()

func medicalEnding(low string) bool {
	if low == "" {
		return false
	}
	for _, e := range endingsBy[low[len(low)-1]] {
		if len(low) > len(e)+3 && strings.HasSuffix(low, e) {
			return true
		}
	}
	return false
}
