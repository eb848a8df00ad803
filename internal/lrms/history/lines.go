package history

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

// Problem is one thing wrong with a line. It never repeats what stands there.
type Problem struct {
	Line    int
	Column  string // empty where none is meant
	Field   string
	Code    fault.Code
	Message string
}

// Line is an event as it stands on one line, or what keeps it from being one.
type Line struct {
	Number    int
	Reference string
	Input     event.Input
	Problems  []Problem
}

// Reader reads the lines of a file, one by one.
type Reader struct {
	mapping *Mapping
	csv     *csv.Reader
	columns map[string]int
	width   int
	seen    map[string]bool
}

// NewReader reads the first line of a file, which names its columns. Its error names the columns of the mapping that
// are missing.
func NewReader(r io.Reader, m *Mapping) (*Reader, error) {
	lines := csv.NewReader(r)
	lines.FieldsPerRecord = -1
	lines.ReuseRecord = true
	header, err := lines.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the first line, of the columns' names: %w", unquoted(err))
	}
	reader := &Reader{mapping: m, csv: lines, columns: map[string]int{}, width: len(header), seen: map[string]bool{}}
	for i, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		if _, twice := reader.columns[name]; twice {
			return nil, fmt.Errorf("columns %d and %d have the same name", reader.columns[name]+1, i+1)
		}
		reader.columns[name] = i
	}
	var missing []error
	for _, p := range append([]part{{Source: Source{Column: m.Reference}}}, m.parts...) {
		if _, ok := reader.columns[p.Column]; !ok && p.Column != "" {
			missing = append(missing, fmt.Errorf("the file has no column %s", p.Column))
		}
	}
	return reader, errors.Join(missing...)
}

// unquoted keeps the line of an error of the CSV, and nothing that might stand on it.
func unquoted(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d: %w", parse.Line, parse.Err)
	}
	return err
}

// Next reads a line; io.EOF after the last. Any other error means that the file is no CSV from there on.
func (r *Reader) Next() (Line, error) {
	record, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return Line{}, io.EOF
	}
	if err != nil {
		return Line{}, fmt.Errorf("reading the file: %w", unquoted(err))
	}
	number, _ := r.csv.FieldPos(0)
	l := &line{reader: r, record: record, fields: map[string]any{}, Line: Line{Number: number}}
	if len(record) != r.width {
		l.problem(part{}, fault.Invalid, "The line has another number of columns than the first.")
		return l.Line, nil
	}
	l.reference()
	for _, p := range r.mapping.parts {
		l.part(p)
	}
	l.settle()
	return l.Line, nil
}

// line is a line as far as it is read.
type line struct {
	Line
	reader  *Reader
	record  []string
	fields  map[string]any
	patient map[string]any
	answers []any
}

func (l *line) problem(p part, code fault.Code, message string) {
	l.Problems = append(l.Problems, Problem{Line: l.Number, Column: p.Column, Field: p.field, Code: code, Message: message})
}

func (l *line) cell(column string) string {
	return strings.TrimSpace(l.record[l.reader.columns[column]])
}

func (l *line) reference() {
	own := part{Source: Source{Column: l.reader.mapping.Reference}}
	l.Reference = l.cell(own.Column)
	switch {
	case l.Reference == "":
		l.problem(own, fault.Required, "Give the line a reference of its own.")
	case utf8.RuneCountInString(l.Reference) > event.MaxLocalReference || !utf8.ValidString(l.Reference):
		l.problem(own, fault.TooLong, "At most "+strconv.Itoa(event.MaxLocalReference)+" characters, in UTF-8.")
	case l.reader.seen[l.Reference]:
		l.problem(own, fault.Duplicate, "A line before has the same reference.")
	}
	l.reader.seen[l.Reference] = true
}

// part reads what one part of the mapping says of the line.
func (l *line) part(p part) {
	text := p.Value
	if p.Column != "" {
		text = l.cell(p.Column)
	}
	if text == "" {
		return
	}
	if !utf8.ValidString(text) {
		l.problem(p, fault.Invalid, "The file is not in UTF-8 here.")
		return
	}
	texts := []string{text}
	if p.Separator != "" {
		texts = strings.Split(text, p.Separator)
	}
	var values []any
	for _, text := range texts {
		if value := l.value(p, strings.TrimSpace(text)); value != nil {
			values = append(values, value)
		}
	}
	if len(values) > 0 {
		l.put(p, values)
	}
}

