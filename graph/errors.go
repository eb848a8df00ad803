package graph

import (
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"lfpse/internal/fault"
)

// presenter makes of an error what a caller may be told, and logs what it may
// not. Neither repeats a value that somebody typed.
func presenter(log *slog.Logger, discreet func(error) error) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		var shown *gqlerror.Error
		if !errors.As(err, &shown) {
			shown = &gqlerror.Error{Err: err, Path: graphql.GetPath(ctx)}
		}
		switch shown.Extensions["code"] {
		case string(fault.TooComplex):
			return shown
		case "COMPLEXITY_LIMIT_EXCEEDED": // the engine's own name for it
			shown.Extensions = map[string]any{"code": string(fault.TooComplex)}
			return shown
		case string(fault.BadUserInput): // an argument's, which names the argument alone
			return &gqlerror.Error{
				Message: shown.Message, Path: shown.Path, Locations: shown.Locations,
				Extensions: map[string]any{"code": string(fault.BadUserInput)},
			}
		}
		if cause := shown.Unwrap(); cause != nil {
			return presentCause(ctx, log, discreet, shown, cause)
		}
		return presentRequest(shown)
	}
}

// presentCause shows an error that our own code answered.
func presentCause(ctx context.Context, log *slog.Logger, discreet func(error) error, shown *gqlerror.Error, cause error) *gqlerror.Error {
	kind, message := fault.Public(cause)
	if kind == fault.Internal && !errors.Is(cause, context.Canceled) {
		log.ErrorContext(ctx, "a field failed", append(resolved(ctx), "error", discreet(cause))...)
	}
	return &gqlerror.Error{
		Message: message, Path: shown.Path, Locations: shown.Locations,
		Extensions: map[string]any{"code": string(kind)},
	}
}

// resolved names the field that was being resolved in words of the schema: its
// path would have those of the caller, who may give it any alias.
func resolved(ctx context.Context) []any {
	at := graphql.GetFieldContext(ctx)
	for at != nil && at.Field.Field == nil { // an element of a list
		at = at.Parent
	}
	if at == nil {
		return nil
	}
	return []any{"object", at.Object, "field", at.Field.Name}
}

// quoting are the validation rules whose messages repeat values of the document.
var quoting = map[string]string{
	"ValuesOfCorrectType":          "A value is not of the type that its argument takes; the location says which.",
	"VariablesInAllowedPosition":   "A variable is used where its type does not fit; the location says where.",
	"UniqueInputFieldNames":        "An input names a field twice; the location says which.",
	"ProvidedRequiredArguments":    "",
	"OverlappingFieldsCanBeMerged": "Two fields of one name ask for different things; give one of them an alias.",
}

// presentRequest shows an error of the request itself: syntax, validation,
// variables. Messages that could repeat a value are replaced.
func presentRequest(shown *gqlerror.Error) *gqlerror.Error {
	message := shown.Message
	if plain := quoting[shown.Rule]; plain != "" {
		message = plain
	}
	if shown.Rule == "" && shown.Extensions["code"] == "GRAPHQL_PARSE_FAILED" {
		message = "The document is not GraphQL; the location says where reading it ended."
	}
	return &gqlerror.Error{
		Message: message, Path: shown.Path, Locations: shown.Locations, Rule: shown.Rule,
		Extensions: map[string]any{"code": string(fault.BadUserInput)},
	}
}
