// Package page is keyset pagination as the Relay connection specification has
// it: first/after forwards, last/before backwards, and cursors that stay right
// while rows are added.
package page

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"lfpse/internal/fault"
)

// The sizes of a page, in items.
const (
	DefaultSize = 25
	MaxSize     = 200
)

// Args are a connection's arguments as a caller gives them.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Request is a page to fetch: Size items beyond the cursors, from the front or, where Backward, from the
// back. Both cursors may bound it.
type Request struct {
	Size     int
	Backward bool
	After    *string
	Before   *string
}

// Request checks the arguments. What is wrong is a BAD_USER_INPUT fault that
// names the argument.
func (a Args) Request() (Request, error) {
	if a.First != nil && a.Last != nil {
		return Request{}, fault.New(fault.BadUserInput, "Give first or last, not both.")
	}
	size, name := DefaultSize, "first"
	if a.First != nil {
		size = *a.First
	}
	if a.Last != nil {
		size, name = *a.Last, "last"
	}
	if size < 0 || size > MaxSize {
		return Request{}, fault.New(fault.BadUserInput, fmt.Sprintf("%s must be between 0 and %d.", name, MaxSize))
	}
	return Request{Size: size, Backward: a.Last != nil, After: a.After, Before: a.Before}, nil
}

// Info is a page's PageInfo.
type Info struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// EncodeCursor writes a cursor that holds a position: any value that survives
// JSON. Cursors are opaque but not secret: they hold only what the reader of
// the page can see.
func EncodeCursor(position any) (string, error) {
	b, err := json.Marshal(position)
	if err != nil {
		return "", fmt.Errorf("writing a cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// DecodeCursor reads a cursor into position. One that EncodeCursor cannot have written is
// a BAD_USER_INPUT fault.
func DecodeCursor(cursor string, position any) error {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, position)
	}
	if err != nil {
		return fault.New(fault.BadUserInput, "The cursor is not one of ours; take endCursor or startCursor of a page, unchanged.")
	}
	return nil
}

// Cut takes what a query of one row more than the page's size answered, in the query's own direction, and gives the
// page's items in reading order with what lies beyond them. cursor writes an item's cursor.
func Cut[T any](req Request, rows []T, cursor func(T) (string, error)) ([]T, Info, error) {
	rows, info := Trim(req, rows)
	if len(rows) == 0 {
		return rows, info, nil
	}
	start, err := cursor(rows[0])
	if err != nil {
		return nil, Info{}, err
	}
	end, err := cursor(rows[len(rows)-1])
	if err != nil {
		return nil, Info{}, err
	}
	info.StartCursor, info.EndCursor = &start, &end
	return rows, info, nil
}

// Trim is Cut where nobody asks for the page's cursors.
func Trim[T any](req Request, rows []T) ([]T, Info) {
	more := len(rows) > req.Size
	if more {
		rows = rows[:req.Size]
	}
	info := Info{HasNextPage: more, HasPreviousPage: req.After != nil}
	if req.Backward {
		for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
		info = Info{HasNextPage: req.Before != nil, HasPreviousPage: more}
	}
	return rows, info
}
