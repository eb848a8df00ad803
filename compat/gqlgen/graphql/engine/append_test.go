package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/engine"
	"pgregory.net/rapid"
)

// What is appended means to a reader what encoding/json would have meant.
func TestAppendStringMeansTheSameAsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		if rapid.Bool().Draw(t, "text") {
			s = rapid.String().Draw(t, "text")
		}
		enc, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var want, got string
		if err := json.Unmarshal(enc, &want); err != nil {
			t.Fatal(err)
		}
		appended := engine.AppendString([]byte("before"), s)
		if err := json.Unmarshal(appended[len("before"):], &got); err != nil {
			t.Fatalf("%q: %v", appended, err)
		}
		if got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestAppendFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "f")
		enc, err := engine.AppendFloat(nil, f)
		var got float64
		if err != nil || json.Unmarshal(enc, &got) != nil || got != f {
			t.Fatalf("%v became %s, %v", f, enc, err)
		}
	})
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if enc, err := engine.AppendFloat([]byte("x"), f); err == nil || string(enc) != "x" {
			t.Errorf("%v became %s", f, enc)
		}
	}
}

// Decimals as people write them are written as encoding/json writes them, and so are
// the floats beside them, which are none.
func TestAppendFloatOfDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := float64(rapid.Int64().Draw(t, "digits")) / math.Pow10(rapid.IntRange(0, 20).Draw(t, "places"))
		for _, f := range []float64{f, math.Nextafter(f, math.Inf(1)), math.Nextafter(f, math.Inf(-1))} {
			want, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := engine.AppendFloat([]byte("before"), f); err != nil || f != 0 && string(got) != "before"+string(want) {
				t.Fatalf("%v became %s, %v, want %s", f, got, err, want)
			}
		}
	})
}

// The texts are those that JSON.stringify gives.
func TestAppendFloatPrintsAsECMAScriptDoes(t *testing.T) {
	for f, want := range map[float64]string{
		0.29: "0.29", -12.25: "-12.25", 999999999.999999: "999999999.999999", 1000000000.000001: "1000000000.000001", 51.123456: "51.123456",
		0: "0", math.Copysign(0, -1): "0", 1: "1", -1.5: "-1.5", 0.1: "0.1", 100000: "100000", 1e20: "100000000000000000000",
		123456789012345680000: "123456789012345680000", 1e21: "1e+21", -1e21: "-1e+21", 1.5e300: "1.5e+300", math.MaxFloat64: "1.7976931348623157e+308",
		0.000001: "0.000001", 0.0000015: "0.0000015", 0.0000001: "1e-7", -1.5e-7: "-1.5e-7", 1e-10: "1e-10", 5e-324: "5e-324",
	} {
		if got, err := engine.AppendFloat(nil, f); string(got) != want || err != nil {
			t.Errorf("%v became %s, %v, want %s", f, got, err, want)
		}
	}
}

// The text is the one that JSON.stringify gives.
func TestAppendStringEscapesAsECMAScriptDoes(t *testing.T) {
	const want = `"\"\\\b\f\n\r\t\u0000\u001f` + "\u007f<&/\u2028é\U0001F600" + `"`
	if got := engine.AppendString(nil, "\"\\\b\f\n\r\t\x00\x1f\x7f<&/\u2028é\U0001F600"); string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAppendMarshaler(t *testing.T) {
	text := func(s string) graphql.Marshaler {
		return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, s) })
	}
	for _, tt := range []struct {
		m    graphql.Marshaler
		want string
		ok   bool
	}{
		{text(`"a"`), `x"a"`, true},
		{text("1\n"), "x1\n", true},
		{text("null"), "x", false},
		{text(""), "x", false},
		{graphql.Null, "x", false},
		{nil, "x", false},
	} {
		got, ok := engine.AppendMarshaler([]byte("x"), tt.m)
		if string(got) != tt.want || ok != tt.ok {
			t.Errorf("got %q, %v; want %q, %v", got, ok, tt.want, tt.ok)
		}
	}
	broken := errors.New("broken")
	got, ok, err := engine.AppendContextMarshaler(context.Background(), []byte("x"), graphql.ContextWriterFunc(
		func(_ context.Context, w io.Writer) error { _, _ = io.WriteString(w, `"half`); return broken }))
	if string(got) != "x" || ok || !errors.Is(err, broken) {
		t.Errorf("got %q, %v, %v after a failure", got, ok, err)
	}
}
