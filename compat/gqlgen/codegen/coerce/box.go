package coerce

import (
	"context"
	"fmt"
	"reflect"
	"slices"
)

// Box answers a pointer as the engine takes it: nil as untyped nil.
func Box[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// Untyped answers untyped nil for a nil pointer in an interface.
func Untyped(v any) any {
	if value := reflect.ValueOf(v); value.Kind() == reflect.Pointer && value.IsNil() {
		return nil
	}
	return v
}

// Address boxes a struct that is answered by value.
func Address[T any](v T) any { return &v }

// Elems is AppendElems of what a field answered; what is no []T is not ok either.
func Elems[T any](box func(T) any) func(list any, to []any) ([]any, bool) {
	return func(list any, to []any) ([]any, bool) {
		values, _ := list.([]T)
		return AppendElems(to, values, box)
	}
}

// AppendElems appends the elements of a list, each as box answers it. A nil slice is not ok.
func AppendElems[T any](to []any, values []T, box func(T) any) ([]any, bool) {
	to = slices.Grow(to, len(values))
	for _, v := range values {
		to = append(to, box(v))
	}
	return to, values != nil
}

// Leaf takes a T out of what a field answered: a T, or a pointer to one. ok is false
// for null.
func Leaf[T any](value any) (v T, ok bool, err error) {
	switch value := value.(type) {
	case nil:
		return v, false, nil
	case T:
		return value, true, nil
	case *T:
		if value == nil {
			return v, false, nil
		}
		return *value, true, nil
	}
	return v, false, fmt.Errorf("a %T where a %T belongs", value, v)
}

// Parents gives parents their type back.
func Parents[T any](parents []any) []T {
	out := make([]T, len(parents))
	for i, p := range parents {
		out[i] = p.(T)
	}
	return out
}

// Results boxes what a batch resolver answered. Its length is the engine's to check.
func Results[T any](results []T, box func(T) any) []any {
	out := make([]any, len(results))
	for i, r := range results {
		out[i] = box(r)
	}
	return out
}

// Stream forwards a subscription's channel until it is closed or ctx is done, and
// closes the channel that it answers.
func Stream[T any](ctx context.Context, in <-chan T, box func(T) any) <-chan any {
	out := make(chan any)
	go func() {
		defer close(out)
		for in != nil {
			var v T
			var more bool
			select {
			case <-ctx.Done():
			case v, more = <-in:
			}
			if !more {
				return
			}
			select {
			case <-ctx.Done():
				return
			case out <- box(v):
			}
		}
	}()
	return out
}
