package engine

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

var errNotFinite = errors.New("a float that is not finite has no representation in JSON")

// AppendString appends s as a JSON string. Bytes that are not UTF-8 become U+FFFD.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\uFFFD"...)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// AppendInt appends i in decimal.
func AppendInt[T ~int | ~int8 | ~int16 | ~int32 | ~int64](dst []byte, i T) []byte {
	return strconv.AppendInt(dst, int64(i), 10)
}

// AppendFloat appends f as ECMAScript prints numbers, so that the answer is the one
// that a server in JavaScript gives. It fails where f is not finite.
func AppendFloat(dst []byte, f float64) ([]byte, error) {
	magnitude := math.Abs(f)
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return dst, errNotFinite
	case f == 0:
		return append(dst, '0'), nil // minus zero too
	case magnitude >= 1e-6 && magnitude < 1e21:
		return strconv.AppendFloat(dst, f, 'f', -1, 64), nil
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	if n := len(dst); dst[n-2] == '0' && (dst[n-3] == '-' || dst[n-3] == '+') {
		dst = append(dst[:n-2], dst[n-1]) // strconv writes two digits at least
	}
	return dst, nil
}

// AppendBool appends true or false.
func AppendBool(dst []byte, b bool) []byte {
	return strconv.AppendBool(dst, b)
}

// AppendMarshaler appends what m writes. It reports false where that is null.
func AppendMarshaler(dst []byte, m graphql.Marshaler) ([]byte, bool) {
	if m == nil {
		return dst, false
	}
	w := writers.Get().(*writer)
	defer w.release()
	w.buf = dst
	m.MarshalGQL(w)
	return w.written(len(dst))
}

// AppendContextMarshaler appends what m writes. It reports false where that is
// null or where m fails.
func AppendContextMarshaler(ctx context.Context, dst []byte, m graphql.ContextMarshaler) ([]byte, bool, error) {
	if m == nil {
		return dst, false, nil
	}
	w := writers.Get().(*writer)
	defer w.release()
	w.buf = dst
	if err := m.MarshalGQLContext(ctx, w); err != nil {
		return dst, false, err
	}
	out, ok := w.written(len(dst))
	return out, ok, nil
}

// writer is an io.Writer over a slice: bytes.Buffer without its bookkeeping.
type writer struct{ buf []byte }

// writers that are free: a marshaler's writer would cost each value an allocation.
var writers = sync.Pool{New: func() any { return new(writer) }}

func (w *writer) release() {
	w.buf = nil
	writers.Put(w)
}

func (w *writer) Write(p []byte) (int, error) {
	w.buf = append(w.buf, p...)
	return len(p), nil
}

func (w *writer) WriteString(s string) (int, error) {
	w.buf = append(w.buf, s...)
	return len(s), nil
}

// written is the buffer, unless nothing or null was written after start.
func (w *writer) written(start int) ([]byte, bool) {
	out := bytes.TrimSpace(w.buf[start:])
	if len(out) == 0 || string(out) == "null" {
		return w.buf[:start], false
	}
	return w.buf, true
}
