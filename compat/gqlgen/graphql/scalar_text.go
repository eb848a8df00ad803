package graphql

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
)

// MarshalString writes s.
func MarshalString(s string) Marshaler {
	return WriterFunc(func(w io.Writer) { writeJSON(w, s) })
}

// UnmarshalString reads GraphQL's String. Numbers and booleans are refused, as
// the specification asks.
func UnmarshalString(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", unfit("a string")
	}
	return s, nil
}

// MarshalID writes an ID as a string.
func MarshalID(s string) Marshaler { return MarshalString(s) }

// UnmarshalID reads GraphQL's ID: a string or a whole number. 4.0 is neither.
// Specification: input coercion of ID.
func UnmarshalID(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		if digits := strings.TrimPrefix(v.String(), "-"); digits != "" && strings.Trim(digits, "0123456789") == "" {
			return v.String(), nil
		}
	case int, int32, int64, float64:
		if i, ok := integer(v); ok {
			return strconv.FormatInt(i, 10), nil
		}
	}
	return "", unfit("a string or a whole number")
}

// MarshalBoolean writes b.
func MarshalBoolean(b bool) Marshaler {
	if b {
		return True
	}
	return False
}

// UnmarshalBoolean reads true or false, and nothing that merely resembles them.
func UnmarshalBoolean(v any) (bool, error) {
	b, ok := v.(bool)
	if !ok {
		return false, unfit("true or false")
	}
	return b, nil
}

// MarshalTime writes t as RFC 3339 with nanoseconds; the zero time becomes null.
func MarshalTime(t time.Time) Marshaler {
	if t.IsZero() {
		return Null
	}
	return WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, `"`+t.Format(time.RFC3339Nano)+`"`)
	})
}

// UnmarshalTime reads RFC 3339.
func UnmarshalTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, unfit("a time as in RFC 3339")
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, unfit("a time as in RFC 3339") // err repeats the value
	}
	return t, nil
}

// MarshalMap writes m as an object.
func MarshalMap(m map[string]any) Marshaler {
	return WriterFunc(func(w io.Writer) { writeJSON(w, m) })
}

// UnmarshalMap reads an object.
func UnmarshalMap(v any) (map[string]any, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, unfit("an object")
	}
	return m, nil
}

// MarshalAny writes whatever encoding/json can.
func MarshalAny(v any) Marshaler {
	return WriterFunc(func(w io.Writer) { writeJSON(w, v) })
}

// UnmarshalAny accepts everything.
func UnmarshalAny(v any) (any, error) { return v, nil }

// writeJSON writes v, or null where it cannot be written.
func writeJSON(w io.Writer, v any) {
	enc, err := json.Marshal(v)
	if err != nil {
		Null.MarshalGQL(w)
		return
	}
	_, _ = w.Write(enc)
}

// CoerceList reads a list; a single value is a list of one, nil is none.
func CoerceList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}
