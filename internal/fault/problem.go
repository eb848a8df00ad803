package fault

import "fmt"

// Code says what is wrong with one field of an input, in the words of the
// graph's UserErrorCode.
type Code string

// The codes, as the graph's contract lists them.
const (
	Required       Code = "REQUIRED"
	Invalid        Code = "INVALID"
	NotApplicable  Code = "NOT_APPLICABLE"
	UnknownCode    Code = "UNKNOWN_CODE"
	TooLong        Code = "TOO_LONG"
	TooMany        Code = "TOO_MANY"
	InFuture       Code = "IN_FUTURE"
	Duplicate      Code = "DUPLICATE"
	StaleRevision  Code = "STALE_REVISION"
	AlreadyDecided Code = "ALREADY_DECIDED"
	NotAllowed     Code = "NOT_ALLOWED"
	Expired        Code = "EXPIRED"
)

// Problem is one thing that the caller can mend: which field of the input, and
// how. Path begins inside the mutation's input argument; list positions are
// decimal numbers counted from 0. Message never repeats the value.
type Problem struct {
	Code    Code
	Message string
	Path    []string
}

// Problems gathers everything that is wrong with an input, so that the caller is
// told at once.
type Problems []Problem

// Add notes a problem at path.
func (p *Problems) Add(code Code, message string, path ...string) {
	*p = append(*p, Problem{Code: code, Message: message, Path: path})
}

// Addf notes a problem at path with a formatted message.
func (p *Problems) Addf(code Code, path []string, format string, args ...any) {
	*p = append(*p, Problem{Code: code, Message: fmt.Sprintf(format, args...), Path: path})
}

// Under answers the problems with path put before each one's own.
func (p Problems) Under(path ...string) Problems {
	moved := make(Problems, len(p))
	for i, problem := range p {
		problem.Path = append(append([]string{}, path...), problem.Path...)
		moved[i] = problem
	}
	return moved
}
