package coerce

import "context"

// Appender appends the JSON of a leaf; ok is false for null.
type Appender[T any] = func(ctx context.Context, dst []byte, v T) (out []byte, ok bool, err error)

// Append is the Appender of what a field answered: a T, or a pointer to one.
func Append[T any](write Appender[T]) Appender[any] {
	return func(ctx context.Context, dst []byte, value any) ([]byte, bool, error) {
		v, ok, err := Leaf[T](value)
		if !ok {
			return dst, false, err
		}
		return write(ctx, dst, v)
	}
}

// AppendPointer appends what a pointer points to.
func AppendPointer[T any](ctx context.Context, dst []byte, p *T, write Appender[T]) ([]byte, bool, error) {
	if p == nil {
		return dst, false, nil
	}
	return write(ctx, dst, *p)
}