// value reads one answer; nil where there is none.
func (l *line) value(p part, text string) any {
	if p.Codes != nil {
		code, known := p.Codes[text]
		if !known {
			l.problem(p, fault.UnknownCode, "The mapping does not say what this stands for.")
			return nil
		}
		text = code
	}
	if text == "" {
		return nil
	}
	switch {
	case p.of == taxonomy.Date:
		return l.date(p, text)
	case p.of == taxonomy.Time:
		var clock event.LocalTime
		if clock.UnmarshalGQL(text) != nil {
			l.problem(p, fault.Invalid, "Write the time 14:30.")
		}
		return string(clock)
	case p.of == taxonomy.Boolean && !p.answer:
		if text != "true" && text != "false" {
			l.problem(p, fault.Invalid, "Map this to true or false.")
		}
		return text == "true"
	case p.of == taxonomy.Integer && !p.answer:
		return l.number(p, text)
	}
	return text
}

func (l *line) number(p part, text string) any {
	n, err := strconv.Atoi(text)
	if err != nil {
		l.problem(p, fault.Invalid, "Give a whole number, in digits alone.")
	}
	if p.field == fieldAge {
		return map[string]any{"value": n, "unit": p.Unit}
	}
	return n
}

// date reads a date in the mapping's way of writing.
func (l *line) date(p part, text string) any {
	written := p.Date
	if written == "" {
		written = "YYYY-MM-DD"
	}
	layout := strings.NewReplacer("YYYY", "2006", "MM", "01", "DD", "02").Replace(written)
	day, err := time.Parse(layout, text)
	if err != nil {
		l.problem(p, fault.Invalid, "The date is not written as the mapping says.")
		return nil
	}
	switch {
	case strings.Contains(written, "DD"):
		return day.Format(time.DateOnly)
	case strings.Contains(written, "MM"):
		return day.Format("2006-01")
	}
	return day.Format("2006")
}

// put puts answers where they belong in the input.
func (l *line) put(p part, values []any) {
	switch {
	case p.answer && p.of == taxonomy.Text:
		words := make([]string, len(values))
		for i, value := range values {
			words[i], _ = value.(string)
		}
		l.answers = append(l.answers, map[string]any{"element": p.field, "text": strings.Join(words, "\n")})
	case p.answer:
		l.answers = append(l.answers, map[string]any{"element": p.field, "codes": values})
	case strings.HasPrefix(p.field, patientPrefix):
		if l.patient == nil {
			l.patient = map[string]any{}
		}
		l.patient[strings.TrimPrefix(p.field, patientPrefix)] = values[0]
	case p.repeats:
		set(l.fields, p.field, values)
	default:
		set(l.fields, p.field, values[0])
	}
}

const patientPrefix = "patients."

func set(object map[string]any, path string, value any) {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		object[head] = value
		return
	}
	inner, ok := object[head].(map[string]any)
	if !ok {
		inner = map[string]any{}
		object[head] = inner
	}
	set(inner, rest, value)
}

// settle makes the input of what was read.
func (l *line) settle() {
	if l.patient != nil {
		l.fields["patients"] = []any{l.patient}
	}
	if l.answers != nil {
		l.fields["answers"] = l.answers
	}
	text, err := json.Marshal(l.fields)
	if err == nil {
		err = json.Unmarshal(text, &l.Input)
	}
	if err != nil {
		l.problem(part{}, fault.Invalid, "The line is no event.")
	}
}

// Locate turns problems with a line's input into problems of the line, each with the column that it comes from.
func (m *Mapping) Locate(l Line, problems fault.Problems) []Problem {
	located := make([]Problem, len(problems))
	for i, p := range problems {
		field := fieldAt(l, p.Path)
		located[i] = Problem{Line: l.Number, Field: field, Code: p.Code, Message: p.Message}
		if source, ok := m.Fields[field]; ok {
			located[i].Column = source.Column
		}
	}
	return located
}

// fieldAt names the part of a mapping that a path inside the input leads to.
func fieldAt(l Line, path []string) string {
	if len(path) > 1 && path[0] == "events" {
		path = path[2:]
	}
	if len(path) > 0 && path[0] == "event" {
		path = path[1:]
	}
	if len(path) > 1 && path[0] == "answers" {
		if i, err := strconv.Atoi(path[1]); err == nil && i < len(l.Input.Answers) {
			return l.Input.Answers[i].Element
		}
	}
	var names []string
	for _, name := range path {
		if _, err := strconv.Atoi(name); err != nil {
			names = append(names, name)
		}
	}
	if len(names) > 2 && names[1] == "age" {
		names = names[:2]
	}
	return strings.Join(names, ".")
}
