package organisation

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// largestFile is several times what every organisation of the country takes.
	largestFile = 256 << 20
	longestName = 200 // letters
	// The years that a date may lie in: others are slips.
	firstYear, lastYear = 1900, 2199
)

var errLargeFile = fmt.Errorf("the file is larger than %d MiB; import it in parts", largestFile>>20)

// File is what a file of organisations says, with what is wrong with it by itself.
type File struct {
	lines    []line
	problems problems
}

// ReadFile reads a file of organisations: CSV in UTF-8, whose header names the Columns in any order. The error is
// one of reading or of the header; what is wrong with the lines, Plan tells.
func ReadFile(r io.Reader) (*File, error) {
	return readFile(r, largestFile)
}

func readFile(r io.Reader, largest int64) (*File, error) {
	bounded := &io.LimitedReader{R: r, N: largest + 1}
	text := bufio.NewReader(bounded)
	if err := skipMark(text); err != nil {
		return nil, err
	}
	rows := csv.NewReader(text)
	rows.FieldsPerRecord = -1 // counted here, so that reading goes on
	rows.ReuseRecord = true
	header, err := readHeader(rows)
	if err != nil {
		return nil, err
	}
	file := &File{}
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err := file.add(rows, header, row, err); err != nil {
			return nil, err
		}
	}
	if bounded.N == 0 {
		return nil, errLargeFile
	}
	file.findDuplicates()
	return file, nil
}

// skipMark skips the mark that some programs begin UTF-8 with, and refuses those of UTF-16.
func skipMark(text *bufio.Reader) error {
	first, err := text.Peek(3)
	switch {
	case err != nil && err != io.EOF:
		return fmt.Errorf("reading the file: %w", err)
	case bytes.HasPrefix(first, []byte("\xEF\xBB\xBF")):
		_, err = text.Discard(3)
		return err
	case bytes.HasPrefix(first, []byte("\xFF\xFE")), bytes.HasPrefix(first, []byte("\xFE\xFF")):
		return errors.New("the file is in UTF-16: save it as CSV in UTF-8")
	}
	return nil
}

// readHeader answers where each column stands.
func readHeader(rows *csv.Reader) (map[string]int, error) {
	names, err := rows.Read()
	if err != nil && err != io.EOF && !errors.As(err, new(*csv.ParseError)) {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	header := map[string]int{}
	for i, name := range names {
		header[strings.ToLower(strings.TrimSpace(name))] = i
	}
	known := len(header) == len(Columns()) && len(names) == len(header)
	for _, column := range Columns() {
		_, named := header[column]
		known = known && named
	}
	if err != nil || !known {
		return nil, fmt.Errorf("the first line must name these columns, each once and no others, between commas: %s", strings.Join(Columns(), ","))
	}
	return header, nil
}

// add reads one row. A row that is no CSV is a problem; the error is one of reading.
func (f *File) add(rows *csv.Reader, header map[string]int, row []string, err error) error {
	var malformed *csv.ParseError
	switch {
	case errors.As(err, &malformed):
		f.problems.add(malformed.StartLine, "", `A quotation mark is out of place: a field that holds one is written in quotation marks, and the mark twice.`)
		return nil
	case err != nil:
		return fmt.Errorf("reading the file: %w", err)
	}
	number, _ := rows.FieldPos(0)
	if len(row) != len(header) {
		f.problems.add(number, "", fmt.Sprintf("There are %d fields, not %d: write a field that holds a comma in quotation marks.", len(row), len(header)))
		return nil
	}
	f.lines = append(f.lines, f.read(number, func(column string) string { return strings.TrimSpace(row[header[column]]) }))
	return nil
}

func (f *File) read(number int, field func(column string) string) line {
	before := len(f.problems)
	refuse := func(column, message string) { f.problems.add(number, column, message) }
	l := line{number: number, name: field(columnName)}
	l.code = readCode(field, columnCode, true, refuse)
	l.icb = readCode(field, columnICB, false, refuse)
	l.from = readDay(field, columnFrom, refuse)
	l.until = readDay(field, columnUntil, refuse)
	if l.from != nil && l.until != nil && *l.until < *l.from {
		refuse(columnUntil, "The last day is before the first.")
	}
	l.unclear = len(f.problems) > before
	l.parent = readCode(field, columnParent, false, refuse)
	if message := wrongName(l.name); message != "" {
		refuse(columnName, message)
	}
	l.kind = Type(strings.ToUpper(field(columnType)))
	if !l.kind.Valid() {
		refuse(columnType, "The types are "+typeList()+".")
	}
	return l
}

func readCode(field func(string) string, column string, required bool, refuse func(column, message string)) ODSCode {
	text := field(column)
	if text == "" && !required {
		return ""
	}
	code, err := ParseODSCode(text)
	if err != nil {
		refuse(column, "An ODS code is 3 to 10 letters and digits.")
	}
	return code
}

func readDay(field func(string) string, column string, refuse func(column, message string)) *Day {
	text := field(column)
	if text == "" {
		return nil
	}
	day, err := ParseDay(text)
	if err != nil || day < Date(firstYear, time.January, 1) || day > Date(lastYear, time.December, 31) {
		refuse(column, fmt.Sprintf("A date is written as year, month and day, 2026-04-01, of the years %d to %d.", firstYear, lastYear))
		return nil
	}
	return &day
}

// wrongName tells what is wrong with a name; nothing where it may stand.
func wrongName(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "The name is not in UTF-8: save the file as CSV in UTF-8."
	case len(words(name)) == 0:
		return "The name is missing."
	case utf8.RuneCountInString(name) > longestName:
		return fmt.Sprintf("The name is longer than %d letters.", longestName)
	case strings.ContainsFunc(name, invisible):
		return "The name holds a line break or another character that cannot be seen: type it anew."
	}
	return ""
}

func invisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == utf8.RuneError
}

func typeList() string {
	names := make([]string, len(Types()))
	for i, t := range Types() {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

// findDuplicates reports each line whose code an earlier one has.
func (f *File) findDuplicates() {
	first := make(map[ODSCode]int, len(f.lines))
	for i, l := range f.lines {
		if l.code == "" {
			continue
		}
		if earlier, again := first[l.code]; again {
			f.problems.add(l.number, columnCode, fmt.Sprintf("Line %d has the same code: an organisation has one line.", earlier))
			f.lines[i].unclear = true
			continue
		}
		first[l.code] = l.number
	}
}
