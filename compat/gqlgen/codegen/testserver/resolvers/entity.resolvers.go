// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/library"
	"github.com/99designs/gqlgen/codegen/testserver/model"
)

// FindAuthorByID finds Author entities for other subgraphs.
func (r *entityResolver) FindAuthorByID(ctx context.Context, id string) (*library.Author, error) {
	if id == "broken" {
		panic("the shelf fell over")
	}
	return authors()[id], nil
}

// FindAuthorByShelfRoomAndShelfRow finds Author entities for other subgraphs.
func (r *entityResolver) FindAuthorByShelfRoomAndShelfRow(ctx context.Context, shelfRoom string, shelfRow int) (*library.Author, error) {
	for _, author := range authors() {
		if author.Shelf != nil && *author.Shelf == (library.Shelf{Room: shelfRoom, Row: shelfRow}) {
			return author, nil
		}
	}
	return nil, nil
}

// FindManyBookByIDs finds Book entities for other subgraphs.
func (r *entityResolver) FindManyBookByIDs(ctx context.Context, reps []*model.BookByIDsInput) ([]*library.Book, error) {
	r.EntityCalls.Add(1)
	out := make([]*library.Book, len(reps))
	for i, rep := range reps {
		out[i] = find(func(b *library.Book) bool { return b.ID == rep.ID })
	}
	return r.answer(out), nil
}

// FindManyBookByIsbns finds Book entities for other subgraphs.
func (r *entityResolver) FindManyBookByIsbns(ctx context.Context, reps []*model.BookByIsbnsInput) ([]*library.Book, error) {
	r.EntityCalls.Add(1)
	out := make([]*library.Book, len(reps))
	for i, rep := range reps {
		out[i] = find(func(b *library.Book) bool { return b.ISBN == rep.Isbn })
	}
	return r.answer(out), nil
}

// Entity gives the resolvers of Entity.
func (r *Resolver) Entity() generated.EntityResolver { return &entityResolver{r} }

type entityResolver struct{ *Resolver }
