// Package resolvers answers the test server's schema from a few books in memory.
package resolvers

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/codegen/testserver/library"
	"github.com/99designs/gqlgen/codegen/testserver/model"
)

// Resolver is the root of all resolvers. It counts calls, so that a test can see batches.
type Resolver struct {
	AuthorCalls, EntityCalls atomic.Int64
	// Reverse makes the entities' resolver answer out of order, and Drop one too few.
	Reverse, Drop bool
	// Read answers what is read aloud, where it is set.
	Read func(ctx context.Context) string
	// Seen is the filter, order and words of the last query.
	Filter *model.BookFilter
	Order  *model.BookOrder
}

func books() []*library.Book {
	day := time.Date(1995, 4, 2, 0, 0, 0, 0, time.UTC)
	subtitle := "a history"
	return []*library.Book{
		{ID: "b1", ISBN: "978-1", Title: "Night", Subtitle: &subtitle, Pages: 120, Language: library.English, AuthorID: "a1",
			Published: &day, Tags: []string{"old", "read"}, Shelf: library.Shelf{Room: "north", Row: 2}, Copies: []library.Copy{{Number: 1}, {Number: 2}}},
		{ID: "b2", ISBN: "978-2", Title: "Lent \"days\"", Pages: 80, Language: library.Welsh, AuthorID: "a2"},
		{ID: "b3", ISBN: "978-3", Title: "Noon", Pages: 300, Language: library.English, AuthorID: "none"},
	}
}

func authors() map[string]*library.Author {
	return map[string]*library.Author{
		"a1": {ID: "a1", Name: "Ann", Shelf: &library.Shelf{Room: "north", Row: 2}},
		"a2": {ID: "a2", Name: "Bea"},
	}
}

func find(matches func(*library.Book) bool) *library.Book {
	i := slices.IndexFunc(books(), matches)
	if i < 0 {
		return nil
	}
	return books()[i]
}

// answer disturbs what the entities' resolver found, as the test asks.
func (r *Resolver) answer(found []*library.Book) []*library.Book {
	if r.Reverse {
		slices.Reverse(found)
	}
	if r.Drop {
		return found[1:]
	}
	return found
}
