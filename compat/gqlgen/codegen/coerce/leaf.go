package coerce

import "context"

// Appender appends the JSON of a leaf that a field answered; ok is false for null.
type Appender = func(ctx context.Context, dst []byte, value any) (out []byte, ok bool, err error)

// Append is the Appender of a function that cannot fail.
func Append[T any](write func(dst []byte, v T) ([]byte, bool)) Appender {
	return func(_ context.Context, dst []byte, value any) ([]byte, bool, error) {
		v, ok, err := Leaf[T](value)
		if !ok {
			return dst, false, err
		}
		dst, ok = write(dst, v)
		return dst, ok, nil
	}
}

// AppendContext is the Appender of a function that can, or that needs the context.
func AppendContext[T any](write func(ctx context.Context, dst []byte, v T) ([]byte, bool, error)) Appender {
	return func(ctx context.Context, dst []byte, value any) ([]byte, bool, error) {
		v, ok, err := Leaf[T](value)
		if !ok {
			return dst, false, err
		}
		return write(ctx, dst, v)
	}
}
