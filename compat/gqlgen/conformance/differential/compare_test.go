//go:build conformance

package differential

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// response is an answer taken apart. Data keeps its bytes.
type response struct {
	Data   json.RawMessage
	Errors []fault
}

// fault is one error of an answer.
type fault struct {
	Message   string
	Locations []gqlerror.Location
	Path      json.RawMessage
}

func (f fault) String() string {
	return fmt.Sprintf("%s %v %s", f.Path, f.Locations, f.Message)
}

// read takes an answer apart, and says what is wrong with its shape.
func read(body []byte) (response, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return response{}, err
	}
	for name := range members {
		if name != "data" && name != "errors" {
			return response{}, fmt.Errorf("a member %q", name)
		}
	}
	r := response{Data: members["data"]}
	if members["errors"] == nil {
		return r, nil
	}
	if !bytes.HasPrefix(body, []byte(`{"errors":[{`)) {
		return r, fmt.Errorf("the errors do not come first, or there are none")
	}
	if err := json.Unmarshal(members["errors"], &r.Errors); err != nil {
		return r, err
	}
	for i := range r.Errors {
		r.Errors[i].Message = class(r.Errors[i].Message)
	}
	return r, nil
}

// Messages are compared by class where they are the implementation's own: graphql-js
// names the values and types it objects to, and ours never repeat a value. Errors of
// resolvers and of scalars are compared letter by letter.
var classes = []struct {
	pattern *regexp.Regexp
	class   string
}{
	{regexp.MustCompile(`^must not be null$|^Cannot return null for non-nullable field `), "null"},
	{regexp.MustCompile(`^argument [a-z0-9]+[.\[:]|^Argument "`), "argument"},
	// A value that is of none of the types is the resolver's mistake: its text stays inside.
	{regexp.MustCompile(`^internal system error$|^Runtime Object type `), "type"},
}

func class(message string) string {
	for _, c := range classes {
		if c.pattern.MatchString(message) {
			return c.class
		}
	}
	return message
}

// compare says how an answer of ours differs from graphql-js's, or nothing.
//
// Data are compared byte by byte, errors by class, path and location, in order. The
// specification leaves the order of errors free; both sides gather them in the order of
// the document (graphql-js because nothing in peer.mjs is asynchronous), so that nothing
// need be sorted. It also leaves free how much of a value that is discarded is still
// executed, and so how many errors are told from within one null: graphql-js stops at
// the first that moves up, ours tells them all. Of the errors that explain one null,
// the first must be the same, and all of graphql-js's must be among ours, in their order.
//
// Where a request was not executed, because of its document or its variables, it is
// compared that both say so: how many errors there are, and where, is left free.
//
// parallel says that ours has executed the root fields at the same time: then the errors
// are in order only within each of them.
func compare(got, want []byte, parallel bool) string {
	ours, err := read(got)
	if err != nil {
		return "ours is malformed: " + err.Error()
	}
	theirs, err := read(want)
	if err != nil {
		return "theirs is malformed: " + err.Error()
	}
	if theirs.Data == nil || ours.Data == nil {
		if theirs.Data != nil || ours.Data != nil || len(ours.Errors) == 0 {
			return "one was executed, the other was not"
		}
		return ""
	}
	if !bytes.Equal(ours.Data, theirs.Data) {
		return "data"
	}
	return compareErrors(ours, theirs, parallel)
}

func compareErrors(ours, theirs response, parallel bool) string {
	var data any
	if err := json.Unmarshal(ours.Data, &data); err != nil {
		return err.Error()
	}
	if parallel {
		sortByRoot(ours.Errors)
		sortByRoot(theirs.Errors)
	}
	our, their := group(data, ours.Errors), group(data, theirs.Errors)
	if !slices.Equal(our.places, their.places) {
		return fmt.Sprintf("errors at %v, want %v", our.places, their.places)
	}
	for _, place := range our.places {
		a, b := our.errors[place], their.errors[place]
		if !contains(a, b) || !parallel && !same(a[0], b[0]) {
			return fmt.Sprintf("errors at %s: %v, want %v", place, a, b)
		}
	}
	return ""
}

func sortByRoot(errors []fault) {
	slices.SortStableFunc(errors, func(a, b fault) int { return strings.Compare(a.root(), b.root()) })
}

// root is the root field of a path.
func (f fault) root() string {
	first, _, _ := strings.Cut(string(f.Path), ",")
	return strings.TrimSuffix(first, "]")
}

// contains says whether theirs are among ours, in order.
func contains(ours, theirs []fault) bool {
	for _, f := range ours {
		if len(theirs) > 0 && same(f, theirs[0]) {
			theirs = theirs[1:]
		}
	}
	return len(theirs) == 0
}

// same compares an error of ours with one of theirs. Of selections that were joined
// ours locates the first, graphql-js all; an argument that cannot be used it locates
// itself, where ours locates its field. The specification asks for a place that the error
// can be associated with, and all of these are.
func same(ours, theirs fault) bool {
	if ours.Message != theirs.Message || !bytes.Equal(ours.Path, theirs.Path) || len(ours.Locations) != 1 {
		return false
	}
	return ours.Message == "argument" || len(theirs.Locations) > 0 && ours.Locations[0] == theirs.Locations[0]
}

// grouped is the errors of a response by the null that each of them explains.
type grouped struct {
	places []string // in order of their first error
	errors map[string][]fault
}

func group(data any, errors []fault) grouped {
	g := grouped{errors: map[string][]fault{}}
	for _, f := range errors {
		place := nullAt(data, f.Path)
		if slices.ContainsFunc(g.errors[place], func(have fault) bool { return bytes.Equal(have.Path, f.Path) }) {
			place += " a second time"
		}
		if g.errors[place] == nil {
			g.places = append(g.places, place)
		}
		g.errors[place] = append(g.errors[place], f)
	}
	return g
}

// nullAt is the beginning of a path that leads to null.
func nullAt(data any, path json.RawMessage) string {
	var steps []any
	if err := json.Unmarshal(path, &steps); err != nil {
		return "no path: " + string(path)
	}
	var at strings.Builder
	for _, step := range steps {
		switch value := data.(type) {
		case nil:
			return at.String()
		case map[string]any:
			data = value[step.(string)]
		case []any:
			data = value[int(step.(float64))]
		}
		fmt.Fprintf(&at, "/%v", step)
	}
	return at.String()
}
