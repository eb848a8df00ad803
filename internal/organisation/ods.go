package organisation

import (
	"io"
	"strconv"
	"strings"

	"lfpse/internal/fault"
)

// ODSCode identifies an organisation, an ICB or a region in the registers of
// the Organisation Data Service: capital letters and digits. No meaning may be
// read from its shape; whether it stands for anything is for the Map to say.
type ODSCode string

const (
	shortestCode = 3
	longestCode  = 10
)

var errODSCode = fault.New(fault.BadUserInput, "An ODS code is 3 to 10 letters and digits.")

// ParseODSCode reads a code as people type it: small letters are taken for
// capitals, blanks around it are dropped. The error is a BAD_USER_INPUT fault.
func ParseODSCode(s string) (ODSCode, error) {
	code := []byte(strings.TrimSpace(s))
	if len(code) < shortestCode || len(code) > longestCode {
		return "", errODSCode
	}
	for i, c := range code {
		switch {
		case 'a' <= c && c <= 'z':
			code[i] = c - 'a' + 'A'
		case ('A' > c || c > 'Z') && ('0' > c || c > '9'):
			return "", errODSCode
		}
	}
	return ODSCode(code), nil
}

// MarshalGQL writes the code as the graph's OdsCode.
func (c ODSCode) MarshalGQL(w io.Writer) { writeQuoted(w, string(c)) }

// UnmarshalGQL reads the graph's OdsCode.
func (c *ODSCode) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return errODSCode
	}
	code, err := ParseODSCode(s)
	if err != nil {
		return err
	}
	*c = code
	return nil
}

// writeQuoted writes s as a JSON string. The values of this package hold
// nothing that needs escaping. The writer is the response's buffer: it has no
// error to give.
func writeQuoted(w io.Writer, s string) { _, _ = io.WriteString(w, strconv.Quote(s)) }
