package redaction

import (
	"embed"
	"path"
	"strings"
)

// data holds one list per file, words parted by white space. words.txt is the
// British English list of the SCOWL project, whose licence stands beside it;
// the others were written for this engine.
//
//go:embed data/*.txt
var data embed.FS

// marks say what the lexicon knows of a word. A word may carry several: "Grace"
// is a given name and an ordinary word.
type marks uint16

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
	eponymHead                   // disease, catheter: makes an eponym of what stands before
	possession                   // what a person has and a disease has not
	place                        // makes a place of what stands before
	street                       // makes an address of a number and what stands between
	weakStreet                   // the same, with less certainty
	medical                      // drugs, devices, abbreviations
)

func (m marks) has(any marks) bool { return m&any != 0 }

var lists = []struct {
	file string
	mark marks
}{
	{"words.txt", ordinary},
	{"given.txt", given},
	{"family.txt", family},
	{"titles.txt", title},
	{"roles.txt", role},
	{"kin.txt", kin},
	{"months.txt", month},
	{"stops.txt", stop},
	{"eponyms.txt", eponym},
	{"eponym_heads.txt", eponymHead},
	{"possessions.txt", possession},
	{"places.txt", place},
	{"streets.txt", street},
	{"weak_streets.txt", weakStreet},
	{"medical.txt", medical},
}

// lexicon answers what is known of a word. It is read-only once loaded.
type lexicon struct {
	words map[string]marks
}

// load reads the embedded lists; that they are there is the compiler's word.
func load() *lexicon {
	lex := &lexicon{words: make(map[string]marks, 1<<16)}
	for _, list := range lists {
		text, err := data.ReadFile(path.Join("data", list.file))
		if err != nil {
			panic("redaction: embedded list is missing: " + list.file)
		}
		for w := range strings.FieldsSeq(string(text)) {
			lex.words[w] |= list.mark
		}
	}
	return lex
}

// marks looks a lower-case, folded word up. A hyphenated word that is not
// listed is ordinary when all its parts are, and a name when one of them is.
func (l *lexicon) marks(low string) marks {
	if m, ok := l.words[low]; ok {
		return m
	}
	if strings.ContainsRune(low, '-') {
		return l.compound(low)
	}
	if strings.ContainsRune(low, '\'') {
		if m, ok := l.words[strings.ReplaceAll(low, "'", "")]; ok {
			return m
		}
	}
	if medicalEnding(low) {
		return medical
	}
	return 0
}

func (l *lexicon) compound(low string) marks {
	known, names := true, marks(0)
	for part := range strings.SplitSeq(low, "-") {
		m := l.words[part]
		if !m.has(ordinary|medical|stop) && len(part) > 1 && !medicalEnding(part) {
			known = false
			names |= m & (given | family)
		}
	}
	if known {
		return ordinary
	}
	return names
}

// endings of drugs, diseases and operations that no name in use here has.
var endings = []string{
	"aemia", "emia", "algia", "ectomy", "otomy", "ostomy", "oscopy", "ography", "opathy", "plasty", "penia", "uria", "itis", "osis",
	"cillin", "mycin", "micin", "oxacin", "penem", "cycline", "azole", "prazole", "statin", "sartan", "pril", "olol", "dipine", "azepam",
	"azolam", "xaban", "gliptin", "gliflozin", "glutide", "parin", "triptan", "setron", "thiazide", "semide", "lukast", "terol", "solone",
	"metasone", "barbital", "profen", "afil", "fenac", "coxib", "dronate", "formin", "oxetine", "traline", "pramine", "triptyline",
	"caine", "curonium", "platin", "taxel", "rubicin", "tinib", "zumab", "ximab", "mumab", "ciclib", "azepine", "apine", "peridol",
	"peridone", "idone", "morphone", "codone", "fentanil", "vudine", "navir", "ciclovir", "cyclovir", "mide", "oxin", "gesic",
	"gram", "graphy", "trophy", "plegia", "paresis", "pnoea", "rrhoea", "rrhage", "oedema", "cardia", "tensive", "glycaemia", "glycaemic",
}

func medicalEnding(low string) bool {
	if len(low) < 7 {
		return false
	}
	for _, e := range endings {
		if strings.HasSuffix(low, e) {
			return true
		}
	}
	return false
}
