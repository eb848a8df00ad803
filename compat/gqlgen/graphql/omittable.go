package graphql

import (
	"context"
	"encoding/json"
	"io"
)

// Omittable is an input value that may have been left out, which is not the same
// as null. Its zero value is left out.
type Omittable[T any] struct {
	value T
	set   bool
}

// OmittableOf is a value that was given.
func OmittableOf[T any](value T) Omittable[T] {
	return Omittable[T]{value: value, set: true}
}

// Value is the value, the zero T where it was left out.
func (o Omittable[T]) Value() T {
	if !o.set {
		var zero T
		return zero
	}
	return o.value
}

// ValueOK is the value, and whether it was given.
func (o Omittable[T]) ValueOK() (T, bool) {
	if !o.set {
		var zero T
		return zero, false
	}
	return o.value, true
}

// IsSet says whether the value was given.
func (o Omittable[T]) IsSet() bool { return o.set }

// IsZero says whether the value was left out; omitzero of encoding/json asks it.
func (o Omittable[T]) IsZero() bool { return !o.set }

// MarshalJSON writes the value, null where it was left out.
func (o Omittable[T]) MarshalJSON() ([]byte, error) {
	if !o.set {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads a value; whatever is there, null included, was given.
func (o *Omittable[T]) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &o.value); err != nil {
		return err
	}
	o.set = true
	return nil
}

// MarshalGQL writes the value, null where it was left out.
func (o Omittable[T]) MarshalGQL(w io.Writer) {
	switch v := any(o.value).(type) {
	case Marshaler:
		if o.set {
			v.MarshalGQL(w)
			return
		}
	default:
		if o.set {
			writeJSON(w, v)
			return
		}
	}
	Null.MarshalGQL(w)
}

// MarshalGQLContext writes the value, null where it was left out.
func (o Omittable[T]) MarshalGQLContext(ctx context.Context, w io.Writer) error {
	if v, ok := any(o.value).(ContextMarshaler); ok && o.set {
		return v.MarshalGQLContext(ctx, w)
	}
	o.MarshalGQL(w)
	return nil
}

// UnmarshalGQL reads a value with the T's own method.
func (o *Omittable[T]) UnmarshalGQL(v any) error {
	u, ok := any(&o.value).(Unmarshaler)
	if !ok {
		return unfit("a value this type can read")
	}
	if err := u.UnmarshalGQL(v); err != nil {
		return err
	}
	o.set = true
	return nil
}

// UnmarshalGQLContext reads a value with the T's own method.
func (o *Omittable[T]) UnmarshalGQLContext(ctx context.Context, v any) error {
	u, ok := any(&o.value).(ContextUnmarshaler)
	if !ok {
		return o.UnmarshalGQL(v)
	}
	if err := u.UnmarshalGQLContext(ctx, v); err != nil {
		return err
	}
	o.set = true
	return nil
}
