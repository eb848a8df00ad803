package graphql

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// internalMessage is all a client learns of an error that was not meant for it.
const internalMessage = "internal system error"

// ErrorPresenterFunc decides what the client sees of an error. The error it is
// given is a *gqlerror.Error with a path that wraps what the resolver returned:
// errors.As and errors.Is find that.
type ErrorPresenterFunc func(ctx context.Context, err error) *gqlerror.Error

// RecoverFunc turns what a panic carried into an error for the client.
type RecoverFunc func(ctx context.Context, err any) (userMessage error)

// DefaultErrorPresenter shows errors made with gqlerror as they are, and of all
// others nothing but that there was one: an error's text may hold what somebody
// typed, and only its author can say that it may be shown.
func DefaultErrorPresenter(ctx context.Context, err error) *gqlerror.Error {
	presented, _ := ErrorOnPath(ctx, err).(*gqlerror.Error) //nolint:errorlint // ErrorOnPath makes one
	return presented
}

// DefaultRecover writes where it happened, and of what type the panic was, to
// standard error. The value is left out: it may hold what somebody typed.
func DefaultRecover(_ context.Context, err any) error {
	fmt.Fprintf(os.Stderr, "graphql: panic of type %T\n%s\n", err, debug.Stack())
	return gqlerror.Errorf(internalMessage)
}

// ErrorOnPath gives err the path and the location of the field that ctx belongs
// to, unless it has its own. It answers a *gqlerror.Error whose message may be
// shown, and which wraps err; nil for nil.
func ErrorOnPath(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var public *gqlerror.Error
	if !errors.As(err, &public) || public == nil {
		public = &gqlerror.Error{Message: internalMessage}
	}
	placed := *public
	if error(public) != err {
		placed.Err = err
	}
	if placed.Path == nil {
		placed.Path = GetPath(ctx)
	}
	if placed.Locations == nil {
		placed.Locations = location(GetFieldContext(ctx))
	}
	return &placed
}

func location(field *FieldContext) []gqlerror.Location {
	for field != nil && field.Index != nil {
		field = field.Parent // a list element stands where its field does
	}
	if field == nil || field.Field.Field == nil || field.Field.Position == nil {
		return nil
	}
	at := field.Field.Position
	return []gqlerror.Location{{Line: at.Line, Column: at.Column}}
}
