package organisation

import (
	"cmp"
	"fmt"
	"slices"
)

// The columns of a file of organisations, as its header names them.
const (
	columnCode   = "ods_code"
	columnName   = "name"
	columnType   = "type"
	columnParent = "parent"
	columnICB    = "icb"
	columnFrom   = "from"
	columnUntil  = "until"
)

// Columns lists the columns of a file of organisations.
func Columns() []string {
	return []string{columnCode, columnName, columnType, columnParent, columnICB, columnFrom, columnUntil}
}

// line is what one line of a file says of an organisation.
type line struct {
	number      int
	code        ODSCode
	name        string
	kind        Type
	parent, icb ODSCode
	// from is the first day in the ICB, until the organisation's last; nil where not said.
	from, until *Day
	// unclear is a line whose organisation, ICB or days could not be read, or that repeats another.
	unclear bool
}

// claimed is the day of which the line speaks: today, unless the organisation's time in the ICB has
// not begun by then or is over.
func (l line) claimed(today Day) Day {
	day := today
	if l.until != nil {
		day = min(day, *l.until)
	}
	if l.from != nil {
		day = max(day, *l.from)
	}
	return day
}

// Problem is something in a file that has to be mended. It repeats nothing that the file holds.
type Problem struct {
	Line    int
	Column  string // empty for the whole line
	Message string
}

// String writes the problem for whoever mends it.
func (p Problem) String() string {
	if p.Column == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.Message)
	}
	return fmt.Sprintf("line %d, %s: %s", p.Line, p.Column, p.Message)
}

// ProblemsError refuses a file for all that is wrong with it.
type ProblemsError struct {
	// Problems are by line, then by column.
	Problems []Problem
}

// Error tells how much is wrong; what, Problems tell.
func (e *ProblemsError) Error() string {
	if len(e.Problems) == 1 {
		return "the file has a problem"
	}
	return fmt.Sprintf("the file has %d problems", len(e.Problems))
}

// problems gathers what is wrong.
type problems []Problem

func (p *problems) add(number int, column, message string) {
	*p = append(*p, Problem{Line: number, Column: column, Message: message})
}

// refusal is nil where nothing is wrong.
func (p problems) refusal() error {
	if len(p) == 0 {
		return nil
	}
	columns := Columns()
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(slices.Index(columns, a.Column), slices.Index(columns, b.Column)))
	})
	return &ProblemsError{Problems: p}
}
