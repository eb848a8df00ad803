// Package coerce is what generated code is made of: it turns the values of
// variables and literals into Go values, and Go values into what the engine takes.
//
// Values to read arrive as map[string]any, []any, string, json.Number, int64,
// float64, bool and nil. No error ever repeats one of them.
package coerce

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/99designs/gqlgen/graphql"
)

// Decoder turns a value into a T.
type Decoder[T any] func(ctx context.Context, v any) (T, error)

var errNull = errors.New("must not be null")

// Pointer reads null as nil.
func Pointer[T any](decode Decoder[T]) Decoder[*T] {
	return func(ctx context.Context, v any) (*T, error) {
		if v == nil {
			return nil, nil
		}
		out, err := decode(ctx, v)
		if err != nil {
			return nil, err
		}
		return &out, nil
	}
}

// OrZero reads null as the zero value.
func OrZero[T any](decode Decoder[T]) Decoder[T] {
	return func(ctx context.Context, v any) (T, error) {
		if v == nil {
			var zero T
			return zero, nil
		}
		return decode(ctx, v)
	}
}

// List reads a list; one value stands for a list of one, and null is a nil slice.
func List[T any](decode Decoder[T]) Decoder[[]T] {
	return func(ctx context.Context, v any) ([]T, error) {
		if v == nil {
			return nil, nil
		}
		values, ok := v.([]any)
		if !ok {
			values = []any{v}
		}
		out := make([]T, len(values))
		for i, value := range values {
			decoded, err := decode(ctx, value)
			if err != nil {
				return nil, at(ast.PathIndex(i), err)
			}
			out[i] = decoded
		}
		return out, nil
	}
}

// Object sees an input object in a value.
func Object(v any) (map[string]any, error) {
	fields, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("must be an object")
	}
	return fields, nil
}

// Field reads one field of an input object into target, which is left alone where
// the field is absent.
func Field[T any](ctx context.Context, fields map[string]any, name string, decode Decoder[T], target *T) error {
	v, ok := fields[name]
	if !ok {
		return nil
	}
	return read(ctx, v, name, decode, target)
}

// Omittable reads a field whose absence differs from null.
func Omittable[T any](decode Decoder[T]) Decoder[graphql.Omittable[T]] {
	return func(ctx context.Context, v any) (graphql.Omittable[T], error) {
		out, err := decode(ctx, v)
		if err != nil {
			return graphql.Omittable[T]{}, err
		}
		return graphql.OmittableOf(out), nil
	}
}

func read[T any](ctx context.Context, v any, name string, decode Decoder[T], target *T) error {
	out, err := decode(ctx, v)
	if err != nil {
		return at(ast.PathName(name), err)
	}
	*target = out
	return nil
}

// Argument reads one argument of a field.
type Argument struct {
	name   string
	decode func(ctx context.Context, v any) (any, error)
}

// Arg is the argument of a name, read by decode.
func Arg[T any](name string, decode Decoder[T]) Argument {
	return Argument{name, func(ctx context.Context, v any) (any, error) { return decode(ctx, v) }}
}

// Args reads all arguments of a field. Its error is fit for the caller: a
// *gqlerror.Error whose message starts with where in the arguments the value is.
func Args(arguments ...Argument) func(ctx context.Context, raw map[string]any) (map[string]any, error) {
	return func(ctx context.Context, raw map[string]any) (map[string]any, error) {
		out := make(map[string]any, len(arguments))
		for _, argument := range arguments {
			v, given := raw[argument.name]
			decoded, err := argument.decode(ctx, v)
			if err != nil && !given {
				err = errors.New("must be given")
			}
			if err != nil {
				return nil, public(at(ast.PathName(argument.name), err))
			}
			out[argument.name] = decoded
		}
		return out, nil
	}
}

// Get takes a decoded argument out of args.
func Get[T any](args map[string]any, name string) T {
	v, _ := args[name].(T)
	return v
}

// misplaced is an error and where in an input it is.
type misplaced struct {
	path ast.Path
	err  error
}

func (m *misplaced) Error() string { return m.path.String() + ": " + m.err.Error() }
func (m *misplaced) Unwrap() error { return m.err }

// at puts an element before the path of err.
func at(element ast.PathElement, err error) error {
	var inner *misplaced
	if errors.As(err, &inner) {
		return &misplaced{append(ast.Path{element}, inner.path...), inner.err}
	}
	return &misplaced{ast.Path{element}, err}
}

func public(err error) error {
	return &gqlerror.Error{Err: err, Message: err.Error(), Extensions: map[string]any{"code": "BAD_USER_INPUT"}}
}

// Refused is the error of a scalar or enum that did not take a value. Where what the
// scalar says would repeat the value, it is said in our words instead.
func Refused(graphqlType string, v any, err error) error {
	if err == nil {
		return nil
	}
	if v == nil {
		return errNull
	}
	switch v.(type) {
	case map[string]any, []any:
		return errors.New("must be a single " + graphqlType)
	}
	if repeats(err.Error(), fmt.Sprint(v)) {
		return errors.New("is not a valid " + graphqlType)
	}
	return err
}

// repeats reports whether message holds value as a word or words of its own.
func repeats(message, value string) bool {
	if value == "" {
		return false
	}
	for start := 0; ; {
		i := strings.Index(message[start:], value)
		if i < 0 {
			return false
		}
		i += start
		end := i + len(value)
		if !inWord(message, i) && !inWord(message, end) {
			return true
		}
		start = i + 1
	}
}

// inWord reports whether position i is between two letters or digits.
func inWord(s string, i int) bool {
	return i > 0 && i < len(s) && alphanumeric(s[i-1]) && alphanumeric(s[i])
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}
