// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/library"
	"github.com/99designs/gqlgen/codegen/testserver/model"
)

// Books is the resolver for the books field.
func (r *authorResolver) Books(ctx context.Context, obj *library.Author) ([]*library.Book, error) {
	return slices.DeleteFunc(books(), func(b *library.Book) bool { return b.AuthorID != obj.ID }), nil
}

// Genre is the resolver for the genre field.
func (r *bookResolver) Genre(ctx context.Context, obj *library.Book) (*model.Genre, error) {
	genre := model.GenreHistory
	if obj.Subtitle == nil {
		return nil, nil
	}
	return &genre, nil
}

// Author is the resolver for the author field.
func (r *bookResolver) Author(ctx context.Context, objs []*library.Book) ([]*library.Author, error) {
	r.AuthorCalls.Add(1)
	out := make([]*library.Author, len(objs))
	for i, book := range objs {
		out[i] = authors()[book.AuthorID]
	}
	return out, nil
}

// Related is the resolver for the related field.
func (r *bookResolver) Related(ctx context.Context, objs []*library.Book, first *int) ([][]*library.Book, error) {
	out := make([][]*library.Book, len(objs))
	for i, book := range objs {
		others := slices.DeleteFunc(books(), func(b *library.Book) bool { return b.ID == book.ID })
		out[i] = others[:min(*first, len(others))]
	}
	return out, nil
}

// Book is the resolver for the book field.
func (r *queryResolver) Book(ctx context.Context, id *string, isbn *library.ISBN) (*library.Book, error) {
	return find(func(b *library.Book) bool {
		return id != nil && b.ID == *id || isbn != nil && b.ISBN == *isbn
	}), nil
}

// Books is the resolver for the books field.
func (r *queryResolver) Books(ctx context.Context, filter *model.BookFilter, order *model.BookOrder) ([]*library.Book, error) {
	r.Filter, r.Order = filter, order
	return books(), nil
}

// Item is the resolver for the item field.
func (r *queryResolver) Item(ctx context.Context, id string) (model.Item, error) {
	if author := authors()[id]; author != nil {
		return author, nil
	}
	return find(func(b *library.Book) bool { return b.ID == id }), nil
}

// Search is the resolver for the search field.
func (r *queryResolver) Search(ctx context.Context, words []string) ([]model.Found, error) {
	var out []model.Found
	for _, word := range words {
		switch word {
		case "shelf":
			out = append(out, library.Shelf{Room: "south", Row: 1})
		case "author":
			out = append(out, authors()["a1"])
		case "book":
			out = append(out, books()[0])
		default:
			out = append(out, nil)
		}
	}
	return out, nil
}

// Closed is the resolver for the closed field.
func (r *queryResolver) Closed(ctx context.Context, on library.Weekday) (library.Weekday, error) {
	return on, nil
}

// Paint is the resolver for the paint field.
func (r *queryResolver) Paint(ctx context.Context, colours []library.Colour, mass *int64) ([]library.Colour, error) {
	if mass != nil {
		colours = append(colours, "")
	}
	return colours, nil
}

// Weigh is the resolver for the weigh field.
func (r *queryResolver) Weigh(ctx context.Context, mass int64) (int64, error) {
	return mass + 1, nil
}

// Matrix is the resolver for the matrix field.
func (r *queryResolver) Matrix(ctx context.Context, rows [][]int) ([][]int, error) {
	return rows, nil
}

// Author gives the resolvers of Author.
func (r *Resolver) Author() generated.AuthorResolver { return &authorResolver{r} }

type authorResolver struct{ *Resolver }

// Book gives the resolvers of Book.
func (r *Resolver) Book() generated.BookResolver { return &bookResolver{r} }

type bookResolver struct{ *Resolver }

// Query gives the resolvers of Query.
func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
