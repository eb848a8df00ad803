package export

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"
)

// A Writer writes rows of text as RFC 4180 has them: CRLF after each, and quotes around
// what needs them. Its text is UTF-8, without a byte order mark.
//
// Spreadsheets run what begins as a formula does. Such a cell gets an apostrophe before it, which they take for
// "this is text". Whoever reads the file with a program takes the first character away
// where IsGuarded says so, and has what was written.
type Writer struct {
	out io.Writer
	row []byte
}

// NewWriter makes a writer of rows, each of which it writes at once.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Write writes a row.
func (w *Writer) Write(cells [][]byte) error {
	w.row = w.row[:0]
	for i, cell := range cells {
		if i > 0 {
			w.row = append(w.row, ',')
		}
		w.row = appendCell(w.row, cell, len(cells) == 1)
	}
	w.row = append(w.row, '\r', '\n')
	_, err := w.out.Write(w.row)
	return err
}

// appendCell appends a cell. One that is empty and alone would be an empty line, which
// readers skip: it is quoted.
func appendCell(b, cell []byte, alone bool) []byte {
	guarded := isFormula(cell)
	if !guarded && !needsQuotes(cell) && (!alone || len(cell) > 0) {
		return append(b, cell...)
	}
	b = append(b, '"')
	if guarded {
		b = append(b, '\'')
	}
	for {
		at := bytes.IndexByte(cell, '"')
		if at < 0 {
			break
		}
		b = append(append(b, cell[:at+1]...), '"')
		cell = cell[at+1:]
	}
	return append(append(b, cell...), '"')
}

// needsQuotes tells whether a cell would not come back without quotes: from RFC 4180, or from a
// spreadsheet that takes semicolons or tabs for commas, or white space at the edge for nothing.
func needsQuotes(cell []byte) bool {
	if len(cell) == 0 {
		return false
	}
	if cell[0] == ' ' || cell[len(cell)-1] == ' ' {
		return true
	}
	for _, c := range cell {
		switch c {
		case '"', ',', ';', '\t', '\r', '\n':
			return true
		}
	}
	return false
}

// isFormula tells whether a spreadsheet might take a cell for a formula: it begins as
// one, once what spreadsheets pass over is passed over, or with what ends a cell.
func isFormula(cell []byte) bool {
	cell = bytes.TrimLeft(cell, "'")
	if len(cell) > 0 && (cell[0] == '\t' || cell[0] == '\r' || cell[0] == '\n') {
		return true
	}
	for len(cell) > 0 {
		r, size := utf8.DecodeRune(cell)
		switch {
		case r == '=' || r == '+' || r == '-' || r == '@' || r == '＝' || r == '＋' || r == '－' || r == '＠':
			return true
		case !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r):
			return false
		}
		cell = cell[size:]
	}
	return false
}

// IsGuarded tells whether a cell that was read begins with an apostrophe that Write put
// there.
func IsGuarded(cell []byte) bool {
	return len(cell) > 0 && cell[0] == '\'' && isFormula(cell[1:])
}
