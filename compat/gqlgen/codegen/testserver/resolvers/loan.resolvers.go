// The resolvers of one schema file. The generator rewrites it: bodies and comments of
// resolvers stay, everything else moves to a file beside it.

package resolvers

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/codegen/testserver/generated"
	"github.com/99designs/gqlgen/codegen/testserver/library"
	"github.com/99designs/gqlgen/codegen/testserver/model"
)

// Book is the resolver for the book field.
func (r *loanResolver) Book(ctx context.Context, obj *model.Loan) (*library.Book, error) {
	return books()[0], nil
}

// Lend is the resolver for the lend field.
func (r *mutationResolver) Lend(ctx context.Context, input model.LendInput) (*model.LendPayload, error) {
	loan := &model.Loan{ID: "l1", Due: input.Until}
	if note, given := input.Note.ValueOK(); given {
		loan.Note = note
	}
	return &model.LendPayload{Loan: loan, NoteGiven: input.Note.IsSet()}, nil
}

// Loans is the resolver for the loans field.
func (r *queryResolver) Loans(ctx context.Context) ([]*model.Loan, error) {
	return nil, nil
}

// Lent is the resolver for the lent field.
func (r *subscriptionResolver) Lent(ctx context.Context, first int) (<-chan *model.Loan, error) {
	out := make(chan *model.Loan)
	go func() {
		defer close(out)
		for i := range first {
			select {
			case <-ctx.Done():
				return
			case out <- &model.Loan{ID: strconv.Itoa(i)}:
			}
		}
	}()
	return out, nil
}

// Loan gives the resolvers of Loan.
func (r *Resolver) Loan() generated.LoanResolver { return &loanResolver{r} }

type loanResolver struct{ *Resolver }

// Mutation gives the resolvers of Mutation.
func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

type mutationResolver struct{ *Resolver }

// Subscription gives the resolvers of Subscription.
func (r *Resolver) Subscription() generated.SubscriptionResolver { return &subscriptionResolver{r} }

type subscriptionResolver struct{ *Resolver }
