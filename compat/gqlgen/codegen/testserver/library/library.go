// Package library is a domain to bind a schema to: structs, methods, and scalars of
// every form, none of which knows that it is generated from.
package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Book is bound by its name. Some of its fields are methods.
type Book struct {
	ID        string
	ISBN      ISBN
	Title     string
	Subtitle  *string
	Pages     int
	Weight    *float64
	Language  Language
	Tags      []string
	Published *time.Time
	Shelf     Shelf
	Copies    []Copy
	AuthorID  string
}

// IsItem says that the graph's item finds it.
func (*Book) IsItem() {}

// IsFound says that a search finds it.
func (*Book) IsFound() {}

// Lent reports whether it is out.
func (b *Book) Lent() bool { return strings.HasPrefix(b.Title, "Lent") }

// Signature takes an argument and may fail.
func (b *Book) Signature(length int) (string, error) {
	if length < 1 {
		return "", errors.New("too short")
	}
	return b.Title[:min(length, len(b.Title))], nil
}

// Summary takes a context.
func (b *Book) Summary(ctx context.Context) (*string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text := b.Title + ", " + strconv.Itoa(b.Pages) + " pages"
	return &text, nil
}

// Shelf is held by value.
type Shelf struct {
	Room string
	Row  int
}

// IsFound has a value receiver, so that a Shelf is found by value too.
func (Shelf) IsFound() {}

// ShelfInput has the same fields as Shelf, read from an input.
type ShelfInput struct {
	Room string
	Row  int
}

// Copy is held by value in a list.
type Copy struct{ Number int }

// Author is bound by its name.
type Author struct {
	ID    string
	Name  string
	Shelf *Shelf
}

// IsItem says that the graph's item finds it.
func (*Author) IsItem() {}

// IsFound says that a search finds it.
func (*Author) IsFound() {}

// ISBN is a scalar with methods.
type ISBN string

// MarshalGQL writes the number.
func (i ISBN) MarshalGQL(w io.Writer) { fmt.Fprint(w, strconv.Quote(string(i))) }

// UnmarshalGQL echoes what was typed in its error, as careless scalars do.
func (i *ISBN) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	if !strings.HasPrefix(text, "978") {
		return fmt.Errorf("%q does not start with 978", text)
	}
	*i = ISBN(text)
	return nil
}

// MarshalDay writes a day; the zero time is null.
func MarshalDay(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) { fmt.Fprint(w, strconv.Quote(t.Format(time.DateOnly))) })
}

// UnmarshalDay reads a day.
func UnmarshalDay(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, errors.New("a day is written 2026-10-02")
	}
	return t, nil
}

// Colour is a scalar whose methods take a context.
type Colour string

// MarshalGQLContext fails for what is no colour.
func (c Colour) MarshalGQLContext(_ context.Context, w io.Writer) error {
	if c == "" {
		return errors.New("no colour")
	}
	_, err := io.WriteString(w, strconv.Quote(string(c)))
	return err
}

// UnmarshalGQLContext reads a colour.
func (c *Colour) UnmarshalGQLContext(_ context.Context, v any) error {
	text, ok := v.(string)
	*c = Colour(strings.ToLower(text))
	if !ok {
		return errors.New("a colour is written as text")
	}
	return nil
}

// MarshalMass writes grams.
func MarshalMass(grams int64) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		_, err := fmt.Fprintf(w, "\"%d g\"", grams)
		return err
	})
}

// UnmarshalMass reads grams.
func UnmarshalMass(_ context.Context, v any) (int64, error) {
	text, _ := v.(string)
	grams, err := strconv.ParseInt(strings.TrimSuffix(text, " g"), 10, 64)
	if err != nil {
		return 0, errors.New("a mass is written 12 g")
	}
	return grams, nil
}

// Language is an enum without methods: a string whose values are the schema's.
type Language string

// The values of Language.
const (
	English Language = "ENGLISH"
	Welsh   Language = "WELSH"
)

// Weekday is an enum whose values are bound one by one.
type Weekday int

// The values of Weekday.
const (
	Monday Weekday = iota + 1
	Sunday
)
