// Package fault names the kinds of things that go wrong, so that every layer
// can tell them apart without knowing who reports them to whom.
//
// A fault carries two texts: the public message, which any caller may read and
// which never repeats a value that somebody typed, and the wrapped cause, which
// goes to the log only.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what went wrong, in the words of the graph's extensions.code.
type Kind string

// The kinds, as the graph's contract lists them.
const (
	Unauthenticated Kind = "UNAUTHENTICATED" // no token, or one that is no longer good
	Forbidden       Kind = "FORBIDDEN"       // the caller sees the subject but may not do this
	BadUserInput    Kind = "BAD_USER_INPUT"  // arguments that no caller could have meant
	Conflict        Kind = "CONFLICT"        // the same key with other content, a revision overtaken
	NotFound        Kind = "NOT_FOUND"       // does not exist for this caller
	RateLimited     Kind = "RATE_LIMITED"
	TooComplex      Kind = "TOO_COMPLEX"
	Internal        Kind = "INTERNAL"
)

// Fault is an error with a kind and a public message.
type Fault struct {
	Kind    Kind
	Message string
	cause   error
}

// New makes a fault whose public message is given.
func New(kind Kind, message string) *Fault {
	return &Fault{Kind: kind, Message: message}
}

// Wrap makes a fault that keeps its cause for the log.
func Wrap(kind Kind, message string, cause error) *Fault {
	return &Fault{Kind: kind, Message: message, cause: cause}
}

// Error gives the kind, the public message and the cause: text for a log.
func (f *Fault) Error() string {
	if f.cause == nil {
		return fmt.Sprintf("%s: %s", f.Kind, f.Message)
	}
	return fmt.Sprintf("%s: %s: %v", f.Kind, f.Message, f.cause)
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.cause }

// KindOf answers the kind of the first fault in err's chain, Internal for any
// other error.
func KindOf(err error) Kind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// Public answers what a caller may be told of err: its kind and public
// message. An error that is no fault is Internal, and its text stays inside. Of
// that nobody says whether anything was changed: where the connection is lost in
// the middle of a commit, nobody knows.
func Public(err error) (Kind, string) {
	var f *Fault
	if errors.As(err, &f) && f.Kind != Internal {
		return f.Kind, f.Message
	}
	return Internal, "Something went wrong on our side; please try again."
}
