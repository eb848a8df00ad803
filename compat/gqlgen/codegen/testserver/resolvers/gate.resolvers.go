// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/codegen/testserver/library"
)

// Archive is the resolver for the archive field.
func (r *queryResolver) Archive(ctx context.Context, from int) ([]*library.Book, error) {
	return books()[from:], nil
}

// Reading is the resolver for the reading field.
func (r *queryResolver) Reading(ctx context.Context) (string, error) {
	if r.Read != nil {
		return r.Read(ctx), nil
	}
	return "aloud", nil
}
