package graphql

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The errors of reading a scalar say what was expected and never what came: it
// may be somebody's data.
func unfit(expected string) error { return gqlerror.Errorf("%s expected", expected) }

// MarshalInt writes i.
func MarshalInt(i int) Marshaler { return marshalInteger(int64(i)) }

// MarshalInt32 writes i.
func MarshalInt32(i int32) Marshaler { return marshalInteger(int64(i)) }

// MarshalInt64 writes i.
func MarshalInt64(i int64) Marshaler { return marshalInteger(i) }

func marshalInteger(i int64) Marshaler {
	return WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.FormatInt(i, 10)) })
}

// UnmarshalInt reads GraphQL's Int: a whole number of 32 bits.
func UnmarshalInt(v any) (int, error) {
	i, err := UnmarshalInt32(v)
	return int(i), err
}

// UnmarshalInt32 reads GraphQL's Int: a whole number of 32 bits.
func UnmarshalInt32(v any) (int32, error) {
	i, ok := integer(v)
	if !ok || i < math.MinInt32 || i > math.MaxInt32 {
		return 0, unfit("a whole number of 32 bits")
	}
	return int32(i), nil
}

// UnmarshalInt64 reads a whole number of 64 bits, for scalars other than Int.
func UnmarshalInt64(v any) (int64, error) {
	i, ok := integer(v)
	if !ok {
		return 0, unfit("a whole number of 64 bits")
	}
	return i, nil
}

// integer reads a whole number. 1.0 is one, the string "1" is not.
// Specification: input coercion of Int.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int32:
		return int64(v), true
	case int64:
		return v, true
	case float64:
		return wholeFloat(v)
	case json.Number:
		if i, err := strconv.ParseInt(string(v), 10, 64); err == nil {
			return i, true
		}
		f, err := v.Float64()
		if err != nil {
			return 0, false
		}
		return wholeFloat(f)
	default:
		return 0, false
	}
}

// wholeFloat accepts what a double represents exactly, up to 2^53.
func wholeFloat(f float64) (int64, bool) {
	if f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// MarshalFloat writes f; a value that is not finite becomes null.
func MarshalFloat(f float64) Marshaler {
	return WriterFunc(func(w io.Writer) {
		writeJSON(w, f)
	})
}

// MarshalFloatContext writes f and fails for a value that is not finite.
func MarshalFloatContext(f float64) ContextMarshaler {
	return ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return gqlerror.Errorf("a float that is not finite has no representation")
		}
		writeJSON(w, f)
		return nil
	})
}

// UnmarshalFloat reads GraphQL's Float: any finite number.
func UnmarshalFloat(v any) (float64, error) {
	switch v := v.(type) {
	case int:
		return float64(v), nil
	case int32:
		return float64(v), nil
	case int64:
		return float64(v), nil
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v, nil
		}
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f, nil
		}
	}
	return 0, unfit("a finite number")
}

// UnmarshalFloatContext is UnmarshalFloat.
func UnmarshalFloatContext(_ context.Context, v any) (float64, error) { return UnmarshalFloat(v) }
