package graphql

import (
	"context"
	"io"
)

// Marshaler writes a value of a scalar or an enum as JSON.
type Marshaler interface {
	MarshalGQL(w io.Writer)
}

// Unmarshaler reads a value of a scalar or an enum from what encoding/json or a
// literal in a document gives: string, json.Number, int64, float64, bool, []any,
// map[string]any or nil.
type Unmarshaler interface {
	UnmarshalGQL(v any) error
}

// ContextMarshaler is a Marshaler that needs the request's context or may fail.
type ContextMarshaler interface {
	MarshalGQLContext(ctx context.Context, w io.Writer) error
}

// ContextUnmarshaler is an Unmarshaler that needs the request's context.
type ContextUnmarshaler interface {
	UnmarshalGQLContext(ctx context.Context, v any) error
}

// WriterFunc is a function as a Marshaler.
type WriterFunc func(writer io.Writer)

// MarshalGQL calls f.
func (f WriterFunc) MarshalGQL(w io.Writer) { f(w) }

// ContextWriterFunc is a function as a ContextMarshaler.
type ContextWriterFunc func(ctx context.Context, writer io.Writer) error

// MarshalGQLContext calls f.
func (f ContextWriterFunc) MarshalGQLContext(ctx context.Context, w io.Writer) error {
	return f(ctx, w)
}

// WrapContextMarshaler binds m to ctx. What m fails with is added to the errors
// of the response, and null is written.
func WrapContextMarshaler(ctx context.Context, m ContextMarshaler) Marshaler {
	return WriterFunc(func(w io.Writer) {
		if err := m.MarshalGQLContext(ctx, w); err != nil {
			AddError(ctx, err)
			Null.MarshalGQL(w)
		}
	})
}

type literal string

func (l literal) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, string(l)) }

func (l literal) MarshalGQLContext(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(l))
	return err
}

// The literals of JSON.
const (
	Null  = literal("null")
	True  = literal("true")
	False = literal("false")
)
