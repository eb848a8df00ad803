package graphql

import (
	"context"
	"time"
)

// Stats says when the parts of an operation began and ended. Extensions keep
// what they find under their own names.
type Stats struct {
	OperationStart time.Time
	Read           TraceTiming
	Parsing        TraceTiming
	Validation     TraceTiming

	extension map[string]any
}

// TraceTiming is a span of time.
type TraceTiming struct {
	Start time.Time
	End   time.Time
}

// SetExtension keeps data under an extension's name.
func (s *Stats) SetExtension(name string, data any) {
	if s.extension == nil {
		s.extension = map[string]any{}
	}
	s.extension[name] = data
}

// GetExtension returns what an extension kept under its name, or nil.
func (s *Stats) GetExtension(name string) any { return s.extension[name] }

type startKey struct{}

// Now is the time.
func Now() time.Time { return time.Now() }

// StartOperationTrace notes in a context that an operation has begun.
func StartOperationTrace(ctx context.Context) context.Context {
	return context.WithValue(ctx, startKey{}, Now())
}

// GetStartTime says when the operation began. It panics for a context that
// StartOperationTrace did not make.
func GetStartTime(ctx context.Context) time.Time {
	start, ok := ctx.Value(startKey{}).(time.Time)
	if !ok {
		panic("graphql: the context does not say when its operation began")
	}
	return start
}
