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
	dst = append(dst, '"')
	for i := plain(s); i < len(s); i = plain(s) {
		dst = append(dst, s[:i]...)
		r, size := utf8.DecodeRuneInString(s[i:])
		if r < utf8.RuneSelf {
			dst = appendEscape(dst, s[i])
		} else {
			dst = utf8.AppendRune(dst, r) // U+FFFD where s is not UTF-8
		}
		s = s[i+size:]
	}
	dst = append(dst, s...)
	return append(dst, '"')
}

// plain is how many of the first bytes of s are ASCII that needs no escape, eight of them
// told at once. At the end, some of those before it are seen again.
func plain(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if !allPlain(four(s[i:]), four(s[i+4:])) {
			break
		}
	}
	switch n := len(s); {
	case n-i < 8 && n >= 8 && allPlain(four(s[n-8:]), four(s[n-4:])):
		return n
	case n < 8 && n >= 4 && allPlain(four(s), four(s[n-4:])):
		return n
	}
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}

func four(s string) uint64 {
	_ = s[3] // so that the compiler reads them at once
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// allPlain says it of two times four bytes: the top bit of a byte of x-n*ones is set where
// the byte is less than n, of x^n*ones-ones where it is n. A byte above such a one may be
// taken for one too, which does no harm.
func allPlain(low, high uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	x := low | high<<32
	return (x|(x-' '*ones)|((x^'"'*ones)-ones)|((x^'\\'*ones)-ones))&tops == 0
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	default:
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}

// AppendInt appends i in decimal.
func AppendInt[T ~int | ~int8 | ~int16 | ~int32 | ~int64](dst []byte, i T) []byte {
	return strconv.AppendInt(dst, int64(i), 10)
}

// AppendFloat appends f as ECMAScript prints numbers, so that the answer is the one
// that a server in JavaScript gives. It fails where f is not finite.
func AppendFloat(dst []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return dst, errNotFinite
	}
	if out, ok := appendDecimal(dst, f); ok {
		return out, nil
	}
	if magnitude := math.Abs(f); magnitude >= 1e-6 && magnitude < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64), nil
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	if n := len(dst); dst[n-2] == '0' && (dst[n-3] == '-' || dst[n-3] == '+') {
		dst = append(dst[:n-2], dst[n-1]) // strconv writes two digits at least
	}
	return dst, nil
}

// appendDecimal appends f where it is a decimal of at most 15 digits, six of them
// after the point, as most numbers are that people deal with. No two of these are the
// same float64, so that the one that is f is the shortest that is.
func appendDecimal(dst []byte, f float64) ([]byte, bool) {
	const scale, digits15 = 1e6, 1e15
	scaled := math.Round(f * scale)
	if math.Abs(scaled) >= digits15 || scaled/scale != f {
		return dst, false
	}
	n := int64(scaled)
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	dst = strconv.AppendInt(dst, n/scale, 10)
	fraction := n % scale
	if fraction == 0 {
		return dst, true
	}
	dst = append(dst, ".000000"...)
	for i := len(dst) - 1; fraction > 0; i-- {
		dst[i] += byte(fraction % 10)
		fraction /= 10
	}
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst, true
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
